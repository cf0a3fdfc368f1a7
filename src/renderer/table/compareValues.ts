import type { KqlType, WireValue } from '../../common/kqlTypes';

/** Order as of the `sort` operator: nulls come before everything when ascending. */
export function compareValues(left: WireValue, right: WireValue, type: KqlType): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  const a = sortKey(left, type);
  const b = sortKey(right, type);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A value as a number, where its type has a size: numbers, milliseconds of times and timespans. NaN for everything else. */
export function sizeOf(value: WireValue, type: KqlType): number {
  if (value === null || type === 'string' || type === 'dynamic' || type === 'guid' || type === 'bool') return Number.NaN;
  if (typeof value === 'string' && type === 'timespan') return timespanSeconds(value) * 1000;
  if (typeof value === 'string' && type === 'datetime') return Date.parse(`${value.slice(0, 23).replace('Z', '')}Z`);
  return Number(value);
}

function sortKey(value: string | number | boolean, type: KqlType): number | bigint | string {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return value;
  switch (type) {
    case 'int':
    case 'long':
      return /^-?\d+$/.test(value) ? BigInt(value) : Number(value);
    case 'real':
    case 'decimal':
      return Number(value);
    case 'timespan':
      return timespanSeconds(value);
    default:
      return value;
  }
}

function timespanSeconds(value: string): number {
  const parts = /^(-?)(?:(\d+)\.)?(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(value);
  if (!parts) return Number.NaN;
  const seconds = Number(parts[2] ?? 0) * 86_400 + Number(parts[3]) * 3600 + Number(parts[4]) * 60 + Number(parts[5]);
  return parts[1] === '-' ? -seconds : seconds;
}
