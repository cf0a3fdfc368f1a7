import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
});
afterAll(() => {
  engine.close();
});

/** Columns and delimiters take turns: found one after the other; anything else: by a regular expression. Both must say the same. */
describe('parse', () => {
  const cases = [
    { text: 'user=ann id=7', pattern: '"user=" User " id=" Id:long', columns: 'User, Id', row: ['ann', 7] },
    { text: 'user=ann id=x', pattern: '"user=" User " id=" Id:long', columns: 'User, Id', row: ['', null] },
    { text: 'my user=ann id=7', pattern: '"user=" User " id=" Id:long', columns: 'User, Id', row: ['', null] },
    { text: 'my user=ann id=7', pattern: '* "user=" User " id=" Id:long', columns: 'User, Id', row: ['ann', 7] },
    { text: 'a-b-c', pattern: 'First "-" Rest', columns: 'First, Rest', row: ['a', 'b-c'] },
    { text: 'a-b-c', pattern: 'First "-" *', columns: 'First', row: ['a'] },
    { text: 'a-b', pattern: 'First "-" Second "-" Third', columns: 'First, Second, Third', row: ['', '', ''] },
    { text: 'é–ü–', pattern: 'First "–" Second "–"', columns: 'First, Second', row: ['é', 'ü'] },
    { text: 'a\nb: c', pattern: 'First ": " Second', columns: 'First, Second', row: ['a\nb', 'c'] },
    { text: '->x', pattern: 'First "->" Second', columns: 'First, Second', row: ['', 'x'] },
    { text: "it's 'so'", pattern: `* "'" Word "'so'"`, columns: 'Word', row: ['s '] },
  ];
  it.each(cases)('$text | parse with $pattern', async ({ text, pattern, columns, row }) => {
    const literal = JSON.stringify(text);
    expect(await engine.rows(`print s = ${literal} | parse s with ${pattern} | project ${columns}`)).toEqual([row]);
    // The same by a regular expression: a delimiter in two pieces does not take turns.
    const inTwo = pattern.replace(/(^|[A-Z*]\w* )"([^"])([^"]+)"/u, '$1"$2" "$3"');
    expect(await engine.rows(`print s = ${literal} | parse s with ${inTwo} | project ${columns}`)).toEqual([row]);
    const isWhole = row.some((value) => value !== '' && value !== null);
    expect(await engine.rows(`print s = ${literal} | parse-where s with ${pattern} | project ${columns}`)).toEqual(isWhole ? [row] : []);
  });

  it('kind=relaxed keeps what can be read', async () => {
    expect(await engine.rows('print s = "a 1 b x" | parse kind=relaxed s with "a " A:long " b " B:long | project A, B')).toEqual([[1, null]]);
  });
});

describe('ipv4_is_in_range of addresses with a prefix', () => {
  it.each([
    ['10.1.2.3/24', '10.0.0.0/8', true],
    ['10.1.2.3/8', '10.0.0.0/8', true],
    ['10.1.2.3/7', '10.0.0.0/8', true],
    ['11.1.2.3/7', '10.0.0.0/8', true],
    ['10.1.2.3/4', '10.0.0.0/8', false],
    ['192.168.1.6/24', '192.168.1.1/24', true],
    ['192.168.3.1', '192.168.1.1/22', true],
    ['192.168.4.1', '192.168.1.1/22', false],
    ['192.168.3.1/33', '192.168.1.1/22', null],
  ])('%s in %s is %s', async (address, range, expected) => {
    expect(await engine.value(`ipv4_is_in_range("${address}", "${range}")`)).toBe(expected);
    // By arithmetic, with a range that is not constant.
    expect(await engine.value(`ipv4_is_in_range("${address}", strcat("${range}", ""))`)).toBe(expected);
  });
});

describe('make_set', () => {
  it('is in order of first appearance where rows are given in one, and sorted elsewhere', async () => {
    await engine.table('Letters', 'datatable(k:long, s:string)[1, "c", 2, "a", 3, "c", 4, "b"]');
    expect(await engine.rows('datatable(s:string)["c", "a", "c", "b"] | summarize make_set(s)')).toEqual([['["c","a","b"]']]);
    expect(await engine.rows('Letters | sort by k desc | summarize make_set(s)')).toEqual([['["b","c","a"]']]);
    expect(await engine.rows('Letters | summarize make_set(s), make_set(s, 2)')).toEqual([['["a","b","c"]', '["a","b"]']]);
    expect(await engine.rows('Letters | summarize make_set_if(s, k > 1)')).toEqual([['["a","b","c"]']]);
    expect(await engine.rows('Letters | where k > 9 | summarize make_set(s)')).toEqual([['[]']]);
  });

  it('keeps the order of first appearance in long lists', async () => {
    const query = 'range i from 0 to 999 step 1 | extend n = (i * 7) % 50 | summarize s = make_set(n) | project array_length(s), s[0], s[1], s[49]';
    expect(await engine.rows(query)).toEqual([[50, '0', '7', '43']]);
  });
});

describe('Constants as keys', () => {
  it.each([
    ['datatable(n:long)[1, 2] | extend a = "x" | sort by a, n asc', [[1, 'x'], [2, 'x']]],
    ['datatable(n:long)[1, 2] | sort by "x" | count', [[2]]],
    ['datatable(n:long)[1, 2] | extend a = "x" | top 1 by a | count', [[1]]],
    ['datatable(n:long)[1, 2] | extend a = "x" | sort by a | extend i = row_number() | summarize max(i)', [[2]]],
    ['datatable(n:long)[1, 2] | extend a = "x" | summarize arg_max(a, n) by k = 1 | project a', [['x']]],
    ['datatable(n:long)[1, 2] | summarize arg_max("x", *) by k = 1 | count', [[1]]],
  ])('%s', async (query, rows) => {
    expect(await engine.rows(query)).toEqual(rows);
  });
});
