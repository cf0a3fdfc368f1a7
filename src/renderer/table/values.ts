import type { Column, KqlType, WireValue } from '../../common/kqlTypes';
import type { IconName } from '../icons';
import { visibleText } from './textPieces';

export type TimeZone = 'utc' | 'local';

/** How cells show times: in a zone, or how long ago they were. */
export type TimeStyle = TimeZone | 'relative';

/** The zone of times that are written out. */
export function zoneOf(style: TimeStyle): TimeZone {
  return style === 'local' ? 'local' : 'utc';
}

/** Longest text put into a cell; what is longer cannot be seen in one line anyway. */
const maxCellText = 400;

interface TypeLook {
  readonly icon: IconName;
  readonly numeric: boolean;
  /** Width of a column nobody measured, in CSS pixels. */
  readonly width: number;
}

const looks: Readonly<Record<KqlType, TypeLook>> = {
  bool: { icon: 'check', numeric: false, width: 80 },
  int: { icon: 'number', numeric: true, width: 90 },
  long: { icon: 'number', numeric: true, width: 110 },
  real: { icon: 'number', numeric: true, width: 110 },
  decimal: { icon: 'number', numeric: true, width: 120 },
  string: { icon: 'letter', numeric: false, width: 160 },
  datetime: { icon: 'clock', numeric: false, width: 180 },
  timespan: { icon: 'hourglass', numeric: true, width: 130 },
  guid: { icon: 'key', numeric: false, width: 250 },
  dynamic: { icon: 'braces', numeric: false, width: 240 },
};

export function typeLook(type: KqlType): TypeLook {
  return looks[type];
}

/** A column's name for people. Names may come from data (`pivot`, `bag_unpack`), so they can hide nothing either. */
export function columnTitle(column: Column): string {
  return column.name === '' ? '(no name)' : visibleText(column.name);
}

/** One line of text for a cell. Null and empty strings give '' and are told apart by the caller. */
export function cellText(value: WireValue, type: KqlType, style: TimeStyle): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  if (type === 'datetime') return style === 'relative' ? relativeText(value, Date.now()) : dateText(value, style, false);
  return value.length > maxCellText ? value.slice(0, maxCellText) : value;
}

const isoDate = /^(-?\d{4,6}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d+))?Z$/;

/**
 * A KQL datetime for people: `2024-05-06 07:08:09.123`. Cells show milliseconds and leave out a fraction of
 * nothing; `exact` keeps all seven digits. Anything that is not a KQL datetime is returned as it is.
 */
export function dateText(value: string, zone: TimeZone, exact: boolean): string {
  const parts = isoDate.exec(value);
  if (!parts) return value;
  const digits = parts[3] ?? '';
  const shortened = exact ? digits : digits.slice(0, 3);
  const fraction = exact ? digits !== '' : /[1-9]/.test(digits);
  const whole = zone === 'utc' ? `${parts[1] ?? ''} ${parts[2] ?? ''}` : localSeconds(value);
  return whole === undefined ? value : `${whole}${fraction ? `.${shortened}` : ''}`;
}

const steps: readonly (readonly [name: string, seconds: number])[] = [
  ['y', 31_557_600],
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];

/** `3 d 4 h ago`, `in 5 min`, `now`: to the second largest unit. Anything that is not a KQL datetime is returned as it is. */
export function relativeText(value: string, now: number): string {
  const time = Date.parse(`${value.slice(0, 19)}Z`);
  if (!isoDate.test(value) || Number.isNaN(time)) return value;
  const distance = Math.floor(Math.abs(now - time) / 1000);
  const first = steps.findIndex(([, seconds]) => distance >= seconds);
  if (first < 0) return 'now';
  let rest = distance;
  const parts: string[] = [];
  for (const [name, seconds] of steps.slice(first, first + 2)) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) parts.push(`${countText(count)} ${name}`);
  }
  return now >= time ? `${parts.join(' ')} ago` : `in ${parts.join(' ')}`;
}

/** Local date and time to the second; undefined for a time JavaScript's dates do not reach. */
function localSeconds(value: string): string | undefined {
  const date = new Date(`${value.slice(0, value.indexOf('T') + 9)}Z`);
  if (Number.isNaN(date.getTime())) return undefined;
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `UTC+02:00` for the local zone at the given time, or now. */
export function zoneName(value?: string): string {
  const date = value === undefined ? new Date() : new Date(value.slice(0, 19) + 'Z');
  const minutes = -date.getTimezoneOffset();
  if (Number.isNaN(minutes) || minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `UTC${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const counts = new Intl.NumberFormat('en-US');

/** `52,311` */
export function countText(count: number): string {
  return counts.format(count);
}

const numbers = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 7 });

/** A figure for people: `1,234.5`; digits beyond what a double holds are shown as they are. */
export function numberText(value: WireValue): string {
  if (typeof value !== 'number') return value === null ? '' : String(value);
  return Number.isInteger(value) ? counts.format(value) : numbers.format(value);
}

/** `1 row`, `52,311 rows` */
export function plural(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `87 ms`, `1.24 s`, `2 min 5 s` */
export function elapsedText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
