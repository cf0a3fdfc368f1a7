import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { completions } from '../../../src/language/completion';
import { diagnostics } from '../../../src/language/diagnostics';
import { formatCell } from '../../../src/language/formatting';
import { hover } from '../../../src/language/hover';
import { references } from '../../../src/language/references';
import { semanticTokens } from '../../../src/language/semanticTokens';
import { signatureHelp } from '../../../src/language/signatureHelp';
import { documentSymbols, foldingRanges, selectionRange } from '../../../src/language/structure';
import { valuePlace } from '../../../src/language/valueCompletion';
import { cellUri, marked } from './marked';

/** Every prefix of every query with `HUNTBOOK_PREFIXES=all`, else some of some. */
const ALL = process.env['HUNTBOOK_PREFIXES'] === 'all';
const STEP = ALL ? 1 : 67;
const EVERY = ALL ? 1 : 4;

/** Asks everything of a cell; the answers of other tests are about what they say, here they have to come. */
function askEverything(text: string, offset = text.length): void {
  const { notebook } = marked([text, 'print 1']);
  const cell = notebook.cell(cellUri(1))!;
  diagnostics(notebook, cell, {});
  completions(notebook, cell, offset);
  valuePlace(notebook, cell, offset);
  hover(notebook, cell, offset);
  signatureHelp(notebook, cell, offset);
  references(notebook, cell, offset, true);
  selectionRange(notebook, cell, offset);
  semanticTokens(notebook, cell);
  documentSymbols(notebook, cell);
  foldingRanges(cell);
  formatCell(notebook, cell, 4);
  // The other cell keeps its features.
  expect(diagnostics(notebook, notebook.cell(cellUri(2))!, {})).toEqual([]);
}

const hunts = path.join(import.meta.dirname, '../../../samples/hunts');
const queries = readdirSync(hunts).flatMap((file) => {
  const { cells } = JSON.parse(readFileSync(path.join(hunts, file), 'utf8')) as { cells: { cell_type: string; source: string | string[] }[] };
  return cells.filter((cell) => cell.cell_type === 'code').map((cell) => ({ file, text: [cell.source].flat().join('') }));
});

describe('half-typed queries: each answer comes', () => {
  for (const [index, { file, text }] of queries.entries()) {
    if (index % EVERY !== 0) continue;
    it(`${file}, query ${index + 1}`, { timeout: 120_000 }, () => {
      for (let end = 0; end <= text.length; end += STEP) askEverything(text.slice(0, end));
    });
  }
});

describe('what is no query', () => {
  const inputs: readonly [string, string][] = [
    ['prose', 'Dear all,\n\nplease look at the sign-ins of last night; "something" is odd (see below).\nThanks!'],
    ['JSON', '{"a": [1, 2, {"b": null}]}'],
    ['a stack trace', 'Error: x\n    at f (C:\\a\\b.ts:1:2)\n    at async Promise.all (index 0)'],
    ['mixed line ends', 'SigninLogs\r\n| where true\r| count\n| take 1'],
    ['control characters', '\u0000\u0001\u001B[31m SigninLogs \u202E| count'],
    ['half a surrogate pair', 'print "\uD83D'],
    ['1 MB of one string', `print "${'x'.repeat(1_000_000)}"`],
    ['1 MB of operators', 'SigninLogs\n'.concat('| where true\n'.repeat(80_000))],
    ['deep brackets', `print ${'('.repeat(5000)}`],
    ['only semicolons', ';;;;'],
    ['only a header', '//| name: x'],
    ['a broken header', '//| name: [\nSigninLogs'],
    ['management commands', '.show tables | count'],
  ];
  for (const [name, text] of inputs) it(name, { timeout: 60_000 }, () => askEverything(text));
});
