import { TICKS_PER_DAY, TICKS_PER_MILLISECOND, TICKS_PER_SECOND, UNIX_EPOCH_TICKS } from '../common/kqlTypes';

/** A time range in ticks: from `start` (inclusive) to `end` (exclusive). */
export interface TickRange {
  readonly start: bigint;
  readonly end: bigint;
}

const durationPattern = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/u;
const timePattern = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:\d{2})?$/u;

/** Is it a duration (`P7D`) or an interval (`start/end`, `start/P1D`, `P1D/end`) as the query API takes it? */
export function isTimespan(text: string): boolean {
  return timespanRange(text, 0n) !== undefined;
}

/** The range a timespan means; a duration ends now. Undefined when it is none. */
export function timespanRange(text: string, now: bigint): TickRange | undefined {
  const parts = text.split('/');
  if (parts.length === 1) {
    const duration = durationTicks(parts[0] ?? '');
    return duration === undefined ? undefined : { start: now - duration, end: now + 1n };
  }
  if (parts.length !== 2) return undefined;
  const [first = '', second = ''] = parts;
  const start = timeTicks(first);
  const end = timeTicks(second);
  if (start !== undefined && end !== undefined) return start <= end ? { start, end } : undefined;
  const startDuration = durationTicks(first);
  const endDuration = durationTicks(second);
  if (start !== undefined && endDuration !== undefined) return { start, end: start + endDuration };
  if (end !== undefined && startDuration !== undefined) return { start: end - startDuration, end };
  return undefined;
}

function durationTicks(text: string): bigint | undefined {
  const match = durationPattern.exec(text);
  if (!match) return undefined;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part || 0));
  const wholeSeconds = (hours ?? 0) * 3600 + (minutes ?? 0) * 60;
  return (
    BigInt((weeks ?? 0) * 7 + (days ?? 0)) * TICKS_PER_DAY +
    BigInt(wholeSeconds) * TICKS_PER_SECOND +
    BigInt(Math.round((seconds ?? 0) * 1e7))
  );
}

function timeTicks(text: string): bigint | undefined {
  if (!timePattern.test(text)) return undefined;
  const zoned = /(?:Z|[+-]\d{2}:\d{2})$/u.test(text.slice(10)) ? text : `${text.includes(':') ? text : `${text}T00:00`}Z`;
  const milliseconds = Date.parse(zoned.replace(' ', 'T'));
  return Number.isNaN(milliseconds) ? undefined : BigInt(milliseconds) * TICKS_PER_MILLISECOND + UNIX_EPOCH_TICKS;
}
