import { dateText, type TimeZone } from '../../table/values';

const DAY = 86_400_000;

/** Milliseconds as a KQL datetime. */
export function isoTime(time: number): string {
  return new Date(time).toISOString().replace('Z', '0000Z');
}

/** Of the reader's zone at a time, milliseconds east of UTC. */
export function zoneOffset(time: number, zone: TimeZone): number {
  return zone === 'utc' ? 0 : -new Date(time).getTimezoneOffset() * 60_000;
}

/** As exact as the steps of the axis are. */
export function tickText(time: number, step: number, zone: TimeZone): string {
  const text = dateText(isoTime(time), zone === 'utc' ? 'utc' : 'local', true);
  const [date = '', clock = ''] = text.split(' ');
  if (step >= DAY) return date;
  const isMidnight = clock.startsWith('00:00:00');
  if (isMidnight) return date;
  if (step >= 60_000) return clock.slice(0, 5);
  return step >= 1000 ? clock.slice(0, 8) : clock.slice(0, 12);
}

/** For people: to the millisecond where there are any. */
export function momentText(time: number, zone: TimeZone): string {
  return dateText(isoTime(time), zone === 'utc' ? 'utc' : 'local', false);
}
