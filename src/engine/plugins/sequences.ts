import type { KqlNode } from '../../kql/node';
import { convert } from '../conversions';
import { type Expression, literal, type Literal } from '../expression';
import { newColumn, project } from '../plan';
import { bool } from '../scalars/comparisons';
import { constantElements } from '../scalars/memberships';
import { readTimeline, timelinePlan, timeSql } from './timeline';
import type { Plugin, PluginInput } from './registry';
import { writtenPlan } from './written';

/**
 * `sequence_detect(time, step window, span, condition…, dimension…)`: times at which the conditions held one after the other, each later
 * than the one before by at most the step window, all within the span. The same times are one occurrence.
 */
export const sequenceDetect: Plugin = (plugin) => {
  const { input, scope, translator, declared, node } = plugin;
  const { ids } = translator;
  const [timeNode, gapNode, spanNode, ...others] = node.need('FunctionCall').need('ArgumentList').list('Expressions');
  const valueOf = (part: KqlNode): KqlNode => (part.kind === 'SimpleNamedExpression' ? part.need('Expression') : part);
  const conditions = others.filter((part) => valueOf(part).scalarType === 'bool');
  const dimensions = others.filter((part) => valueOf(part).scalarType !== 'bool');
  if (!timeNode || conditions.length === 0) return translator.unsupported('this sequence_detect', node);
  const columnOf = (value: Expression): ReturnType<typeof newColumn> => newColumn(ids, '', value.type, value);
  const time = translator.scalar(timeNode, scope);
  const events = project(
    input,
    [
      columnOf(time),
      ...conditions.map((part) => columnOf(bool(translator.scalar(valueOf(part), scope)))),
      ...dimensions.map((part) => columnOf(translator.scalar(valueOf(part), scope))),
    ],
    ids,
  );
  const dims = dimensions.map((_, index) => `d${index}`);
  const holds = conditions.map((_, index) => `c${index}`);
  return writtenPlan(translator, declared, declared.length, (writing) => {
    const { distance } = timeSql({ plugin, timeType: time.type }, writing);
    const [gap, span] = [distance(gapNode), distance(spanNode)];
    const steps = holds.slice(1).map((_, index) => {
      const [step, before] = [`s${index + 1}`, `s${index}`];
      const same = dims.map((dim) => ` AND ${step}.${dim} IS NOT DISTINCT FROM s0.${dim}`).join('');
      return ` JOIN e AS ${step} ON ${step}.c${index + 1} AND ${step}.t > ${before}.t AND ${step}.t <= ${before}.t + ${gap} AND ${step}.t <= s0.t + ${span}${same}`;
    });
    const times = holds.map((_, index) => `s${index}.t`);
    const list = [...dims.map((dim) => `s0.${dim}`), ...times, `${times.at(-1) ?? 's0.t'} - s0.t`];
    return (
      `WITH e AS MATERIALIZED (SELECT * FROM ${writing.table(events, ['t', ...holds, ...dims])} WHERE ${holds.join(' OR ')}) ` +
      `SELECT DISTINCT ${list.map((item, index) => `${item} AS x${index}`).join(', ')} FROM e AS s0${steps.join('')} WHERE s0.c0`
    );
  });
};

/**
 * `funnel_sequence(id, time, start, end, step window, step, state, sequence)`: the first of its three tables, which holds the other two:
 * ids that went through the states of the sequence, by the states before and after it. Repetitions of a state count as one, and no other
 * state comes between, as the published tables have it; a sequence belongs to the step in which it begins.
 */
