import { describe, expect, it } from 'vitest';
import type { ResultInfo } from '../../../src/common/engineProtocol';
import { HuntError } from '../../../src/common/errors';
import type { Column, WireRow } from '../../../src/common/kqlTypes';
import { readSavedResult, RESULT_MIME } from '../../../src/common/savedResult';
import { definitionItems, errorOutput, resultItems, toNotebookError, toNotebookOutput } from '../../../src/notebook/outputs';

function result(columns: readonly Column[], rows: readonly WireRow[], rowCount = rows.length): ResultInfo {
  return {
    resultId: 'r1',
    columns,
    rowCount,
    preview: { offset: 0, rows, total: rowCount, cuts: [] },
    warnings: [],
    workspace: { id: 'sample', name: 'Contoso' },
    usedResults: [],
    statistics: { elapsedMs: 1234 },
    finishedAt: '2024-05-06T07:08:09Z',
  };
}

const text: Column = { name: 'value', type: 'string' };

function html(info: ResultInfo): string {
  const [, item] = resultItems(info, undefined, 'preview');
  return item && 'text' in item ? item.text : '';
}

describe('a result', () => {
  it('is saved for our renderer, for pages and for terminals', () => {
    const info = result([text], [['x']], 1500);
    const { data } = toNotebookOutput(resultItems(info, 'bad', 'preview')) as { data: Record<string, unknown> };
    expect(Object.keys(data)).toEqual([RESULT_MIME, 'text/html', 'text/plain']);
    expect(readSavedResult(JSON.parse(JSON.stringify(data[RESULT_MIME])))).toEqual({ version: 1, result: info, name: 'bad' });
    expect(data['text/plain']).toEqual(['bad: 1,500 rows × 1 column · Contoso · 1.23 s']);
  });

  it('keeps no rows when the setting says so', () => {
    const { data } = toNotebookOutput(resultItems(result([text], [['secret']]), undefined, 'nothing')) as { data: Record<string, unknown> };
    expect(JSON.stringify(data)).not.toContain('secret');
    expect(readSavedResult(data[RESULT_MIME])?.result.rowCount).toBe(1);
  });

  it('says what its table leaves out', () => {
    const columns = Array.from({ length: 45 }, (_column, index): Column => ({ name: `c${index}`, type: 'long' }));
    const rows = Array.from({ length: 30 }, () => columns.map((_column, index) => index));
    const table = html(result(columns, rows, 5000));
    expect(table).toContain('<p>… and 4,980 more rows, 5 more columns</p>');
    expect(table.match(/<tr>/g)).toHaveLength(21);
  });

  it('says in every form that it is not whole', () => {
    const info: ResultInfo = { ...result([text], [['x']]), notices: [{ kind: 'partial', message: 'Rows of <one> shard\u202E are missing.' }] };
    const { data } = toNotebookOutput(resultItems(info, undefined, 'nothing')) as { data: Record<string, readonly string[]> };
    const sentence = 'Not all rows: the service answered with an error beside them. Rows of <one> shard\\u{202e} are missing.';
    expect(data['text/plain']).toEqual(['1 row × 1 column · Contoso · 1.23 s\n', sentence]);
    expect(data['text/html']?.[0]).toBe(`<p>${sentence.replaceAll('<', '&#60;').replaceAll('>', '&#62;')}</p>\n`);
    expect(readSavedResult(data[RESULT_MIME])?.result.notices).toEqual(info.notices);
  });

  it('tells null from empty text', () => {
    expect(html(result([text], [[null], ['']]))).toContain('<td><i>null</i></td></tr>\n<tr><td></td>');
  });
});

describe('text from the data is text', () => {
  const hostile: readonly [string, string, string][] = [
    ['script', '<script>alert(1)</script>', '&#60;script&#62;'],
    ['an event', '"><img src=x onerror=alert(1)>', '&#34;&#62;&#60;img'],
    ['an entity', '&lt;b&gt;', '&#38;lt;b'],
    ['a direction mark', 'exe.\u202Egpj', 'exe.\\u{202e}gpj'],
    ['a control character', 'a\u0000\u001b[31m', 'a\\u{0}\\u{1b}[31m'],
    ['lines', 'a\nb\tc', 'a\u21B5b\u21E5c'],
  ];
  for (const [name, value, expected] of hostile) {
    it(name, () => {
      const table = html(result([{ name: value, type: 'string' }], [[value]]));
      expect(table.split(expected)).toHaveLength(3);
      expect(table).not.toMatch(/<(?!\/?(table|thead|tbody|tr|th|td|p|i)[ >])/);
    });
  }

  it('a megabyte is cut', () => {
    expect(html(result([text], [['x'.repeat(1_000_000)]])).length).toBeLessThan(1000);
  });
});

describe('other outcomes', () => {
  it('definitions are a line of text', () => {
    expect(definitionItems(['a', 'b'])).toEqual([{ mime: 'text/plain', text: 'Defined a, b' }]);
  });

  it('an error quotes the line it points at', () => {
    const error = new HuntError({ kind: 'query', message: 'Unknown operator', span: { start: 14, length: 4, line: 2, column: 3 } });
    const output = errorOutput(error, 'SigninLogs\n| whre x');
    expect(output).toEqual({
      name: 'QueryError',
      message: 'Unknown operator (line 2, column 3)',
      stack: 'Unknown operator (line 2, column 3)\n\n2 | | whre x\n  |   ^^^^',
    });
    expect(toNotebookError(output)).toMatchObject({ output_type: 'error', ename: 'QueryError', traceback: { length: 4 } });
  });
});
