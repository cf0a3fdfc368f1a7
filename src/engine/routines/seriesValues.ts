/** Numbers of a series as they are written: whole ones stay whole. */
export interface Item {
  /** NaN for what is no number. */
  readonly value: number;
  readonly isWhole: boolean;
  /** As written. */
  readonly json: string;
}

const token = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|null|true|false|"(?:[^"\\]|\\.)*"/gu;

/** The elements of an array of scalars; a number alone is itself; undefined for anything else. */
export function readSeries(json: string | null | undefined): Item[] | undefined {
  if (json === null || json === undefined || !/^\s*[[\d-]/u.test(json)) return undefined;
  return [...json.matchAll(token)].map(([text]) => ({ value: numberOf(text), isWhole: /^-?\d+$/u.test(text), json: text }));
}

function numberOf(text: string): number {
  if (/^[-\d]/u.test(text)) return Number(text);
  return text === '"Infinity"' ? Infinity : text === '"-Infinity"' ? -Infinity : Number.NaN;
}

export function isSingle(json: string | null | undefined): boolean {
  return json !== null && json !== undefined && !json.trimStart().startsWith('[');
}

/** A real as JSON. */
export function realJson(value: number): string {
  if (Number.isNaN(value)) return '"NaN"';
  if (!Number.isFinite(value)) return value > 0 ? '"Infinity"' : '"-Infinity"';
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(1) : String(value);
}

export const listJson = (values: readonly string[]): string => `[${values.join(',')}]`;
export const realsJson = (values: readonly number[]): string => listJson(values.map(realJson));

/** All numbers of a series; undefined when an element is none. */
export function numbersOf(json: string | null | undefined): number[] | undefined {
  const items = readSeries(json);
  return items && items.length > 0 && items.every(({ value }) => !Number.isNaN(value)) ? items.map(({ value }) => value) : undefined;
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sample variance; of one value 0. */
export function variance(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const average = mean(values);
  return values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (values.length - 1);
}

/** Percentile with linear interpolation, of sorted values. */
export function percentile(sorted: readonly number[], percent: number): number {
  const at = ((sorted.length - 1) * percent) / 100;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}
