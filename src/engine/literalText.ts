import { TICKS_PER_DAY, TICKS_PER_SECOND } from '../common/kqlTypes';

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
