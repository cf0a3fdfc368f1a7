import { type KqlType, UNIX_EPOCH_TICKS, TICKS_PER_SECOND, type WireValue } from '../common/kqlTypes';

const MIN_DATETIME = -62_135_596_800_000n;

/** `2024-05-06T07:08:09.1234567Z` of .NET ticks. */
export function datetimeText(ticks: bigint): string {
  const fraction = ((ticks % TICKS_PER_SECOND) + TICKS_PER_SECOND) % TICKS_PER_SECOND;
  const milliseconds = (ticks - fraction - UNIX_EPOCH_TICKS) / 10_000n;
  if (milliseconds < MIN_DATETIME || milliseconds > 253_402_300_799_000n) return `${ticks} ticks`;
  const date = new Date(Number(milliseconds));
  return `${date.toISOString().slice(0, 19)}.${fraction.toString().padStart(7, '0')}Z`;
}

/** `[-][d.]hh:mm:ss[.fffffff]` of ticks. */
export function timespanText(ticks: bigint): string {
  const value = ticks < 0n ? -ticks : ticks;
  const pad = (part: bigint): string => part.toString().padStart(2, '0');
  const days = value / 864_000_000_000n;
  const fraction = value % TICKS_PER_SECOND;
  const clock = `${pad((value / 36_000_000_000n) % 24n)}:${pad((value / 600_000_000n) % 60n)}:${pad((value / TICKS_PER_SECOND) % 60n)}`;
  return `${ticks < 0n ? '-' : ''}${days > 0n ? `${days}.` : ''}${clock}${fraction > 0n ? `.${fraction.toString().padStart(7, '0')}` : ''}`;
}

/** SQL that reads a stored column in a form {@link toWire} takes. */
export function wireExpression(sqlExpression: string, type: KqlType): string {
  return type === 'decimal' || type === 'guid' || type === 'dynamic' ? `CAST(${sqlExpression} AS VARCHAR)` : sqlExpression;
}

/** A stored value, read by {@link wireExpression}, as it travels. */
export function toWire(value: unknown, type: KqlType): WireValue {
  if (value === null || value === undefined) return type === 'string' ? '' : null;
  switch (type) {
    case 'bool':
      return value === true;
    case 'int':
      return Number(value);
    case 'long': {
      const whole = typeof value === 'bigint' ? value : BigInt(Number(value));
      return whole >= BigInt(Number.MIN_SAFE_INTEGER) && whole <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(whole) : whole.toString();
    }
    case 'real': {
      const number = Number(value);
      if (Number.isNaN(number)) return 'NaN';
      return Number.isFinite(number) ? number : number > 0 ? 'Infinity' : '-Infinity';
    }
    case 'decimal': {
      const text = textOf(value);
      return text.includes('.') ? text.replace(/\.?0+$/u, '') : text;
    }
    case 'datetime':
      return datetimeText(BigInt(value as bigint | number));
    case 'timespan':
      return timespanText(BigInt(value as bigint | number));
    case 'guid':
    case 'string':
    case 'dynamic':
      return textOf(value);
  }
}

/** Values read by {@link wireExpression} are text where they are not numbers or truth values. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
