import type { WireValue } from '../kqlTypes';

/** Values as they travel (see kqlTypes.ts), read as numbers to be drawn. */

/** null for what has no place on an axis. */
export function wireNumber(value: WireValue): number | null {
  if (value === null || value === '' || typeof value === 'boolean') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

const timespan = /^(-)?(?:(\d+)\.)?(\d+):(\d\d):(\d\d)(?:\.(\d+))?$/u;

/** Milliseconds of a datetime (since the Unix epoch) or of a timespan; 0 for anything else. */
export function wireMs(value: WireValue): number {
  if (typeof value === 'number') return value;
  const parts = timespan.exec(String(value));
  if (!parts) return Date.parse(String(value)) || 0;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = '0'] = parts;
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return (sign === '-' ? -1 : 1) * (whole * 1000 + Number(`0.${fraction}`) * 1000);
}

/** Seconds of a timespan. */
export function wireSeconds(value: WireValue): number | null {
  return typeof value === 'string' && timespan.test(value) ? wireMs(value) / 1000 : null;
}

/** A datetime as it travels. */
export function wireTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace('Z', '0000Z');
}

/** A timespan as it travels. */
export function timespanMs(ms: number): string {
  const size = Math.abs(ms);
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  const days = Math.floor(size / 86_400_000);
  const fraction = Math.round(size % 1000);
  const clock = `${two((size / 3_600_000) % 24)}:${two((size / 60_000) % 60)}:${two((size / 1000) % 60)}`;
  return `${ms < 0 ? '-' : ''}${days > 0 ? `${days}.` : ''}${clock}${fraction > 0 ? `.${String(fraction).padStart(3, '0')}0000` : ''}`;
}
