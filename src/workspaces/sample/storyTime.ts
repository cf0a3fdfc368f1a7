/**
 * Times of the sample are offsets in milliseconds from the midnight (UTC) that begins the day of `now`: day 0 is today, day -1 yesterday.
 * So the same day always tells the same story; a later `now` only shows more of day 0.
 */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Whole days of data before day 0. */
export const DAYS_OF_DATA = 14;

/** The offset of a time of day (`hh:mm` or `hh:mm:ss`, UTC) on a day. */
export function at(day: number, time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return day * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND;
}

/** Midnight (UTC) of the day of `now`, in milliseconds since 1970. */
export function startOfDay(now: Date): number {
  return Math.floor(now.getTime() / DAY) * DAY;
}
