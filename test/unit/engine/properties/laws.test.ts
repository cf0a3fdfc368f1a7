/** Laws that every engine for KQL has to keep, on tables by chance (the same ones in every run). */
import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../../../src/common/cancellation';
import type { WireRow, WireValue } from '../../../../src/common/kqlTypes';
import { Database } from '../../../../src/engine/database';
import { translate } from '../../../../src/engine/translate';
import { datetimeText, timespanText, toWire, wireExpression } from '../../../../src/engine/wire';
import { escaped } from '../../../fuzz/hostileText';

let folder: string;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'huntbook-laws-'));
  database = await Database.open({ directory: folder, memoryLimitMiB: 512, threads: 1, allowedDirectories: [] });
}, 60_000);

afterAll(async () => {
  database.dispose();
  await rm(folder, { recursive: true, force: true });
});

const catalog = { tables: [], functions: [], watchlists: [] };

async function rows(text: string): Promise<readonly WireRow[]> {
  const translation = translate({ text, definitions: [], catalog, now: 638_500_000_000_000_000n });
  if (translation.kind !== 'query') throw new Error('no query');
  const list = translation.columns.map((column, index) => wireExpression(`c${index}`, column.type)).join(', ');
  const read = await database.rows(`SELECT ${list} FROM (${translation.sql})`, neverCancelled);
  return read.map((row) => row.map((value, index) => toWire(value, translation.columns[index]?.type ?? 'string')));
}

/** As a bag: in an order of its own. */
const bag = (table: readonly WireRow[]): string[] => table.map((row) => JSON.stringify(row)).sort();

async function same(one: string, other: string): Promise<void> {
  const [a, b] = [await rows(one), await rows(other)];
  expect(bag(a), `${one}\nagainst\n${other}`).toEqual(bag(b));
}

async function only(text: string): Promise<WireValue> {
  const [[value] = []] = await rows(text);
  return value ?? null;
}

type Row = readonly [string, number | null, number | null];
const strings: fc.Arbitrary<string> = fc.constantFrom('', 'a', 'A', 'b', 'a b', "it's", 'é');
const whole: fc.Arbitrary<number | null> = fc.option(fc.integer({ min: -3, max: 3 }), { nil: null });
const halves: fc.Arbitrary<number | null> = fc.option(fc.integer({ min: -2, max: 2 }).map((half) => half / 2), { nil: null });
const row: fc.Arbitrary<Row> = fc.tuple(strings, whole, halves);
const table = fc.array(row, { minLength: 0, maxLength: 6 }).map((all) => {
  const values = all.flatMap(([s, n, r]) => [`'${escaped(s, "'")}'`, n === null ? 'long(null)' : `long(${n})`, r === null ? 'real(null)' : `real(${r})`]);
  // A datatable has to have a row: one that is filtered out again.
  return `(datatable(s:string, n:long, r:real)[${[...values, "'none'", '99', '0.0'].join(', ')}] | where n != 99 or isnull(n))`;
});
const condition = fc.constantFrom("s == 'a'", "s != 'a'", "s =~ 'a'", "s has 'a'", 'n > 0', 'n != 1', 'not(n > 0)', 'isnull(n)', 'n in (1, 2)', 'n !in (1, 2)', 'n between (-1 .. 1)', "n > 0 or s == ''", 'r < n', "s contains 'A' and r >= 0");
const settings = { seed: 4711, numRuns: 12 } as const;

const law = (name: string, check: (a: string, b: string, where: string) => Promise<void>): void => {
  it(name, () => fc.assert(fc.asyncProperty(table, table, condition, check), settings), 120_000);
};

describe('Laws of tables', () => {
  law('where commutes with project', (a, _, where) => same(`${a} | where ${where} | project s, n, r, x = n + 1`, `${a} | project s, n, r, x = n + 1 | where ${where}`));
  law('two wheres are one with and', (a, _, where) => same(`${a} | where ${where} | where n < 2`, `${a} | where (${where}) and n < 2`));
  law('where parts the rows into three: true, not true; nothing is lost', (a, _, where) =>
    same(`${a} | extend k = iff(${where}, true, false) | where k | union (${a} | extend k = iff(${where}, true, false) | where not(k))`, `${a} | extend k = iff(${where}, true, false)`),
  );
  law('where keeps what iff takes for true', (a, _, where) => same(`${a} | where ${where}`, `${a} | extend k = iff(${where}, 1, 0) | where k == 1 | project-away k`));
  law('counts of a union add', async (a, b) => {
    const counts = await Promise.all([`union ${a}, ${b} | count`, `${a} | count`, `${b} | count`].map(only));
    expect(counts[0]).toBe(Number(counts[1]) + Number(counts[2]));
  });
  law('summarize after union is the merge of the summaries', (a, b) =>
    same(
      `union ${a}, ${b} | summarize c = count(), t = sum(n), least = min(n), most = max(r) by s`,
      `union (${a} | summarize c = count(), t = sum(n), least = min(n), most = max(r) by s), (${b} | summarize c = count(), t = sum(n), least = min(n), most = max(r) by s) | summarize c = sum(c), t = sum(t), least = min(least), most = max(most) by s`,
    ),
  );
  law('distinct is summarize by', (a) => same(`${a} | distinct s, n`, `${a} | summarize by s, n`));
  law('sort and take are top', async (a) => {
    expect(await rows(`${a} | sort by n desc, s asc, r asc | take 3 | project n`)).toEqual(await rows(`${a} | top 3 by n desc | project n`));
  });
  law('sorting changes no row', (a) => same(`${a} | sort by r asc, n desc nulls first`, a));
  law('count() by groups adds up to count', (a) => same(`${a} | summarize c = count() by s | summarize c = sum(c), k = 1 | where isnotnull(c) and c > 0 | project c`, `${a} | count | where Count > 0`));
  law('materialize and let change nothing', (a, b) => same(`let x = materialize(${a}); union x, x, ${b}`, `union ${a}, ${a}, ${b}`));
});

