/** Laws of scalar functions and aggregates, against JavaScript where that is the simpler truth. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireValue } from '../../../../src/common/kqlTypes';
import { parseDatetime } from '../../../../src/engine/datetimeText';
import { readJson, writeJson } from '../../../../src/engine/routines/jsonText';
import { datetimeText, timespanText } from '../../../../src/engine/wire';
import { openEngine } from '../exact/expressions';

const engine = openEngine();
const settings = { seed: 815, numRuns: 6 } as const;

/** Checks a law on several values at once: one query a run. */
function law<T>(name: string, values: fc.Arbitrary<T>, expression: (value: T) => string, expected: (value: T) => unknown): void {
  it(name, () =>
    fc.assert(
      fc.asyncProperty(fc.array(values, { minLength: 4, maxLength: 4 }), async (all) => {
        const [printed] = await engine.rows(`print ${all.map(expression).join(', ')}`);
        expect(printed, all.map(expression).join('\n')).toEqual(all.map(expected));
      }),
      settings,
    ),
  );
}

const quoted = (text: string): string => JSON.stringify(text);
const list = (values: readonly number[]): string => `dynamic([${values.join(',')}])`;
const json = (text: WireValue | undefined): unknown => JSON.parse(String(text));

const text = fc.array(fc.constantFrom('a', 'B', 'é', 'ß', '1', ' ', '-', '_', '.', '%', '+', '/', '😀', 'テ', '"', '\\'), { maxLength: 10 }).map((all) => all.join(''));
const word = fc.array(fc.constantFrom('a', 'b', 'é', '1'), { minLength: 1, maxLength: 2 }).map((all) => all.join(''));
const sentence = fc.array(fc.oneof(word, fc.constantFrom(' ', '-', '_', '.')), { maxLength: 8 }).map((all) => all.join(''));
const small = fc.integer({ min: -20, max: 20 });
const numbers = fc.array(small, { minLength: 1, maxLength: 8 });
const ticks = fc.bigInt({ min: 0n, max: 3_155_378_975_999_999_999n });
const spans = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const octet = fc.integer({ min: 0, max: 255 });
const address = fc.tuple(octet, octet, octet, octet).map((all) => all.join('.'));

describe('text of a value reads back', () => {
  law('long', fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n - 1n }), (value) => `tolong(tostring(long(${value})))`, Number);
  law('real', fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => `toreal(tostring(real(${value})))`, (value) => value + 0);
  law('decimal', fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 1, max: 999_999_999 })), ([whole, part]) => `todecimal(tostring(decimal(${whole}.${part})))`, ([whole, part]) => `${whole}.${part}`.replace(/0+$/u, ''));
  law('datetime', ticks, (value) => `todatetime(tostring(datetime(${datetimeText(value)})))`, datetimeText);
  law('datetime in a format', ticks, (value) => `todatetime(format_datetime(datetime(${datetimeText(value)}), "yyyy-MM-dd HH:mm:ss.fffffff"))`, datetimeText);
  law('timespan', spans, (value) => `totimespan(tostring(time(${timespanText(value)})))`, timespanText);
  law('guid', fc.uuid(), (value) => `toguid(tostring(guid(${value})))`, (value) => value);
  law('bool', fc.boolean(), (value) => `tobool(tostring(${String(value)}))`, (value) => value);
  it('dynamic', () =>
    fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme-ascii' }), async (value) => {
        expect(json(await engine.value(`tostring(pack_array(parse_json(${quoted(JSON.stringify(value))})))`))).toEqual([value === '' ? null : value]);
      }),
      settings,
    ),
  );
});

describe('encodings come back', () => {
  law('base64', text, (value) => `base64_decode_tostring(base64_encode_tostring(${quoted(value)}))`, (value) => value);
  law('url_encode', text, (value) => `url_decode(url_encode_component(${quoted(value)}))`, (value) => value);
  law('gzip', text, (value) => `gzip_decompress_from_base64_string(gzip_compress_to_base64_string(${quoted(value)}))`, (value) => value);
  law('zlib', text, (value) => `zlib_decompress_from_base64_string(zlib_compress_to_base64_string(${quoted(value)}))`, (value) => value);
  law('code points', text.filter((value) => value !== ''), (value) => `unicode_codepoints_to_string(unicode_codepoints_from_string(${quoted(value)}))`, (value) => value);
  law('guids in base64', fc.uuid(), (value) => `base64_decode_toguid(base64_encode_fromguid(guid(${value})))`, (value) => value);
  law('addresses', address, (value) => `format_ipv4(parse_ipv4("${value}"))`, (value) => value);
});

