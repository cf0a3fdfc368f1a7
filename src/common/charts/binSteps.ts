/** Widths of bins that people read well. Bins begin at multiples of their width, counted as `bin()` of KQL counts. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Milliseconds. */
const timeSteps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((count) => count * day),
];

/** Milliseconds between 0001-01-01, from where KQL counts, and the Unix epoch. */
const kqlEpochMs = -62_135_596_800_000;

/**
 * The narrowest good bin of which at most `most` cover the range.
 * @param range Milliseconds.
 */
export function timeStep(range: number, most: number): number {
  const fits = (step: number): boolean => Math.floor(range / step) + 2 <= Math.max(2, most);
  return timeSteps.find(fits) ?? decimalStep(range / (364 * day), most) * 364 * day;
}

/** As {@link timeStep}, of plain numbers. */
export function decimalStep(range: number, most: number): number {
  if (!(range > 0)) return 1;
  const least = range / Math.max(1, most - 2);
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((factor) => factor * power >= least) ?? 10);
}

/** Where the bin of a time begins; both in milliseconds since the Unix epoch. */
export function timeBin(ms: number, step: number): number {
  return Math.floor((ms - kqlEpochMs) / step) * step + kqlEpochMs;
}

export function numberBin(value: number, step: number): number {
  return Math.floor(value / step) * step;
}

/** `5m`, `1h`, `7d`: the width as KQL writes it. */
export function timespanLiteral(ms: number): string {
  const units = [['d', day], ['h', hour], ['m', minute], ['s', second]] as const;
  for (const [unit, size] of units) if (ms % size === 0) return `${ms / size}${unit}`;
  return `${ms}ms`;
}

/** `5 minutes`, `1 hour`: for people. */
export function durationText(ms: number): string {
  const units = [['day', day], ['hour', hour], ['minute', minute], ['second', second]] as const;
  for (const [unit, size] of units) if (ms % size === 0) return `${ms / size} ${unit}${ms === size ? '' : 's'}`;
  return `${ms} ms`;
}
