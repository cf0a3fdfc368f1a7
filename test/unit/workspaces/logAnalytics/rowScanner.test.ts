import { describe, expect, it } from 'vitest';
import { MalformedAnswer, RowScanner } from '../../../../src/workspaces/logAnalytics/answer/rowScanner';

interface Scanned {
  readonly lines: readonly string[];
  readonly rest: unknown;
  readonly scanner: RowScanner;
}

/** Scans a text that comes in pieces of a size. */
function scan(text: string, size = 1_000_000): Scanned {
  const scanner = new RowScanner();
  const bytes = Buffer.from(text);
  let lines = '';
  const pieces: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += size) pieces.push(Buffer.from(scanner.push(bytes.subarray(start, start + size))));
  lines = Buffer.concat(pieces).toString('utf8');
  return { lines: lines.split('\n').filter(Boolean), rest: scanner.finish(), scanner };
}

const columns = '[{"name":"a","type":"string"}]';

function answer(rows: string, more = ''): string {
  return `{"tables":[{"name":"PrimaryResult","columns":${columns},"rows":[${rows}]}]${more}}`;
}

const tricky = [
  '["plain"]',
  '["]},{[\\"rows\\":["]',
  '["back\\\\slash\\\\"]',
  '["\\\\\\""]',
  '[null]',
  '["grüße 🕵 \\ud83d"]',
  '[[1,[2]]]',
  '[{"rows":[[1]]}]',
];

describe('the scanner of rows', () => {
  it.each([1, 2, 3, 7, 1_000_000])('gives each row a line, in pieces of %s bytes', (size) => {
    const { lines, rest, scanner } = scan(answer(tricky.join(','), ',"render":{"visualization":"table"},"error":{"code":"x"}'), size);
    expect(lines).toEqual(tricky);
    expect(scanner.rowCount).toBe(tricky.length);
    expect(scanner.longestRow).toBe(Math.max(...tricky.map((row) => Buffer.byteLength(row))));
    expect(rest).toMatchObject({ tables: [{ rows: [] }], render: { visualization: 'table' }, error: { code: 'x' } });
  });

  it('leaves out white space between values, never inside of them', () => {
    const { lines } = scan(`{ "tables" : [ { "rows" : [ [ "a b\\n" ,\r\n 1 ] ,\n\t[ "c" , 2 ] ] , "columns" : [] } ] }`, 3);
    expect(lines).toEqual(['["a b\\n",1]', '["c",2]']);
  });

  it('takes lists of rows elsewhere for what they are', () => {
    const { lines, rest } = scan('{"statistics":[{"rows":[[9]]}],"tables":[{"rows":[[1]]}],"tables2":[{"rows":[[8]]}]}');
    expect(lines).toEqual(['[1]']);
    expect(rest).toMatchObject({ statistics: [{ rows: [[9]] }], tables2: [{ rows: [[8]] }] });
  });

  it('counts rows of further tables and leaves them out', () => {
    const { lines, scanner } = scan('{"tables":[{"rows":[[1]]},{"rows":[[2],[3]]}]}', 5);
    expect(lines).toEqual(['[1]']);
    expect(scanner.otherRows).toBe(2);
  });

  it.each([
    ['', 'nothing'],
    ['<html>', 'HTML'],
    [answer('["a"]').slice(0, -1), 'cut at the end'],
    [answer('["a"],["b"]').slice(0, -12), 'cut among the rows'],
    [answer('"a"'), 'a row that is no list'],
    ['}', 'a bracket too many'],
    [`${answer('[1]')}}`, 'something behind'],
  ])('refuses %s (%s)', (text) => {
    expect(() => scan(text)).toThrow(MalformedAnswer);
  });
});
