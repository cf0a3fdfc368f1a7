import { describe, expect, it } from 'vitest';
import type { ResultInfo } from '../../../src/common/engineProtocol';
import type { Column, WireRow, WireValue } from '../../../src/common/kqlTypes';
import { notebookText } from '../../../src/common/nbformat';
import { RESULT_MIME } from '../../../src/common/savedResult';
import { budgets } from '../../../src/notebook/fileBudget';
import { type OutputItem, resultItems, toNotebookOutput } from '../../../src/notebook/outputs';

function result(columns: readonly Column[], rows: readonly WireRow[], more: Partial<ResultInfo> = {}): ResultInfo {
  return {
    resultId: '8d7d5c0c-0000-4000-8000-000000000000',
    columns,
    rowCount: 500_000,
    preview: { offset: 0, rows, total: 500_000, cuts: [] },
    warnings: [],
    workspace: { id: 'sample', name: 'Contoso' },
    usedResults: [],
    statistics: { elapsedMs: 1 },
    finishedAt: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}

function columns(count: number, name = 'Column'): readonly Column[] {
  return Array.from({ length: count }, (_, index) => ({ name: `${name}${index}`, type: 'string' }));
}

function rows(count: number, width: number, value: WireValue): readonly WireRow[] {
  return Array.from({ length: count }, () => Array.from({ length: width }, () => value));
}

/** What an output adds to a file, in bytes. */
function bytesInFile(items: readonly OutputItem[]): number {
  const notebook = (outputs: readonly unknown[]): string => notebookText({ cells: [{ cell_type: 'code', outputs }], nbformat: 4 });
  return Buffer.byteLength(notebook([toNotebookOutput(items)])) - Buffer.byteLength(notebook([]));
}

const long = 'x'.repeat(4096);
const everywhere = { message: '\u202e<"'.repeat(20_000) };

const hostile: readonly (readonly [string, ResultInfo])[] = [
  ['long values', result(columns(50), rows(100, 50, long))],
  ['values that are escaped in JSON and in HTML', result(columns(50), rows(100, 50, '"<\\\u0000\u202e'.repeat(800)))],
  ['characters of four bytes', result(columns(20), rows(100, 20, '\u{1f600}'.repeat(2000)))],
  ['narrow values, each on a line of the file', result(columns(1000), rows(100, 1000, 1))],
  ['10,000 columns', result(columns(10_000), rows(100, 10_000, long))],
  ['columns with long names', result(columns(2000, '<"\u202e'.repeat(300)), rows(100, 2000, null))],
  [
    'much beside the rows',
    result(columns(3), rows(100, 3, 'x'), {
      warnings: Array.from({ length: 1000 }, () => everywhere.message),
      notices: [{ kind: 'partial', ...everywhere }, { kind: 'truncated', ...everywhere }],
      visualization: { visualization: 'timechart', title: everywhere.message, properties: { ycolumns: columns(5000).map(({ name }) => name) } },
      statistics: { elapsedMs: 1, service: { tables: columns(5000).map(({ name }) => name) } },
    }),
  ],
];

describe('what a file keeps of a result', () => {
  it('a chart is kept as a picture, beside what our renderer reads, when it is small enough', () => {
    const image = '<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>';
    const items = resultItems(result(columns(1), rows(1, 1, 'x'), { image }), undefined, 'preview');
    expect(items[1]).toEqual({ mime: 'image/svg+xml', text: image });
    expect(JSON.stringify(items[0])).not.toContain('svg');
    const mimes = (one: string, saved: 'preview' | 'nothing'): readonly string[] =>
      resultItems(result(columns(1), rows(1, 1, 'x'), { image: one }), undefined, saved).map(({ mime }) => mime);
    // Readers that have both would show the table.
    expect(mimes(image, 'preview')).toEqual([RESULT_MIME, 'image/svg+xml', 'text/plain']);
    const partial = result(columns(1), rows(1, 1, 'x'), { image, notices: [{ kind: 'partial', message: 'One shard is missing.' }] });
    expect(resultItems(partial, undefined, 'preview').map(({ mime }) => mime)).toEqual([RESULT_MIME, 'image/svg+xml', 'text/html', 'text/plain']);
    expect(mimes(image, 'nothing')).toEqual([RESULT_MIME, 'text/html', 'text/plain']);
    expect(mimes(`<svg>${'"'.repeat(40_000)}</svg>`, 'preview')).toEqual([RESULT_MIME, 'text/html', 'text/plain']);
  });

  it.each(hostile)('%s: 200 KB with a picture', (_what, given) => {
    expect(bytesInFile(resultItems(given, 'name', 'preview')) + budgets.image).toBeLessThanOrEqual(200_000);
    expect(bytesInFile(resultItems(given, 'name', 'nothing')) + budgets.image).toBeLessThanOrEqual(200_000);
  });

  it('an ordinary result is kept as it is', () => {
    const given = result(columns(20), rows(100, 20, 'mei.singh@contoso.com'));
    const [item] = resultItems(given, undefined, 'preview');
    expect(item).toEqual({ mime: RESULT_MIME, json: { version: 1, result: given } });
  });

  it('columns that are left out are counted, rows have as many values as there are columns', () => {
    const [item] = resultItems(result(columns(10_000), rows(100, 10_000, long)), undefined, 'preview');
    if (item?.mime !== RESULT_MIME) throw new Error('no result');
    const { result: kept, columnsLeftOut = 0 } = item.json;
    expect(kept.columns.length + columnsLeftOut).toBe(10_000);
    expect(kept.columns.length).toBeGreaterThan(300);
    expect(kept.preview.rows.length).toBeGreaterThan(0);
    expect(kept.preview.rows.every((row) => row.length === kept.columns.length)).toBe(true);
  });

  it('long values are cut before rows are, and say how long they are', () => {
    const [item] = resultItems(result(columns(10), rows(50, 10, long)), undefined, 'preview');
    if (item?.mime !== RESULT_MIME) throw new Error('no result');
    const { preview } = item.json.result;
    expect(preview.rows.length).toBeGreaterThanOrEqual(20);
    expect(preview.cuts.length).toBe(preview.rows.length * 10);
    expect(preview.cuts[0]?.fullLength).toBe(4096);
  });

  it('what of render cannot be kept is told', () => {
    const [item] = resultItems(hostile.at(-1)?.[1] ?? result([], []), undefined, 'preview');
    if (item?.mime !== RESULT_MIME) throw new Error('no result');
    expect(item.json.result.visualization).toBeUndefined();
    expect(item.json.result.warnings[0]).toMatch(/render/);
  });
});
