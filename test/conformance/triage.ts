/** A published output that is itself wrong. */
export interface KnownWrong {
  readonly reason: string;
  /**
   * The wrong texts of the published table, each with the right one. With them in place the engine's answer has to match: a case here
   * cannot hide an error of our own. Absent where the page leaves the output out, so that nothing can be compared.
   */
  readonly corrections?: readonly (readonly [published: string, right: string])[];
}

const anotherInput = (right: string): KnownWrong => ({
  reason: 'prints another input array than the query has',
  corrections: [['[-6.5,0,8.2]', right]],
});
const leftOut: KnownWrong = { reason: 'prints … instead of the coordinates' };

/** Published outputs that are themselves wrong, by the id of their case. */
export const knownWrong: ReadonlyMap<string, KnownWrong> = new Map<string, KnownWrong>([
  [
    'array-iff-function#2',
    {
      reason: 'prints another input array than the query has',
      corrections: [['[true, false, true]', '["some string value","2022-01-01T00:00:00.0000000Z",null]']],
    },
  ],
  ['bin-function#1', { reason: 'prints 14 days as 14:00:00:00, which is no timespan', corrections: [['14:00:00:00', '14.00:00:00']] }],
  [
    'geo-geohash-to-central-point-function#2',
    {
      reason: 'prints the text as a link with its address',
      corrections: [
        ['[https:', 'https:'],
        ['](https://www.bing.com/maps?sp=point.32.15620994567871_34.80245590209961_You+are+here)', ''],
      ],
    },
  ],
  ['geo-line-buffer-function#0', leftOut],
  ['geo-line-buffer-function#1', leftOut],
  ['geo-point-buffer-function#0', leftOut],
  ['geo-point-buffer-function#1', leftOut],
  ['geo-polygon-buffer-function#0', leftOut],
  ['geo-polygon-buffer-function#1', leftOut],
  ['geo-polygon-centroid-function#2', { reason: 'prints JSON without its first brace', corrections: [['|"type"', '|{"type"']] }],
  [
    'geo-polygon-lookup-plugin#0',
    { reason: 'prints another name of a museum than the query has', corrections: [['NY National Museum of Mathematics', 'National Museum of Mathematics']] },
  ],
  ['geo-polygon-to-s2cells-function#0', { reason: 'prints "New York city" where the query has "New York"', corrections: [['New York city', 'New York']] }],
  [
    'geospatial-joins#1',
    {
      reason: "prints the coordinates of 'a' for 'b'",
      corrections: [['|b|1|-0.124330807668741|51.5111584136165|', '|b|1|-0.12432651341458723|51.511160848670585|']],
    },
  ],
  ['extra-geo-h3cell-children-function#2', leftOut],
  ['extra-geo-h3cell-rings-function#3', leftOut],
  ['extra-geo-line-locate-point-function#1', { reason: 'prints no row', corrections: [['|---|', '|---|\n|true|']] }],
  ['extra-geo-polygon-to-h3cells-function#0', { reason: 'lists the same cells in another order; no order is documented' }],
  ['extra-geo-polygon-to-h3cells-function#1', leftOut],
  [
    'join-innerunique#2',
    {
      reason: 'which row of equal keys innerunique keeps is not defined; the page shows one of two choices, and here it is the other',
      corrections: [['val1.2', 'val1.1']],
    },
  ],
  [
    'parse-url-function#0',
    {
      reason: 'prints JSON with its object in quotes, and the path without its slash, which real queries count on',
      corrections: [
        ['"{"k1":"v1", "k2":"v2"}"', '{"k1":"v1", "k2":"v2"}'],
        ['"this/is/a/path"', '"/this/is/a/path"'],
      ],
    },
  ],
  ['parse-where-operator#3', { reason: 'prints an empty row where no row matches', corrections: [['|--|--|\n||', '|--|--|']] }],
  [
    'range-operator#1',
    {
      reason: 'prints 7 of the 10 rows',
      corrections: [['| 2024-01-04', '| 2024-01-01 00:00:00 |\n| 2024-01-02 00:00:00 |\n| 2024-01-03 00:00:00 |\n| 2024-01-04']],
    },
  ],
  ['replace-regex-function#0', { reason: 'range over whole numbers cannot give "1.000000" as text', corrections: [['.000000', '']] }],
  ['replace-string-function#1', { reason: 'range over whole numbers cannot give "1.000000" as text', corrections: [['.000000', '']] }],
  ['series-acos-function#0', anotherInput('[-1,0,1]')],
  ['series-atan-function#0', anotherInput('[-1,0,1]')],
  ['series-cos-function#0', anotherInput('[-1,0,1]')],
  ['series-sin-function#0', anotherInput('[-1,0,1]')],
  ['series-tan-function#0', anotherInput('[-1,0,1]')],
  [
    'series-fill-linear-function#0',
    {
      reason: 'fills the same array with 73 and 36 in three columns and with 74 and 38 in the fourth',
      corrections: [['[111,111,74,38,  41,32,24,16,61,33,33,33]', '[111,111,73,36,41,32,24,16,61,33,33,33]']],
    },
  ],
  [
    'series-iir-function#0',
    {
      reason: 'prints 4 of the 10 rows',
      corrections: [['|4.0|10.0|', '|4.0|10.0|\n|5.0|15.0|\n|6.0|21.0|\n|7.0|28.0|\n|8.0|36.0|\n|9.0|45.0|\n|10.0|55.0|']],
    },
  ],
  ['url-encode-function#0', { reason: 'prints a slash at the end that the query does not have', corrections: [['hello world/', 'hello world']] }],
  [
    'url-encode-component-function#0',
    { reason: 'leaves out the slash at the end that the query has', corrections: [['hello%20world', 'hello%20world%2f']] },
  ],
  [
    'variancepif-aggregation-function#0',
    { reason: 'prints the variance of a sample (850), not of the population: (50² - 1) / 12 · 2²', corrections: [['850', '833']] },
  ],
  [
    'extra-base64-decode-toguid-function#0',
    {
      reason: 'reads the third group in another order of bytes than base64_encode_fromguid() writes it on its page',
      corrections: [['754c', '4c75']],
    },
  ],
  ['extra-range-function#1', { reason: 'prints … instead of most elements' }],
  ['extra-range-function#3', { reason: 'prints a number of another example in a row of its own', corrections: [['|1,000,000|\n', ''], ['`:|', '`|']] }],
  [
    'extra-series-magnitude-function#0',
    { reason: 'prints a head of three columns over a row of two', corrections: [['|s1|s2|series_magnitude|\n|---|---|---|', '|arr|series_magnitude|\n|---|---|']] },
  ],
  [
    'extra-strcat-function#1',
    { reason: 'prints the lines of the text as a numbered list', corrections: [['1. "MultiLineString": ', ''], ['2. ', ''], ['3. ', '']] },
  ],
  ['extra-toguid-function#0', { reason: 'prints another text than the query has', corrections: [["isn't", 'is not']] }],
  ['extra-trim-end-function#2', { reason: 'prints no row', corrections: [['|---|---|', '|---|---|\n|    Hello, world!    |    Hello, world!|']] }],
  [
    'extra-unicode-codepoints-to-string-function#4',
    { reason: 'prints no row', corrections: [['|---|', '|---|\n|0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz|']] },
  ],
]);

/** The published table with its wrong texts put right; undefined when there is nothing to put right. */
export function corrected(known: KnownWrong, expected: string): string | undefined {
  return known.corrections?.reduce((text, [published, right]) => text.replaceAll(published, right), expected);
}
