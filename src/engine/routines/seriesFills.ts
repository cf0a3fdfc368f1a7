import { routine, type Routine } from './routine';
import { type Item, listJson, numbersOf, readSeries, realJson, realsJson } from './seriesValues';

/** Is the element a missing one? Without a placeholder the nulls are. */
function isMissing({ value, json }: Item, placeholder: string | null | undefined): boolean {
  if (placeholder === null || placeholder === undefined || placeholder === 'null' || placeholder === '"NaN"') return json === 'null' || json === '"NaN"';
  return value === Number(placeholder);
}

function fillForward(items: readonly Item[], placeholder: string | null | undefined): string[] {
  let last: Item | undefined;
  return items.map((item) => {
    if (!isMissing(item, placeholder)) last = item;
    return (last ?? item).json;
  });
}

/** A straight line between the neighbours; whole numbers stay whole, cut off. */
function fillLinear(items: readonly Item[], placeholder: string | null | undefined, fillEdges: boolean, constant: string): string[] {
  const known = items.flatMap((item, index) => (isMissing(item, placeholder) ? [] : [index]));
  if (known.length === 0) return items.map((item) => (constant === 'null' ? item.json : realJson(Number(constant))));
  const whole = known.every((index) => items[index]?.isWhole);
  let next = 0;
  return items.map((item, index) => {
    while (next < known.length && (known[next] ?? 0) < index) next++;
    const right = known[next];
    const left = known[next - 1];
    if (right === index) return item.json;
    const [a, b] = [left === undefined ? undefined : items[left], right === undefined ? undefined : items[right]];
    if (!a || !b || left === undefined || right === undefined) return fillEdges ? (a ?? b ?? item).json : item.json;
    const value = a.value + ((b.value - a.value) * (index - left)) / (right - left);
    return whole ? String(Math.trunc(value)) : realJson(value);
  });
}

/** Moving sum with weights; what lies before the series counts as 0. */
function filtered(series: readonly number[], filter: readonly number[], shift: number): number[] {
  return series.map((_, index) => filter.reduce((sum, weight, back) => sum + weight * (series[index - back + shift] ?? 0), 0));
}

function recursive(series: readonly number[], numerators: readonly number[], denominators: readonly number[]): number[] {
  const output: number[] = [];
  const [scale = 1] = denominators;
  series.forEach((_, index) => {
    const forward = numerators.reduce((sum, weight, back) => sum + weight * (series[index - back] ?? 0), 0);
    const backward = denominators.reduce((sum, weight, back) => (back === 0 ? sum : sum + weight * (output[index - back] ?? 0)), 0);
    output.push((forward - backward) / scale);
  });
  return output;
}

/** Missing values of a series filled, and filters over it. */
export const seriesFillRoutines: readonly Routine[] = [
  routine('series_fill_forward', 2, (series, placeholder) => {
    const items = readSeries(series);
    return items ? listJson(fillForward(items, placeholder)) : null;
  }),
  routine('series_fill_backward', 2, (series, placeholder) => {
    const items = readSeries(series);
    return items ? listJson(fillForward(items.reverse(), placeholder).reverse()) : null;
  }),
  routine('series_fill_const', 3, (series, constant, placeholder) => {
    const items = readSeries(series);
    return items ? listJson(items.map((item) => (isMissing(item, placeholder) ? (constant ?? 'null') : item.json))) : null;
  }),
  routine('series_fill_linear', 4, (series, placeholder, edges, constant) => {
    const items = readSeries(series);
    return items ? listJson(fillLinear(items, placeholder, edges !== 'false', constant ?? 'null')) : null;
  }),
  routine('series_fir', 4, (series, filter, normalize, center) => {
    const [values, weights] = [numbersOf(series), numbersOf(filter)];
    if (!values || !weights) return null;
    const negative = weights.some((weight) => weight < 0);
    if (negative && normalize === 'true') return null;
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const scaled = normalize === 'false' || negative ? weights : weights.map((weight) => weight / sum);
    return realsJson(filtered(values, scaled, center === 'true' ? Math.floor(weights.length / 2) : 0));
  }),
  routine('series_iir', 3, (series, numerators, denominators) => {
    const [values, b, a] = [numbersOf(series), numbersOf(numerators), numbersOf(denominators)];
    return values && a && b && a[0] !== 0 ? realsJson(recursive(values, b, a)) : null;
  }),
];
