import { TICKS_PER_DAY } from '../../common/kqlTypes';
import { convert } from '../conversions';
import { type Expression, literal, sql } from '../expression';
import type { Call, FunctionTable, ScalarFunction } from './registry';

const now: ScalarFunction = (call) => {
  const offset = call.optional(0, 'timespan');
  if (!offset) return literal('datetime', call.translator.now);
  if (offset.kind === 'literal' && typeof offset.value === 'bigint') return literal('datetime', call.translator.now + offset.value);
  return sql('datetime')`(${literal('datetime', call.translator.now)} + ${offset})`;
};

const ago: ScalarFunction = (call) => {
  const offset = call.as(0, 'timespan');
  if (offset.kind === 'literal' && typeof offset.value === 'bigint') return literal('datetime', call.translator.now - offset.value);
  return sql('datetime')`(${literal('datetime', call.translator.now)} - ${offset})`;
};

const DAY = String(TICKS_PER_DAY);
const WEEK = String(TICKS_PER_DAY * 7n);

function shifted(call: Call): Expression {
  return call.optional(1, 'long') ?? literal('long', 0n);
}

/** Start of a calendar unit, some units later; `end` is the last tick before the next start. */
const boundary =
  (unit: 'day' | 'week' | 'month' | 'year', end: boolean): ScalarFunction =>
  (call) => {
    const value = call.as(0, 'datetime');
    const by = end ? sql('long')`(${shifted(call)} + 1)` : shifted(call);
    const last = end ? ' - 1' : '';
    if (unit === 'day') return sql('datetime')`(${value} - ${value} % ${DAY} + ${by} * ${DAY}${last})`;
    // Tick 0 is a Monday; Kusto's weeks begin on Sunday.
    if (unit === 'week') return sql('datetime')`(${value} - (${value} + ${DAY}) % ${WEEK} + ${by} * ${WEEK}${last})`;
    return sql('datetime')`(kql.start_of_${unit}(${value}, ${by})${last})`;
  };

const units: Readonly<Record<string, string>> = {
  ...{ year: 'year', years: 'year', quarter: 'quarter', quarters: 'quarter', month: 'month', months: 'month', week: 'week', weeks: 'week' },
  ...{ week_of_year: 'week', weekofyear: 'oldweek', day: 'day', days: 'day', dayofyear: 'dayofyear', day_of_year: 'dayofyear', hour: 'hour', hours: 'hour' },
  ...{ minute: 'minute', minutes: 'minute', second: 'second', seconds: 'second', millisecond: 'millisecond', milliseconds: 'millisecond' },
  ...{ microsecond: 'microsecond', microseconds: 'microsecond', nanosecond: 'nanosecond', nanoseconds: 'nanosecond' },
};

function unitOf(call: Call): string {
  const name = call.constant(0);
  const unit = typeof name === 'string' ? units[name.toLowerCase()] : undefined;
  return unit ?? call.unsupported(`the unit ${String(name ?? 'computed')} in ${call.name}()`);
}

const part: ScalarFunction = (call) => {
  const unit = unitOf(call);
  return sql('long')`kql.part_${unit}(${call.as(1, 'datetime')})`;
};

const partOf =
  (unit: string): ScalarFunction =>
  (call) =>
    sql(call.type)`CAST(kql.part_${unit}(${call.as(0, 'datetime')}) AS ${call.type === 'int' ? 'INTEGER' : 'BIGINT'})`;

const fromUnix =
  (ticks: string): ScalarFunction =>
  (call) => {
    const value = call.arg(0);
    if (value.type === 'int' || value.type === 'long') return sql('datetime')`(${value} * ${ticks} + 621355968000000000)`;
    return sql('datetime')`(CAST(round(${convert(value, 'real')} * ${ticks}) AS BIGINT) + 621355968000000000)`;
  };

function formatOf(call: Call): string {
  const format = call.constant(1);
  return typeof format === 'string' ? format : call.unsupported(`${call.name}() with a computed format`);
}

/** A format of letters and delimiters as text pieces put together; longest runs first. */
function formatted(call: Call, pieces: Readonly<Record<string, string>>, value: Expression): Expression {
  const format = formatOf(call);
  const parts: string[] = [];
  const pattern = /([A-Za-z])\1*|[^A-Za-z]/gu;
  for (const [run] of format.matchAll(pattern)) {
    if (!/^[A-Za-z]/u.test(run)) parts.push(`'${run.replaceAll("'", "''")}'`);
    else parts.push(`kql.format_${pieces[run] ?? call.unsupported(`"${run}" in a format`)}`);
  }
  if (parts.length === 0) return literal('string', '');
  const texts = parts.map((text) => (text.startsWith("'") ? sql('string')`${text}` : macroCall(text, value)));
  return sql('string')`coalesce(${texts.reduce((all, text) => sql('string')`${all} || ${text}`)}, '')`;
}

function macroCall(macro: string, value: Expression): Expression {
  return sql('string')`${macro}(${value})`;
}