describe('text', () => {
  const pair = fc.tuple(text, text);
  law('length of two is the sum', pair, ([a, b]) => `strlen(strcat(${quoted(a)}, ${quoted(b)}))`, ([a, b]) => Array.from(a + b).length);
  law('reversed twice is itself', text, (value) => `reverse(reverse(${quoted(value)}))`, (value) => value);
  law('contains_cs is includes', pair, ([a, b]) => `${quoted(a)} contains_cs ${quoted(b)}`, ([a, b]) => a.includes(b));
  law('startswith_cs and endswith_cs', pair, ([a, b]) => `${quoted(a)} startswith_cs ${quoted(b)} or ${quoted(a)} endswith_cs ${quoted(b)}`, ([a, b]) => a.startsWith(b) || a.endsWith(b));
  law('what is split and joined is itself', fc.tuple(text, fc.constantFrom(' ', '-', 'a')), ([a, b]) => `strcat_array(split(${quoted(a)}, ${quoted(b)}), ${quoted(b)})`, ([a]) => a);
  law('substring counts characters', fc.tuple(text, fc.nat(6), fc.nat(6)), ([a, from, size]) => `substring(${quoted(a)}, ${from}, ${size})`, ([a, from, size]) => Array.from(a).slice(from, from + size).join(''));
  law('indexof finds what contains finds', fc.tuple(sentence, word), ([a, b]) => `indexof(${quoted(a)}, ${quoted(b)})`, ([a, b]) => a.indexOf(b));
  law('has finds whole terms', fc.tuple(sentence, word), ([a, b]) => `${quoted(a)} has ${quoted(b)}`, ([a, b]) => a.split(/[^\p{L}\p{N}]+/u).includes(b));
  law('hasprefix finds beginnings', fc.tuple(sentence, word), ([a, b]) => `${quoted(a)} hasprefix ${quoted(b)}`, ([a, b]) => a.split(/[^\p{L}\p{N}]+/u).some((term) => term.startsWith(b)));
  law('has_any is one has or another', fc.tuple(sentence, word, word), ([a, b, c]) => `(${quoted(a)} has_any (${quoted(b)}, ${quoted(c)})) == (${quoted(a)} has ${quoted(b)} or ${quoted(a)} has ${quoted(c)})`, () => true);
  law('has_all is every has', fc.tuple(sentence, word, word), ([a, b, c]) => `(${quoted(a)} has_all (${quoted(b)}, ${quoted(c)})) == (${quoted(a)} has ${quoted(b)} and ${quoted(a)} has ${quoted(c)})`, () => true);
});

describe('numbers and times', () => {
  const size = fc.integer({ min: 1, max: 9 });
  law('a bin starts at or below its values', fc.tuple(small, size), ([a, n]) => `bin(${a}, ${n})`, ([a, n]) => Math.floor(a / n) * n);
  law('a value is its bin and its remainder', fc.tuple(small, size), ([a, n]) => `bin(${a}, ${n}) + ${a} % ${n}`, ([a]) => a);
  law('a hash modulo n is between 0 and n', fc.tuple(text, size), ([a, n]) => `hash(${quoted(a)}, ${n}) between (0 .. ${n - 1})`, () => true);
  law('differences add up', fc.tuple(ticks, ticks), ([a, b]) => `datetime(${datetimeText(a)}) + (datetime(${datetimeText(b)}) - datetime(${datetimeText(a)}))`, ([, b]) => datetimeText(b));
  law('a time lies in its day, month and year', ticks.filter((value) => value > 10n ** 15n && value < 3n * 10n ** 18n), (value) => ['day', 'week', 'month', 'year'].map((unit) => `datetime(${datetimeText(value)}) between (startof${unit}(datetime(${datetimeText(value)})) .. endof${unit}(datetime(${datetimeText(value)})))`).join(' and '), () => true);
  law('months added are months apart', fc.tuple(ticks.filter((value) => value > 10n ** 17n && value < 3n * 10n ** 18n), small), ([a, n]) => `datetime_diff("month", datetime_add("month", ${n}, datetime(${datetimeText(a)})), datetime(${datetimeText(a)}))`, ([, n]) => n);
  it('literals and text have the same spellings', () =>
    fc.assert(
      fc.asyncProperty(ticks, fc.constantFrom('T', ' '), fc.constantFrom('', 'Z', '+02:00', '-0530', ' GMT'), fc.constantFrom(16, 19, 21, 27), async (value, separator, zone, length) => {
        const spelling = datetimeText(value).replace('T', separator).slice(0, length) + zone;
        const expected = parseDatetime(spelling);
        expect(await engine.value(`todatetime("${spelling}")`), spelling).toEqual(expected === undefined ? null : datetimeText(expected));
      }),
      settings,
    ),
  );
});

