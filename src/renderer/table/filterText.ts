/** Filters in words, and what people type as their bounds. */
import type { Column, KqlType, WireValue } from '../../common/kqlTypes';
import type { ColumnFilter, TextMatch } from '../../common/resultViews';
import { cellText, columnTitle, dateText, type TimeStyle, zoneOf } from './values';
import { visibleText } from './textPieces';

export const textMatches: readonly (readonly [match: TextMatch, label: string])[] = [
  ['contains', 'contains'],
  ['equals', 'equals'],
  ['startsWith', 'starts with'],
  ['endsWith', 'ends with'],
  ['regex', 'matches regex'],
];

/** `Account contains “adm”`, `Bytes ≥ 100`, `Account is not one of a, b and 3 more` */
export function filterText(filter: ColumnFilter, column: Column | undefined, zone: TimeStyle): string {
  return `${column ? columnTitle(column) : ''} ${conditionText(filter, column?.type ?? 'string', zone)}`;
}

function conditionText(filter: ColumnFilter, type: KqlType, zone: TimeStyle): string {
  const not = filter.exclude ? 'not ' : '';
  const written = (value: WireValue): string => valueText(value, type, zone);
  switch (filter.kind) {
    case 'empty':
      return `is ${not}empty`;
    case 'text':
      return `${not}${textMatches.find(([match]) => match === filter.match)?.[1] ?? ''} “${shortened(filter.text)}”`;
    case 'range': {
      const { from, to } = filter;
      if (to === undefined) return filter.exclude ? `< ${written(from ?? null)}` : `≥ ${written(from ?? null)}`;
      if (from === undefined) return filter.exclude ? `> ${written(to)}` : `≤ ${written(to)}`;
      return `${not}${written(from)} … ${written(to)}`;
    }
    case 'values': {
      const [first = null] = filter.values;
      if (filter.values.length === 1) return `${filter.exclude ? '≠' : '='} ${written(first)}`;
      const named = filter.values.slice(0, 2).map(written).join(', ');
      const more = filter.values.length - 2;
      return `is ${not}one of ${named}${more > 0 ? ` and ${more} more` : ''}`;
    }
  }
}

/** A value in a few words: `null` and `empty` by name. */
export function valueText(value: WireValue, type: KqlType, zone: TimeStyle): string {
  if (value === null) return 'null';
  if (value === '') return 'empty';
  return type === 'datetime' ? dateText(String(value), zoneOf(zone), false) : shortened(cellText(value, type, zoneOf(zone)));
}

function shortened(text: string): string {
  const visible = visibleText(text);
  return visible.length > 60 ? `${visible.slice(0, 59)}…` : visible;
}

/** Reads a bound as it travels: of the column's type; undefined when the text is none. */
export function parseBound(text: string, type: KqlType, zone: TimeStyle): WireValue | undefined {
  const trimmed = text.trim();
  switch (type) {
    case 'datetime':
      return parseTime(trimmed, zone);
    case 'timespan':
      return parseTimespan(trimmed);
    case 'int':
    case 'long':
      return /^[+-]?\d{1,19}$/.test(trimmed) ? integer(trimmed) : undefined;
    case 'decimal':
      return /^[+-]?\d+(\.\d+)?$/.test(trimmed) ? trimmed : undefined;
    default:
      return trimmed === '' || !Number.isFinite(Number(trimmed)) ? undefined : Number(trimmed);
  }
}

function integer(text: string): WireValue {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text.replace('+', '');
}

/** `2024-05-06`, `2024-05-06 07:08`, `2024-05-06T07:08:09.1234567Z`: in the zone in which times are shown, unless it says otherwise. */
function parseTime(text: string, zone: TimeStyle): string | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?)?(Z)?$/.exec(text);
  if (!parts) return undefined;
  const [, day, minutes = '00:00', seconds = '00', fraction = '', utc] = parts;
  const isLocal = zone === 'local' && utc === undefined;
  const date = new Date(`${day ?? ''}T${minutes}:${seconds}${isLocal ? '' : 'Z'}`);
  // `2024-02-31` is no day.
  if (Number.isNaN(date.getTime()) || (!isLocal && !date.toISOString().startsWith(day ?? ''))) return undefined;
  return `${date.toISOString().slice(0, 19)}.${fraction.padEnd(7, '0')}Z`;
}

const unitSeconds: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 };

/** `1.02:03:04.5`, or `90s`, `5m`, `2h`, `1d`, `20ms` as in KQL. */
function parseTimespan(text: string): string | undefined {
  if (/^-?(\d+\.)?\d\d:\d\d:\d\d(\.\d{1,7})?$/.test(text)) return text;
  const parts = /^(-?)(\d+(?:\.\d+)?)(d|h|m|s|ms)$/.exec(text);
  if (!parts) return undefined;
  const ticks = Math.round(Number(parts[2]) * (unitSeconds[parts[3] ?? ''] ?? 0) * 1e7);
  return `${parts[1] ?? ''}${ticksText(ticks)}`;
}

function ticksText(ticks: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const seconds = Math.floor(ticks / 1e7);
  const days = Math.floor(seconds / 86_400);
  const rest = ticks % 1e7;
  const clock = `${two((seconds / 3600) % 24)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${days > 0 ? `${days}.` : ''}${clock}${rest > 0 ? `.${String(rest).padStart(7, '0')}` : ''}`;
}

/** A time some hours before another one, both as they travel. */
export function hoursBefore(time: string, hours: number): string | undefined {
  const date = new Date(Date.parse(`${time.slice(0, 19)}Z`) - hours * 3_600_000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace('Z', '0000Z');
}
