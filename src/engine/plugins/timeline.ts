import type { Column, KqlType } from '../../common/kqlTypes';
import type { KqlNode } from '../../kql/node';
import { convert } from '../conversions';
import type { Expression } from '../expression';
import { newColumn, type Plan, project, type PlanColumn } from '../plan';
import type { PluginInput } from './registry';
import type { Writing } from './written';

/** Rows of the activity plugins: who did something when, sliced by dimensions. */
export interface Timeline {
  readonly plugin: PluginInput;
  /** Columns: identifier, time, the dimensions. */
  readonly events: Plan;
  readonly idType: KqlType;
  readonly timeType: KqlType;
  readonly dimensions: readonly Column[];
  /** SQL names of the dimensions: `d0`, `d1`, … */
  readonly dims: readonly string[];
}

type Argument = KqlNode | undefined;

export function readTimeline(plugin: PluginInput, id: Argument, time: Argument, dimensions: readonly KqlNode[]): Timeline {
  const { input, scope, translator, node } = plugin;
  const { ids } = translator;
  if (!id || !time) return translator.unsupported('this plugin without its columns', node);
  const columnOf = (part: KqlNode): PlanColumn => {
    const value = translator.scalar(part, scope);
    return newColumn(ids, part.simpleName ?? '', value.type, value);
  };
  const [idColumn, timeColumn] = [columnOf(id), columnOf(time)];
  // Dynamic values differ when their text does.
  const comparable = idColumn.type === 'dynamic' ? { ...idColumn, type: 'string' as const, expression: convert(idColumn.expression, 'string') } : idColumn;
  const sliced = dimensions.map(columnOf);
  return {
    plugin,
    events: project(input, [comparable, timeColumn, ...sliced], ids),
    idType: comparable.type,
    timeType: timeColumn.type,
    dimensions: sliced.map(({ name, type }) => ({ name, type })),
    dims: sliced.map((_, index) => `d${index}`),
  };
}

/** A constant argument, in the type of the timeline or of distances on it. */
export function constantOf({ plugin, timeType }: Timeline, node: Argument, kind: 'point' | 'distance'): Expression {
  const { translator, environment } = plugin;
  if (!node) return translator.unsupported('this plugin without all its arguments', plugin.node);
  return convert(translator.scalar(node, { environment }), kind === 'distance' && timeType === 'datetime' ? 'timespan' : timeType);
}

export function wholeConstant({ plugin }: Timeline, node: Argument): Expression {
  const { translator, environment } = plugin;
  if (!node) return translator.unsupported('this plugin without all its arguments', plugin.node);
  return convert(translator.scalar(node, { environment }), 'long');
}

/** How the time is parted: SQL for the bin of a time, and for the bin after one. */
export interface Steps {
  readonly binOf: (time: string) => string;
  readonly next: (bin: string) => string;
  /** SELECT of all bins from the start to the end, as `b`. */
  readonly all: (start: string, end: string) => string;
}

/** A step: a distance, counted from the start, or `week`, `month` or `year` for periods of the calendar. */
export function readSteps(timeline: Timeline, node: Argument, writing: Writing, start: string): Steps {
  const { translator, environment } = timeline.plugin;
  const step = node && translator.scalar(node, { environment });
  if (step?.type === 'string') {
    const calendar = step.kind === 'literal' ? calendars[String(step.value).toLowerCase()] : undefined;
    if (!calendar || timeline.timeType !== 'datetime') return translator.unsupported('this step of time', node ?? timeline.plugin.node, 'Use a timespan, "week", "month" or "year".');
    return {
      ...calendar,
      all: (from, to) =>
        `WITH RECURSIVE every(b) AS (SELECT ${calendar.binOf(from)} UNION ALL SELECT ${calendar.next('b')} FROM every WHERE ${calendar.next('b')} <= ${to}) SELECT b FROM every`,
    };
  }
  const distance = constantOf(timeline, node, 'distance');
  if (distance.kind === 'literal' && Number(distance.value) <= 0) return translator.invalid('A step has to be greater than zero.', node ?? timeline.plugin.node);
  const width = writing.value(distance);
  const real = timeline.timeType === 'real' || timeline.timeType === 'decimal';
  return {
    binOf: (time) => (real ? `(${start} + floor((${time} - ${start}) / ${width}) * ${width})` : `(${time} - (((${time} - ${start}) % ${width}) + ${width}) % ${width})`),
    next: (bin) => `(${bin} + ${width})`,
    all: (from, to) => `SELECT ${from} + range * ${width} AS b FROM range(0, CAST(floor((${to} - ${from}) / ${width}) AS BIGINT) + 1)`,
  };
}

const WEEK = '6048000000000';
const DAY = '864000000000';

const calendars: Readonly<Record<string, Pick<Steps, 'binOf' | 'next'>>> = {
  // Ticks begin on a Monday, weeks on a Sunday.
  week: { binOf: (time) => `((${time} + ${DAY}) // ${WEEK} * ${WEEK} - ${DAY})`, next: (bin) => `(${bin} + ${WEEK})` },
  month: { binOf: (time) => `kql.start_of_month(${time}, 0)`, next: (bin) => `kql.start_of_month(${bin}, 1)` },
  year: { binOf: (time) => `kql.start_of_year(${time}, 0)`, next: (bin) => `kql.start_of_year(${bin}, 1)` },
};

/** `a, b, c` with nothing for nothing: the items behind the first ones of a list. */
export function more(items: readonly string[], prefix = ''): string {
  return items.map((item) => `, ${prefix}${item}`).join('');
}

/** `a.x = b.x AND …` for the dimensions. */
export function sameDimensions(dims: readonly string[], one: string, other: string): string {
  return dims.map((dim) => ` AND ${one}.${dim} IS NOT DISTINCT FROM ${other}.${dim}`).join('');
}