export const funnelSequence: Plugin = (plugin) => {
  const [id, time, startNode, endNode, gapNode, step, state, sequence] = plugin.args;
  const wanted = constantArray(plugin, sequence);
  return timelinePlan(readTimeline(plugin, id, time, [state]), 3, ({ events, point, distance, steps, value }) => {
    const [start, end] = [point(startNode), point(endNode)];
    const gap = distance(gapNode);
    const bins = steps(step, start);
    const ahead = (column: string, by: number): string => (by === 0 ? column : `lead(${column}, ${by}) OVER w`);
    const matches = wanted.map((element, index) => `${ahead('state', index)} = ${value(convert(element, 'string'))}`);
    const gaps = wanted.slice(1).map((_, index) => `${ahead('since', index + 1)} - ${ahead('until', index)} <= ${gap}`);
    return (
      `WITH e AS (SELECT id, t, CAST(d0 AS VARCHAR) AS state FROM ${events} WHERE t BETWEEN ${start} AND ${end}), ` +
      `c AS (SELECT *, state IS DISTINCT FROM lag(state) OVER (PARTITION BY id ORDER BY t, state) AS changes FROM e), ` +
      `n AS (SELECT *, count(*) FILTER (WHERE changes) OVER (PARTITION BY id ORDER BY t, state ROWS UNBOUNDED PRECEDING) AS run FROM c), ` +
      `r AS (SELECT id, run, any_value(state) AS state, min(t) AS since, max(t) AS until FROM n GROUP BY id, run), ` +
      `m AS (SELECT id, since, lag(state) OVER w AS prev, ${ahead('state', wanted.length)} AS next, ${[...matches, ...gaps].join(' AND ')} AS found FROM r WINDOW w AS (PARTITION BY id ORDER BY run)) ` +
      `SELECT ${bins.binOf('since')} AS b, coalesce(prev, '') AS prev, coalesce(next, '') AS next, count(DISTINCT id), to_json(list_slice(list_sort(list(DISTINCT id)), 1, 128)) ` +
      `FROM m WHERE found GROUP BY b, prev, next`
    );
  });
};

/**
 * `funnel_sequence_completion(id, time, start, end, step, state, sequence, periods)`: for each step and period the ids that reached each
 * state of the sequence within the period from its first one. A state is reached later than the one before; others may come between.
 */
export const funnelSequenceCompletion: Plugin = (plugin) => {
  const [id, time, startNode, endNode, step, state, sequence, periodsNode] = plugin.args;
  const timeline = readTimeline(plugin, id, time, [state]);
  const wanted = constantArray(plugin, sequence);
  const periodType = timeline.timeType === 'datetime' ? 'timespan' : timeline.timeType;
  const periods = constantArray(plugin, periodsNode).map((period) => convert(period, periodType));
  return timelinePlan(timeline, 0, ({ events, point, steps, value }) => {
    const [start, end] = [point(startNode), point(endNode)];
    const bins = steps(step, start);
    const states = wanted.map((element) => value(convert(element, 'string')));
    // The earliest time at which a walk that began at t0 reaches each state.
    const walks = states.map((wantedState, index) =>
      index === 0
        ? `walk0 AS (SELECT DISTINCT b, id, t AS t0, t AS t1 FROM e WHERE state = ${wantedState})`
        : `walk${index} AS (SELECT s.b, s.id, s.t0, min(e.t) AS t1 FROM walk${index - 1} AS s JOIN e ON e.b = s.b AND e.id = s.id AND e.state = ${wantedState} AND e.t > s.t1 GROUP BY ALL)`,
    );
    const counts = states.flatMap((wantedState, index) =>
      periods.map((period, at) => {
        const length = value(period);
        return (
          `SELECT b.b, ${wantedState} AS state, ${length} AS period, (SELECT count(DISTINCT id) FROM walk${index} AS s WHERE s.b = b.b AND s.t1 - s.t0 <= ${length}) AS ids, ` +
          `${at * states.length + index} AS o FROM b`
        );
      }),
    );
    return (
      `WITH e AS MATERIALIZED (SELECT id, t, CAST(d0 AS VARCHAR) AS state, ${bins.binOf('t')} AS b FROM ${events} WHERE t BETWEEN ${start} AND ${end}), ` +
      `b AS (SELECT DISTINCT b FROM e), ${walks.join(', ')} SELECT b, state, period, ids FROM (${counts.join(' UNION ALL ')}) ORDER BY b, o`
    );
  });
};

function constantArray({ translator, environment, node }: PluginInput, argument: KqlNode | undefined): Literal[] {
  const value = argument ? translator.scalar(argument, { environment }) : literal('dynamic', null);
  if (value.kind !== 'literal' || value.type !== 'dynamic') return translator.unsupported('a computed array here', argument ?? node);
  const elements = constantElements(value);
  return elements.length > 0 ? elements : translator.invalid('The array has to have elements.', argument ?? node);
}
