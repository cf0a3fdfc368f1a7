import { TICKS_PER_DAY, TICKS_PER_SECOND, UNIX_EPOCH_TICKS } from '../common/kqlTypes';

/** Decimal or hexadecimal, with a sign. */
export function parseWhole(text: string): bigint | undefined {
  const match = /^([-+]?)(0x[0-9a-f]{1,16}|\d+)$/iu.exec(text.trim());
  if (!match) return undefined;
  const value = BigInt(match[2] ?? '0');
  const signed = (match[2] ?? '').toLowerCase().startsWith('0x') ? BigInt.asIntN(64, value) : value;
  return match[1] === '-' ? -signed : signed;
}

export function parseReal(text: string): number | undefined {
  const lower = text.trim().toLowerCase();
  if (lower === 'nan') return Number.NaN;
  const infinite = /^([-+]?)inf(?:inity)?$/u.exec(lower);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/u.test(lower) ? Number(lower) : undefined;
}

const unitTicks: Readonly<Record<string, bigint>> = {
  d: TICKS_PER_DAY,
  h: 36_000_000_000n,
  m: 600_000_000n,
  s: TICKS_PER_SECOND,
  ms: 10_000n,
  microsecond: 10n,
  micro: 10n,
  tick: 1n,
};
const unitNames: Readonly<Record<string, string>> = {
  ...{
    day: 'd',
    days: 'd',
    hour: 'h',
    hours: 'h',
    hr: 'h',
    hrs: 'h',
    min: 'm',
    minute: 'm',
    minutes: 'm',
    sec: 's',
    second: 's',
    seconds: 's',
  },
  ...{
    milli: 'ms',
    millis: 'ms',
    millisec: 'ms',
    millisecond: 'ms',
    milliseconds: 'ms',
    micros: 'micro',
    microsec: 'micro',
    microseconds: 'micro',
  },
  ...{ ticks: 'tick' },
};

/** `1d`, `1.5h`, `1.02:03:04.5`, `-00:10`, `5 days`, `2` (days). In ticks. */
export function parseTimespan(text: string): bigint | undefined {
  const trimmed = text.trim();
  const unit = /^([-+]?)(\d+(?:\.\d+)?)\s*([a-z]+)$/iu.exec(trimmed);
  if (unit) {
    const name = (unit[3] ?? '').toLowerCase();
    const ticks = unitTicks[unitNames[name] ?? name];
    if (ticks === undefined) return undefined;
    const value = scaled(unit[2] ?? '0', ticks);
    return unit[1] === '-' ? -value : value;
  }
  const clock = /^([-+]?)(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/u.exec(trimmed);
  if (clock) {
    const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = clock;
    const value =
      BigInt(days) * TICKS_PER_DAY +
      BigInt(hours) * 36_000_000_000n +
      BigInt(minutes) * 600_000_000n +
      BigInt(seconds) * TICKS_PER_SECOND +
      BigInt(fraction.padEnd(7, '0'));
    return sign === '-' ? -value : value;
  }
  return /^[-+]?\d+$/u.test(trimmed) ? BigInt(trimmed) * TICKS_PER_DAY : undefined;
}

function scaled(digits: string, ticks: bigint): bigint {
  const [whole = '0', fraction = ''] = digits.split('.');
  const cut = fraction.slice(0, 12);
  return BigInt(whole) * ticks + (cut === '' ? 0n : (BigInt(cut) * ticks) / 10n ** BigInt(cut.length));
}

const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7})\d*)?)?)?)?)?\s*(Z|[-+]\d{2}:?\d{2})?$/iu;
const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?\s*(AM|PM)?)?$/iu;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const rfc = /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{2,4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*(?:GMT|UTC|Z)?$/iu;
const compact = /^(\d{4})(\d{2})(\d{2})$/u;

/** The spellings of a datetime literal. In ticks since year 1. */
export function parseDatetime(text: string): bigint | undefined {
  const trimmed = text.trim();
  const dense = compact.exec(trimmed);
  if (dense) return ticksOf(Number(dense[1]), Number(dense[2]), Number(dense[3]), 0, 0, 0, '');
  const standard = iso.exec(trimmed);
  if (standard) {
    const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = standard;
    const ticks = ticksOf(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second), fraction);
    return ticks === undefined ? undefined : ticks - zoneTicks(zone);
  }
  const us = american.exec(trimmed);
  if (us) {
    const [, month, day, year, hour = '0', minute = '0', second = '0', fraction = '', half] = us;
    const hours = half ? (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0) : Number(hour);
    return ticksOf(Number(year), Number(month), Number(day), hours, Number(minute), Number(second), fraction);
  }
  const mail = rfc.exec(trimmed);
  if (mail) {
    const [, day, name = '', year = '', hour = '0', minute = '0', second = '0'] = mail;
    const month = months.indexOf(name.toLowerCase()) + 1;
    const fullYear = year.length === 2 ? 2000 + Number(year) : Number(year);
    return month === 0 ? undefined : ticksOf(fullYear, month, Number(day), Number(hour), Number(minute), Number(second), '');
  }
  return undefined;
}

function zoneTicks(zone: string): bigint {
  const match = /^([-+])(\d{2}):?(\d{2})$/u.exec(zone);
  if (!match) return 0n;
  const ticks = BigInt(match[2] ?? '0') * 36_000_000_000n + BigInt(match[3] ?? '0') * 600_000_000n;
  return match[1] === '-' ? -ticks : ticks;
}

function ticksOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  fraction: string,
): bigint | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const seconds = BigInt(date.getTime() / 1000) + BigInt(hour * 3600 + minute * 60 + second);
  return UNIX_EPOCH_TICKS + seconds * TICKS_PER_SECOND + BigInt(fraction.padEnd(7, '0'));
}
