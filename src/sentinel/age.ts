const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago a time (ISO 8601) was, short: `now`, `5 min`, `3 h`, `2 d`, `3 wk`, `5 mo`, `2 y`; '' for what is not a time. */
export function formatAge(time: string, now: Date): string {
  const age = now.getTime() - Date.parse(time);
  if (Number.isNaN(age)) return '';
  if (age < MINUTE) return 'now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h`;
  if (age < 14 * DAY) return `${Math.floor(age / DAY)} d`;
  if (age < 60 * DAY) return `${Math.floor(age / (7 * DAY))} wk`;
  if (age < 730 * DAY) return `${Math.floor(age / (30 * DAY))} mo`;
  return `${Math.floor(age / (365 * DAY))} y`;
}

/** A time (ISO 8601) to the minute, in UTC: `2026-11-20 09:05 UTC`. */
export function formatTime(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
