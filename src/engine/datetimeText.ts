import { TICKS_PER_SECOND, UNIX_EPOCH_TICKS } from '../common/kqlTypes';

/**
 * Spellings of a datetime: ISO 8601, RFC 822, RFC 850 and "sortable", as the documentation lists them, and what else .NET reads without
 * a culture: `M/d/yyyy` (also with dashes or dots), names of months, AM and PM. A time is UTC unless it has a zone.
 */
const clock = /(?:^|[\sT,])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([AP]M)?/iu;
const zone = /\s*(?:(Z|GMT|UTC)|([-+])(\d{2}):?(\d{2})?)$/iu;
const weekday = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[\s,]*/iu;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthName = /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/iu;
const dense = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?$/u;

interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Ticks since year 1; undefined for what is no datetime. */
export function parseDatetime(text: string): bigint | undefined {
  let rest = text.trim().replace(weekday, '');
  const time = clock.exec(rest);
  // A zone needs a time before it: `2014-05-25` ends in no zone.
  const offset = time ? zone.exec(rest) : /\s*(?:(Z|GMT|UTC))$/iu.exec(rest);
  if (offset) rest = rest.slice(0, offset.index);
  if (!time) {
    const run = dense.exec(rest);
    const [, y, m, d, hour = '0', minute = '0', second = '0'] = run ?? [];
    if (run) return ticksOf({ year: Number(y), month: Number(m), day: Number(d) }, [hour, minute, second].map(Number), '', offset);
  }
  const [whole = '', hour = '0', minute = '0', second = '0', fraction = '', half] = time ?? [];
  const day = dayOf(time ? `${rest.slice(0, time.index)} ${rest.slice(time.index + whole.length)}` : rest);
  if (!day) return undefined;
  if (half && (Number(hour) < 1 || Number(hour) > 12)) return undefined;
  const hours = half ? (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0) : Number(hour);
  return ticksOf(day, [hours, Number(minute), Number(second)], fraction, offset);
}

/** A calendar day in words and numbers between blanks, dashes, dots, slashes or commas. */
function dayOf(text: string): CalendarDay | undefined {
  if (!/^[\w\s,./-]+$/u.test(text)) return undefined;
  const parts = text.split(/[\s,./-]+/u).filter((part) => part !== '');
  if (parts.length === 0 || parts.length > 3) return undefined;
  const named = parts.findIndex((part) => monthName.test(part));
  const numbers = parts.filter((_, index) => index !== named);
  if (!numbers.every((part) => /^\d{1,4}$/u.test(part))) return undefined;
  const [first = '', second = '', third = ''] = numbers;
  if (named < 0) return numericDay(first, second, third);
  const month = months.indexOf((parts[named] ?? '').slice(0, 3).toLowerCase()) + 1;
  if (numbers.length === 1) return first.length === 4 ? { year: Number(first), month, day: 1 } : undefined;
  return first.length > 2 ? { year: Number(first), month, day: Number(second) } : { year: yearOf(second), month, day: Number(first) };
}

/** Year first when it has four digits, else month, day, year. */
function numericDay(first: string, second: string, third: string): CalendarDay | undefined {
  if (first.length === 4) return { year: Number(first), month: second === '' ? 1 : Number(second), day: third === '' ? 1 : Number(third) };
  return third === '' ? undefined : { year: yearOf(third), month: Number(first), day: Number(second) };
}

/** Two digits are years up to 2049, as .NET takes them. */
function yearOf(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year < 50 ? 2000 + year : 1900 + year;
}

function ticksOf(
  { year, month, day }: CalendarDay,
  [hour = 0, minute = 0, second = 0]: readonly number[],
  fraction: string,
  offset: RegExpExecArray | null,
): bigint | undefined {
  if (hour > 23 || minute > 59 || second > 59 || year < 1) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const [, , sign, hours = '0', minutes = '0'] = offset ?? [];
  const east = BigInt(Number(hours) * 3600 + Number(minutes) * 60);
  const seconds = BigInt(date.getTime() / 1000) + BigInt(hour * 3600 + minute * 60 + second) - (sign === '-' ? -east : sign === '+' ? east : 0n);
  const ticks = UNIX_EPOCH_TICKS + seconds * TICKS_PER_SECOND + BigInt(fraction.slice(0, 7).padEnd(7, '0'));
  return ticks < 0n || ticks > 3_155_378_975_999_999_999n ? undefined : ticks;
}