const datetimePieces: Readonly<Record<string, string>> = {
  ...{ d: 'd', dd: 'dd', h: 'h12', hh: 'hh12', H: 'h24', HH: 'hh24', m: 'min', mm: 'mmin', M: 'mon', MM: 'mmon', s: 'sec', ss: 'ssec', y: 'y', yy: 'yy', yyyy: 'yyyy', tt: 'ampm' },
  ...{ f: 'f1', ff: 'f2', fff: 'f3', ffff: 'f4', fffff: 'f5', ffffff: 'f6', fffffff: 'f7' },
  ...{ F: 'o1', FF: 'o2', FFF: 'o3', FFFF: 'o4', FFFFF: 'o5', FFFFFF: 'o6', FFFFFFF: 'o7' },
};
const timespanPieces: Readonly<Record<string, string>> = {
  ...{ d: 'span_d', dd: 'span_dd', ddd: 'span_ddd', dddd: 'span_dddd', ddddd: 'span_ddddd', dddddd: 'span_dddddd', ddddddd: 'span_ddddddd', dddddddd: 'span_dddddddd' },
  ...{ h: 'h24', hh: 'hh24', H: 'h24', HH: 'hh24', m: 'min', mm: 'mmin', s: 'sec', ss: 'ssec' },
  ...{ f: 'f1', ff: 'f2', fff: 'f3', ffff: 'f4', fffff: 'f5', ffffff: 'f6', fffffff: 'f7' },
  ...{ F: 'o1', FF: 'o2', FFF: 'o3', FFFF: 'o4', FFFFF: 'o5', FFFFFF: 'o6', FFFFFFF: 'o7' },
};

const makeDatetime: ScalarFunction = (call) => {
  if (call.args.length === 1) {
    return call.as(0, 'datetime');
  }
  const piece = (index: number, byDefault: string): Expression => call.optional(index, 'long') ?? sql('long')`${byDefault}`;
  const seconds = call.optional(5, 'real') ?? sql('real')`0::DOUBLE`;
  return sql('datetime')`kql.make_datetime(${piece(0, '1')}, ${piece(1, '1')}, ${piece(2, '1')}, ${piece(3, '0')}, ${piece(4, '0')}, ${seconds})`;
};

const makeTimespan: ScalarFunction = (call) => {
  if (call.args.length === 1) return call.as(0, 'timespan');
  const withDays = call.args.length === 4;
  const days = withDays ? call.as(0, 'long') : sql('long')`0`;
  const at = withDays ? 1 : 0;
  const seconds = call.optional(at + 2, 'real') ?? sql('real')`0::DOUBLE`;
  return sql('timespan')`kql.make_timespan(${days}, ${call.as(at, 'long')}, ${call.as(at + 1, 'long')}, ${seconds})`;
};

/** Datetimes and timespans, both in ticks. */
export const dateFunctions: FunctionTable = {
  now,
  ago,
  startofday: boundary('day', false),
  startofweek: boundary('week', false),
  startofmonth: boundary('month', false),
  startofyear: boundary('year', false),
  endofday: boundary('day', true),
  endofweek: boundary('week', true),
  endofmonth: boundary('month', true),
  endofyear: boundary('year', true),
  dayofweek: (call) => {
    const value = call.as(0, 'datetime');
    return sql('timespan')`((${value} // ${DAY} + 1) % 7 * ${DAY})`;
  },
  dayofmonth: partOf('day'),
  dayofyear: partOf('dayofyear'),
  weekofyear: partOf('oldweek'),
  week_of_year: partOf('week'),
  monthofyear: partOf('month'),
  getmonth: partOf('month'),
  getyear: partOf('year'),
  hourofday: partOf('hour'),
  datetime_part: part,
  datepart: part,
  datetime_add: (call) => sql('datetime')`kql.add_${unitOf(call)}(${call.as(2, 'datetime')}, ${call.as(1, 'long')})`,
  datetime_diff: (call) => sql('long')`kql.diff_${unitOf(call)}(${call.as(1, 'datetime')}, ${call.as(2, 'datetime')})`,
  format_datetime: (call) => formatted(call, datetimePieces, call.as(0, 'datetime')),
  format_timespan: (call) => formatted(call, timespanPieces, call.as(0, 'timespan')),
  make_datetime: makeDatetime,
  make_timespan: makeTimespan,
  unixtime_seconds_todatetime: fromUnix('10000000'),
  unixtime_milliseconds_todatetime: fromUnix('10000'),
  unixtime_microseconds_todatetime: fromUnix('10'),
  unixtime_nanoseconds_todatetime: (call) => sql('datetime')`(${call.as(0, 'long')} // 100 + 621355968000000000)`,
  datetime_utc_to_local: (call) => sql('datetime')`kql.utc_to_local(${call.as(0, 'datetime')}, ${call.text(1)})`,
  datetime_local_to_utc: (call) => sql('datetime')`kql.local_to_utc(${call.as(0, 'datetime')}, ${call.text(1)})`,
  around: (call) => sql('bool')`(${call.as(0, 'datetime')} BETWEEN ${call.as(1, 'datetime')} - ${call.as(2, 'timespan')} AND ${call.as(1, 'datetime')} + ${call.as(2, 'timespan')})`,
};
