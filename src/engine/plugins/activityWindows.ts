import { constantOf, more, readSteps, readTimeline, sameDimensions, wholeConstant } from './timeline';
import type { Plugin } from './registry';
import { writtenPlan } from './written';

/**
 * `activity_engagement(id, time, [start, end,] inner, outer, dimensions…)`: ids of each inner window against those of the outer window
 * that ends with it. Activity before the start counts in outer windows.
 */
export const activityEngagement: Plugin = (plugin) => {
  const [id, time, ...rest] = plugin.args;
  const [startNode, endNode, inner, outerNode, ...dimensions] = rest.length < 3 ? [undefined, undefined, rest[0], rest[1]] : rest;
  const timeline = readTimeline(plugin, id, time, dimensions.filter((node) => node !== undefined));
  const { dims } = timeline;
  return writtenPlan(plugin.translator, plugin.declared, 1 + dims.length, (writing) => {
    const [start, end] = [startNode, endNode].map((node) => node && writing.value(constantOf(timeline, node, 'point')));
    const outer = writing.value(constantOf(timeline, outerNode, 'distance'));
    const steps = readSteps(timeline, inner, writing, start ?? '0');
    const bounded = start !== undefined && end !== undefined;
    const within = bounded ? ` WHERE t > ${start} - ${outer} AND t <= ${end}` : '';
    return (
      `WITH e AS MATERIALIZED (SELECT DISTINCT id, ${steps.binOf('t')} AS b${more(dims)} FROM ${writing.table(timeline.events, ['id', 't', ...dims])}${within}), ` +
      `s AS (${bounded ? steps.all(start, end) : 'SELECT DISTINCT b FROM e'}), ` +
      `r AS (SELECT s.b${more(dims, 'e.')}, count(DISTINCT e.id) FILTER (WHERE e.b = s.b) AS inside, count(DISTINCT e.id) AS outside ` +
      `FROM s JOIN e ON e.b <= s.b AND e.b > s.b - ${outer} GROUP BY ALL) ` +
      `SELECT b${more(dims)}, inside, outside, inside / CAST(outside AS DOUBLE) FROM r`
    );
  });
};

/** `sliding_window_counts(id, time, start, end, lookback, step, dimensions…)`: rows and ids of the lookback that ends with each step. */
export const slidingWindowCounts: Plugin = (plugin) => {
  const [id, time, startNode, endNode, lookbackNode, step, ...dimensions] = plugin.args;
  const timeline = readTimeline(plugin, id, time, dimensions);
  const { dims } = timeline;
  return writtenPlan(plugin.translator, plugin.declared, 1 + dims.length, (writing) => {
    const [start, end] = [startNode, endNode].map((node) => writing.value(constantOf(timeline, node, 'point')));
    const lookback = writing.value(constantOf(timeline, lookbackNode, 'distance'));
    const steps = readSteps(timeline, step, writing, start ?? '');
    return (
      `WITH e AS MATERIALIZED (SELECT id, ${steps.binOf('t')} AS b${more(dims)}, count(*) AS n FROM ${writing.table(timeline.events, ['id', 't', ...dims])} ` +
      `WHERE t > ${start} - ${lookback} AND t <= ${end} GROUP BY ALL), ` +
      `s AS (${steps.all(start ?? '', end ?? '')}) ` +
      // The bins that lie in the lookback as a whole: what is no multiple of the step is rounded down.
      `SELECT s.b${more(dims, 'e.')}, CAST(sum(e.n) AS BIGINT), count(DISTINCT e.id) FROM s JOIN e ON e.b <= s.b AND e.b >= ${steps.next('s.b')} - ${lookback} GROUP BY ALL`
    );
  });
};

/**
 * `active_users_count(id, time, start, end, lookback, period, active periods, step, dimensions…)`: ids that, when they appeared, had been
 * there in so many periods of the lookback. The lookback leaves its beginning out, as the published example has it.
 */
export const activeUsersCount: Plugin = (plugin) => {
  const [id, time, startNode, endNode, lookbackNode, periodNode, countNode, step, ...dimensions] = plugin.args;
  const timeline = readTimeline(plugin, id, time, dimensions);
  const { dims } = timeline;
  return writtenPlan(plugin.translator, plugin.declared, 1 + dims.length, (writing) => {
    const [start, end] = [startNode, endNode].map((node) => writing.value(constantOf(timeline, node, 'point')));
    const lookback = writing.value(constantOf(timeline, lookbackNode, 'distance'));
    const steps = readSteps(timeline, step, writing, start ?? '');
    const periods = readSteps(timeline, periodNode, writing, start ?? '');
    return (
      `WITH e AS MATERIALIZED (SELECT DISTINCT id, t, ${periods.binOf('t')} AS p${more(dims)} FROM ${writing.table(timeline.events, ['id', 't', ...dims])} ` +
      `WHERE t > ${start} - ${lookback} AND t <= ${end}), ` +
      `a AS (SELECT e.id, e.t${more(dims, 'e.')} FROM e JOIN e AS x ON x.id = e.id${sameDimensions(dims, 'x', 'e')} AND x.t <= e.t AND x.t > e.t - ${lookback} ` +
      `WHERE e.t >= ${start} GROUP BY ALL HAVING count(DISTINCT x.p) >= ${writing.value(wholeConstant(timeline, countNode))}) ` +
      `SELECT ${steps.binOf('t')} AS b${more(dims)}, count(DISTINCT id) FROM a GROUP BY b${more(dims)}`
    );
  });
};

/**
 * `session_count(id, time, start, end, step, lookback, dimensions…)`: appearances of ids that were not there within the lookback. Read
 * from the published chart: steps are those of bin(), the start itself is outside, and what came before it counts in the lookback.
 */
export const sessionCount: Plugin = (plugin) => {
  const [id, time, startNode, endNode, step, lookbackNode, ...dimensions] = plugin.args;
  const timeline = readTimeline(plugin, id, time, dimensions);
  const { dims } = timeline;
  return writtenPlan(plugin.translator, plugin.declared, 1 + dims.length, (writing) => {
    const [start, end] = [startNode, endNode].map((node) => writing.value(constantOf(timeline, node, 'point')));
    const lookback = writing.value(constantOf(timeline, lookbackNode, 'distance'));
    const steps = readSteps(timeline, step, writing, '0');
    return (
      `WITH e AS (SELECT t${more(dims)}, lag(t) OVER (PARTITION BY id${more(dims)} ORDER BY t) AS before FROM ${writing.table(timeline.events, ['id', 't', ...dims])} WHERE t <= ${end}) ` +
      `SELECT ${steps.binOf('t')} AS b${more(dims)}, count(*) FROM e WHERE t > ${start} AND (before IS NULL OR t - before > ${lookback}) GROUP BY b${more(dims)}`
    );
  });
};
