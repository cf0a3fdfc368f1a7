import { routine, type Routine } from './routine';
import { isSingle, type Item, listJson, numbersOf, readSeries, realJson } from './seriesValues';

const unary: Readonly<Record<string, (value: number) => number>> = {
  acos: Math.acos,
  asin: Math.asin,
  atan: Math.atan,
  ceiling: Math.ceil,
  cos: Math.cos,
  exp: Math.exp,
  floor: Math.floor,
  log: Math.log,
  sin: Math.sin,
  tan: Math.tan,
};

const exact: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
};

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  equals: (a, b) => a === b,
  not_equals: (a, b) => a !== b,
  greater: (a, b) => a > b,
  greater_equals: (a, b) => a >= b,
  less: (a, b) => a < b,
  less_equals: (a, b) => a <= b,
};

function one(name: string, item: Item): string {
  const { value, isWhole } = item;
  if (Number.isNaN(value)) return 'null';
  if (name === 'sign') return String(Math.sign(value));
  if (name === 'abs') return isWhole ? String(Math.abs(value)) : realJson(Math.abs(value));
  return realJson(unary[name]?.(value) ?? Number.NaN);
}

function two(name: string, a: Item | undefined, b: Item | undefined): string {
  if (!a || !b || Number.isNaN(a.value) || Number.isNaN(b.value)) return 'null';
  const compare = comparisons[name];
  if (compare) return String(compare(a.value, b.value));
  if (name === 'divide') return realJson(a.value / b.value);
  if (name === 'pow') return realJson(a.value ** b.value);
  const result = exact[name]?.(a.value, b.value) ?? Number.NaN;
  return a.isWhole && b.isWhole && Number.isSafeInteger(result) ? String(result) : realJson(result);
}

/** Both series at the same length; a number alone stands at every place. */
function pairs(first: string | null | undefined, second: string | null | undefined): [Item | undefined, Item | undefined][] | undefined {
  const [a, b] = [readSeries(first), readSeries(second)];
  if (!a || !b) return undefined;
  const [fixedA, fixedB] = [isSingle(first) ? a[0] : undefined, isSingle(second) ? b[0] : undefined];
  const length = fixedA && fixedB ? 1 : fixedA ? b.length : fixedB ? a.length : Math.max(a.length, b.length);
  return Array.from({ length }, (_, index) => [fixedA ?? a[index], fixedB ?? b[index]]);
}

/** Sum of the products, as far as the shorter goes; what is no number is left out. Undefined for an empty series. */
function dot(first: string | null | undefined, second: string | null | undefined): number | undefined {
  const all = pairs(first, second)?.filter(([a, b]) => a !== undefined && b !== undefined);
  if (!all || all.length === 0) return undefined;
  return all.reduce((sum, [a, b]) => {
    const product = (a?.value ?? 0) * (b?.value ?? 0);
    return Number.isNaN(product) ? sum : sum + product;
  }, 0);
}

/** Numbers of both series, as far as the shorter goes. */
function inCommon(first: string | null | undefined, second: string | null | undefined): [string, string] | undefined {
  const both = pairs(first, second)?.filter(([a, b]) => a && b && !Number.isNaN(a.value) && !Number.isNaN(b.value));
  return both && [listJson(both.map(([a]) => a?.json ?? 'null')), listJson(both.map(([, b]) => b?.json ?? 'null'))];
}

function pearson(first: string | null | undefined, second: string | null | undefined): number | undefined {
  const [a, b] = [numbersOf(first), numbersOf(second)];
  if (a === undefined || b?.length !== a.length) return undefined;
  const [ma, mb] = [a, b].map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, index) => {
    const [x, y] = [value - (ma ?? 0), (b[index] ?? 0) - (mb ?? 0)];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  });
  return ab / Math.sqrt(aa * bb);
}

const text = (value: number | undefined): string | null => (value === undefined || Number.isNaN(value) ? null : String(value));

/** Series element by element, and what they sum up to. */
export const seriesElementRoutines: readonly Routine[] = [
  routine('series_each', 2, (name, series) => {
    const items = readSeries(series);
    return items && !isSingle(series) ? listJson(items.map((item) => one(name ?? '', item))) : null;
  }),
  routine('series_pairs', 3, (name, first, second) => {
    const all = pairs(first, second);
    return all ? listJson(all.map(([a, b]) => two(name ?? '', a, b))) : null;
  }),
  routine('series_sum', 1, (series) => text(numbersOf(series)?.reduce((sum, value) => sum + value, 0))),
  routine('series_product', 1, (series) => text(numbersOf(series)?.reduce((product, value) => product * value, 1))),
  routine('series_magnitude', 1, (series) => text(Math.sqrt(dot(series, series) ?? Number.NaN))),
  routine('series_dot_product', 2, (first, second) => text(dot(first, second))),
  routine('series_cosine_similarity', 2, (first, second) => {
    const [a, b] = inCommon(first, second) ?? [];
    const [ab, aa, bb] = [dot(a, b), dot(a, a), dot(b, b)];
    return text(ab === undefined || aa === undefined || bb === undefined ? undefined : ab / Math.sqrt(aa * bb));
  }),
  routine('series_pearson_correlation', 2, (first, second) => text(pearson(first, second))),
];
