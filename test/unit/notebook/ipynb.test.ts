import { describe, expect, it } from 'vitest';
import { createNotebook, isKqlCell, notebookTitle, readNotebook, withCellRun, writeNotebook } from '../../../src/notebook/ipynb';

const jupyter = `{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "a",
   "metadata": {
    "custom": {
     "kept": [
      1,
      2
     ]
    }
   },
   "source": [
    "# Title\\n",
    "text"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 3,
   "id": "b",
   "metadata": {
    "tags": [
     "parameters"
    ]
   },
   "outputs": [
    {
     "data": {
      "image/png": "aGk="
     },
     "metadata": {},
     "output_type": "display_data"
    }
   ],
   "source": "let a = 1;"
  },
  {
   "cell_type": "code",
   "execution_count": null,
   "id": "c",
   "metadata": {
    "vscode": {
     "languageId": "python"
    }
   },
   "outputs": [],
   "source": []
  }
 ],
 "metadata": {
  "language_info": {
   "name": "kusto"
  },
  "unknown": true
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

describe('reading and writing', () => {
  it('changes nothing by itself', () => {
    expect(writeNotebook(readNotebook(jupyter, 'n'))).toBe(jupyter);
  });

  it('keeps another indentation', () => {
    const text = `${JSON.stringify(JSON.parse(jupyter), undefined, 4)}\n`;
    expect(writeNotebook(readNotebook(text, 'n'))).toBe(text);
  });

  it('changes one cell and leaves the others', () => {
    const changed = writeNotebook(
      withCellRun(readNotebook(jupyter, 'n'), 2, {
        outputs: [],
        executionCount: 1,
        startedAt: '2024-05-06T07:00:00Z',
        finishedAt: '2024-05-06T07:00:01Z',
      }),
    );
    expect(changed.split('"id": "c"')[0]).toBe(jupyter.split('"id": "c"')[0]?.replace('"execution_count": null', '"execution_count": 1'));
    expect(changed).toContain('"shell.execute_reply": "2024-05-06T07:00:01Z"');
    expect(changed).toContain('"languageId": "python"');
  });

  it('knows kinds, tags, languages and the title', () => {
    const notebook = readNotebook(jupyter, 'n');
    expect(notebook.cells.map((cell) => [cell.kind, cell.source, cell.tags.join(), cell.language, isKqlCell(cell)])).toEqual([
      ['markdown', '# Title\ntext', '', undefined, false],
      ['code', 'let a = 1;', 'parameters', 'kusto', true],
      ['code', '', '', 'python', false],
    ]);
    expect(notebookTitle(notebook)).toBe('Title');
  });

  it('knows our kernel without a language', () => {
    const text = JSON.stringify({
      cells: [{ cell_type: 'code', source: 'x' }],
      metadata: { kernelspec: { name: 'huntbook' } },
      nbformat: 4,
    });
    expect(readNotebook(text, 'n').cells.map(isKqlCell)).toEqual([true]);
  });

  it('does not take Python for KQL', () => {
    const text = JSON.stringify({
      cells: [{ cell_type: 'code', source: 'x' }],
      metadata: { kernelspec: { name: 'python3', language: 'python' } },
      nbformat: 4,
    });
    expect(readNotebook(text, 'n').cells.map(isKqlCell)).toEqual([false]);
  });

  it('makes notebooks of ours', () => {
    expect(createNotebook([{ kind: 'code', source: 'a\nb', tags: ['parameters'] }]).cells).toMatchObject([
      { source: 'a\nb', tags: ['parameters'], language: 'kusto' },
    ]);
  });
});

describe('a broken notebook says what is wrong', () => {
  const cases: readonly [string, string, string][] = [
    ['empty', '', 'the file is empty'],
    ['no JSON', '{"cells": [', 'it is not JSON'],
    ['one byte', '\n', 'the file is empty'],
    ['a list', '[]', 'not an object'],
    ['no version', '{"cells": []}', 'no "nbformat"'],
    ['an old version', '{"nbformat": 3, "worksheets": []}', 'notebook format 3'],
    ['no cells', '{"nbformat": 4}', 'no list of "cells"'],
    ['a cell that is none', '{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x"}, 5]}', 'cell 2 is not a cell'],
    ['a source that is none', '{"nbformat": 4, "cells": [{"cell_type": "code", "source": [1]}]}', 'cell 1 is not a cell'],
    ['a cell of another kind', '{"nbformat": 4, "cells": [{"cell_type": "chart", "source": ""}]}', 'cell 1 is not a cell'],
  ];
  for (const [name, text, message] of cases) {
    it(name, () => {
      expect(() => readNotebook(text, 'hunt.ipynb')).toThrow(message);
      expect(() => readNotebook(text, 'hunt.ipynb')).toThrow('hunt.ipynb is not a readable notebook');
    });
  }
});