describe('arrays', () => {
  law('sorted is sorted', numbers, (values) => `tostring(array_sort_asc(${list(values)}))`, (values) => JSON.stringify([...values].sort((a, b) => a - b)));
  law('descending is ascending turned around', numbers, (values) => `tostring(array_reverse(array_sort_desc(${list(values)}))) == tostring(array_sort_asc(${list(values)}))`, () => true);
  law('rotated there and back', fc.tuple(numbers, small), ([values, n]) => `tostring(array_rotate_right(array_rotate_left(${list(values)}, ${n}), ${n}))`, ([values]) => JSON.stringify(values));
  law('two parts make the whole', fc.tuple(numbers, fc.integer({ min: 1, max: 9 })), ([values, n]) => `tostring(array_concat(array_slice(${list(values)}, 0, ${n} - 1), array_slice(${list(values)}, ${n}, 20)))`, ([values]) => JSON.stringify(values));
  law('union, intersection, difference', fc.tuple(numbers, numbers), ([a, b]) => `array_length(set_union(${list(a)}, ${list(b)})) == array_length(set_intersect(${list(a)}, ${list(b)})) + array_length(set_difference(${list(a)}, ${list(b)})) + array_length(set_difference(${list(b)}, ${list(a)}))`, () => true);
  it('json is read and written without a change', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => writeJson(readJson(JSON.stringify(value))) === JSON.stringify(value)));
  });
  it('a transform and its inverse give the series back', () =>
    fc.assert(
      fc.asyncProperty(numbers, async (values) => {
        const [row] = await engine.rows(`print y = ${list(values)} | extend (re, im) = series_fft(y) | extend (back, none) = series_ifft(re, im) | project back`);
        const back = json(row?.[0]) as number[];
        back.forEach((value, index) => {
          expect(value).toBeCloseTo(values[index] ?? Number.NaN, 9);
        });
      }),
      settings,
    ),
  );
});

describe('aggregates', () => {
  const rows = (values: readonly number[]): string => `datatable(n:long)[${values.join(', ')}]`;
  const aggregate = (name: string, summary: string, expected: (values: readonly number[]) => unknown): void => {
    it(name, () =>
      fc.assert(
        fc.asyncProperty(numbers, async (values) => {
          const [row] = await engine.rows(`${rows(values)} | summarize x = ${summary}`);
          expect(row?.[0], rows(values)).toEqual(expected(values));
        }),
        settings,
      ),
    );
  };
  const ranked = (values: readonly number[], percent: number): number => {
    const place = Math.max(1, Math.ceil((values.length * percent) / 100));
    return [...values].sort((a, b) => a - b)[place - 1] ?? Number.NaN;
  };
  aggregate('dcount counts a set', 'dcount(n)', (values) => new Set(values).size);
  aggregate('make_set is a set in order of appearance', 'tostring(make_set(n))', (values) => JSON.stringify([...new Set(values)]));
  aggregate('make_list is the rows', 'tostring(make_list(n))', (values) => JSON.stringify(values));
  for (const percent of [10, 50, 90]) aggregate(`percentile ${percent} is the nearest rank`, `percentile(n, ${percent})`, (values) => ranked(values, percent));
  it('sketches and digests of parts are those of the whole', () =>
    fc.assert(
      fc.asyncProperty(numbers, numbers, async (a, b) => {
        const parts = `union (${rows(a)} | summarize h = hll(n), t = tdigest(n)), (${rows(b)} | summarize h = hll(n), t = tdigest(n)) | summarize h = hll_merge(h), t = tdigest_merge(t)`;
        const [row] = await engine.rows(`${parts} | project dcount_hll(h), percentile_tdigest(t, 50, typeof(long)), rank_tdigest(t, 3)`);
        const all = [...a, ...b];
        expect(row).toEqual([new Set(all).size, ranked(all, 50), all.filter((value) => value <= 3).length]);
      }),
      settings,
    ),
  );
  it('a weighted percentile is that of repeated values', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(small, fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 6 }), async (pairs) => {
        const table = `datatable(n:long, w:long)[${pairs.flat().join(', ')}]`;
        const [row] = await engine.rows(`${table} | summarize percentilesw(n, w, 25, 50, 99)`);
        const repeated = pairs.flatMap(([value, weight]) => Array.from({ length: weight }, () => value));
        expect(row).toEqual([25, 50, 99].map((percent) => ranked(repeated, percent)));
      }),
      settings,
    ),
  );
});
