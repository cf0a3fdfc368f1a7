import type { KqlType } from '../../common/kqlTypes';
import type { KqlNode } from '../../kql/node';
import { convert } from '../conversions';
import type { Expression } from '../expression';
import { newColumn, type Plan, type PlanColumn, project } from '../plan';
import type { PluginInput } from './registry';
import { type Writing, writtenPlan } from './written';

type Argument = KqlNode | undefined;

/** Rows of the activity plugins: who did something when, sliced by dimensions. */
export interface Timeline {
  readonly plugin: PluginInput;
  /** Columns: identifier, time, the dimensions. */
  readonly events: Plan;
  readonly timeType: KqlType;
}

export function readTimeline(plugin: PluginInput, id: Argument, time: Argument, dimensions: readonly Argument[]): Timeline {
  const { input, scope, translator } = plugin;
  const { ids } = translator;
  const columnOf = (part: Argument): PlanColumn => {
    const value = translator.scalar(needed(plugin, part), scope);
    return newColumn(ids, '', value.type, value);
  };
  const [idColumn, timeColumn] = [columnOf(id), columnOf(time)];
  // Dynamic values differ when their text does.
  const comparable = idColumn.type === 'dynamic' ? newColumn(ids, '', 'string', convert(idColumn.expression, 'string')) : idColumn;
  return { plugin, events: project(input, [comparable, timeColumn, ...dimensions.map(columnOf)], ids), timeType: timeColumn.type };
}

/** What a SELECT over a timeline is written with. */
export interface TimelineSql extends Writing {
  /** FROM item with the columns `id`, `t` and the dimensions. */
  readonly events: string;
  /** Names of the dimensions. */
  readonly dims: readonly string[];
  /** A constant on the timeline. */
  readonly point: (node: Argument) => string;
  /** A constant distance on it. */
  readonly distance: (node: Argument) => string;
  readonly whole: (node: Argument) => string;
  /** A step: a distance, counted from a start, or `week`, `month` or `year` for periods of the calendar. */
  readonly steps: (node: Argument, start: string) => Steps;
}

/** A plan whose rows a SELECT over a timeline gives; `sorted` as for {@link writtenPlan}. */
export function timelinePlan(timeline: Timeline, sorted: number, write: (sql: TimelineSql) => string): Plan {
  const { plugin, events } = timeline;
  const dims = events.columns.slice(2).map((_, index) => `d${index}`);
  return writtenPlan(plugin.translator, plugin.declared, sorted, (writing) =>
    write({ events: writing.table(events, ['id', 't', ...dims]), dims, ...writing, ...timeSql(timeline, writing) }),
  );
}

/** The constants and steps of a timeline, as SQL. */
export function timeSql({ plugin, timeType }: Pick<Timeline, 'plugin' | 'timeType'>, writing: Writing): Omit<TimelineSql, 'events' | 'dims' | keyof Writing> {
  const { translator, environment } = plugin;
  const constant = (node: Argument, type: KqlType): Expression => convert(translator.scalar(needed(plugin, node), { environment }), type);
  const distanceType = timeType === 'datetime' ? 'timespan' : timeType;
  return {
    point: (node) => writing.value(constant(node, timeType)),
    distance: (node) => writing.value(constant(node, distanceType)),
    whole: (node) => writing.value(constant(node, 'long')),
    steps(node, start) {
      const step = translator.scalar(needed(plugin, node), { environment });
      if (step.type !== 'string') {
        const width = convert(step, distanceType);
        if (width.kind === 'literal' && Number(width.value) <= 0) return translator.invalid('A step has to be greater than zero.', needed(plugin, node));
        return distances(start, writing.value(width), timeType === 'real' || timeType === 'decimal');
      }
      const calendar = step.kind === 'literal' && timeType === 'datetime' ? calendars[String(step.value).toLowerCase()] : undefined;
      if (!calendar) return translator.unsupported('this step of time', needed(plugin, node), 'Use a timespan, "week", "month" or "year".');
      return calendar;
    },
  };
}

function needed({ translator, node }: PluginInput, argument: Argument): KqlNode {
  return argument ?? translator.invalid('This plugin needs more arguments.', node);
}

/** How the time is parted: SQL for the bin of a time, and for the bin after one. */
export interface Steps {
  readonly binOf: (time: string) => string;
  readonly next: (bin: string) => string;
  /** SELECT of all bins from the start to the end, as `b`. */
  readonly all: (start: string, end: string) => string;
}

function distances(start: string, width: string, real: boolean): Steps {
  return {
    binOf: (time) =>
      real ? `(${start} + floor((${time} - ${start}) / ${width}) * ${width})` : `(${time} - (((${time} - ${start}) % ${width}) + ${width}) % ${width})`,
    next: (bin) => `(${bin} + ${width})`,
    all: (from, to) => `SELECT ${from} + range * ${width} AS b FROM range(0, CAST(floor((${to} - ${from}) / ${width}) AS BIGINT) + 1)`,
  };
}

function calendar(binOf: Steps['binOf'], next: Steps['next']): Steps {
  return {
    binOf,
    next,
    all: (from, to) =>
      `WITH RECURSIVE every(b) AS (SELECT ${binOf(from)} UNION ALL SELECT ${next('b')} FROM every WHERE ${next('b')} <= ${to}) SELECT b FROM every`,
  };
}

const WEEK = '6048000000000';
const DAY = '864000000000';

const calendars: Readonly<Record<string, Steps>> = {
  // Ticks begin on a Monday, weeks on a Sunday.
  week: calendar((time) => `((${time} + ${DAY}) // ${WEEK} * ${WEEK} - ${DAY})`, (bin) => `(${bin} + ${WEEK})`),
  month: calendar((time) => `kql.start_of_month(${time}, 0)`, (bin) => `kql.start_of_month(${bin}, 1)`),
  year: calendar((time) => `kql.start_of_year(${time}, 0)`, (bin) => `kql.start_of_year(${bin}, 1)`),
};

/** `, a, b, c`: items that follow on others. */
export function more(items: readonly string[], prefix = ''): string {
  return items.map((item) => `, ${prefix}${item}`).join('');
}

/** ` AND a.x IS NOT DISTINCT FROM b.x …` for the dimensions. */
export function sameDimensions(dims: readonly string[], one: string, other: string): string {
  return dims.map((dim) => ` AND ${one}.${dim} IS NOT DISTINCT FROM ${other}.${dim}`).join('');
}