describe('Kinds of join part the rows', () => {
  law('leftsemi and leftanti are the left rows', (a, b) => same(`union (${a} | join kind=leftsemi ${b} on s), (${a} | join kind=leftanti ${b} on s)`, a));
  law('rightsemi and rightanti are the right rows', (a, b) => same(`union (${a} | join kind=rightsemi ${b} on s), (${a} | join kind=rightanti ${b} on s)`, b));
  law('leftouter is inner and leftanti', (a, b) => same(`${a} | join kind=leftouter ${b} on s | project s, n, r, m = n1`, `union (${a} | join kind=inner ${b} on s | project s, n, r, m = n1), (${a} | join kind=leftanti ${b} on s | extend m = long(null))`));
  law('fullouter has the rows of inner and of both antis', async (a, b) => {
    const kinds = ['fullouter', 'inner', 'leftanti', 'rightanti'];
    const [full, inner, left, right] = await Promise.all(kinds.map(async (kind) => Number(await only(`${a} | join kind=${kind} ${b} on s, n | count`))));
    expect(full).toBe(Number(inner) + Number(left) + Number(right));
  });
  law('the default is innerunique: one left row for a key', async (a, b) => {
    expect(await only(`${a} | join ${b} on s | count`)).toBe(await only(`${a} | summarize by s | join kind=inner ${b} on s | count`));
  });
  law('inner turned around is inner', (a, b) => same(`${a} | join kind=inner ${b} on s | project s, n, m = n1`, `${b} | join kind=inner ${a} on s | project s, n = n1, m = n`));
  law('lookup is leftouter without the right key', (a, b) => same(`${a} | lookup (${b} | project s, m = r) on s`, `${a} | join kind=leftouter (${b} | project s, m = r) on s | project-away s1`));
  law('leftanti with a key in a list is !in', (a, b) => same(`${a} | join kind=leftanti ${b} on s`, `${a} | where s !in ((${b} | project s))`));
});

describe('A formatted literal is read back', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom("'", '"', '\\', "\\'", '\n', '\0', "'; DROP TABLE x; --", '\u2028', '{}', '$1', '%s', '\u{1F600}'));
  const ticks = fc.bigInt({ min: 0n, max: 3_155_378_975_999_999_999n });
  const spans = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n });
  const readBack = <T>(name: string, values: fc.Arbitrary<T>, literal: (value: T) => string, wire: (value: T) => WireValue): void => {
    it(
      name,
      () =>
        fc.assert(
          fc.asyncProperty(fc.array(values, { minLength: 8, maxLength: 8 }), async (all) => {
            const [printed] = await rows(`print ${all.map(literal).join(', ')}`);
            expect(printed).toEqual(all.map(wire));
          }),
          settings,
        ),
      120_000,
    );
  };
  readBack('strings in double quotes', text, (value) => `"${escaped(value, '"')}"`, (value) => value);
  readBack('strings in single quotes', text, (value) => `'${escaped(value, "'")}'`, (value) => value);
  readBack('verbatim strings', text.map((value) => value.replaceAll(/[\r\n\u2028\u2029\u0085]/gu, ' ')), (value) => `@'${value.replaceAll("'", "''")}'`, (value) => value);
  readBack('strings inside dynamic', text.filter((value) => !value.includes('\0')), (value) => `tostring(dynamic([${JSON.stringify(value)}])[0])`, (value) => value);
  readBack('long', fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }), (value) => `long(${value})`, (value) => toWire(value, 'long'));
  readBack('int', fc.integer(), (value) => `int(${value})`, (value) => value);
  readBack('real', fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => `real(${value})`, (value) => value + 0);
  readBack('bool', fc.boolean(), String, (value) => value);
  readBack('guid', fc.uuid(), (value) => `guid(${value})`, (value) => value);
  readBack('datetime to 100 ns', ticks, (value) => `datetime(${datetimeText(value)})`, (value) => datetimeText(value));
  readBack('datetime by its text', ticks, (value) => `todatetime("${datetimeText(value)}")`, (value) => datetimeText(value));
  readBack('timespan', spans, (value) => `time(${timespanText(value)})`, (value) => timespanText(value));
  readBack('timespan by its text', spans, (value) => `totimespan("${timespanText(value)}")`, (value) => timespanText(value));
  readBack('tostring of a datetime', ticks, (value) => `tostring(datetime(${datetimeText(value)}))`, (value) => datetimeText(value));
});
