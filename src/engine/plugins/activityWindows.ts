import { more, readTimeline, sameDimensions, timelinePlan } from './timeline';
import type { Plugin } from './registry';

/**
 * `activity_engagement(id, time, [start, end,] inner, outer, dimensions…)`: ids of each inner window against those of the outer window
 * that ends with it. Activity before the start counts in outer windows.
 */
export const activityEngagement: Plugin = (plugin) => {
  const [id, time, ...rest] = plugin.args;
  const [startNode, endNode, inner, outerNode, ...dimensions] = rest.length < 3 ? [undefined, undefined, rest[0], rest[1]] : rest;
  return timelinePlan(readTimeline(plugin, id, time, dimensions), 1 + dimensions.length, ({ events, dims, point, distance, steps }) => {
    const [start, end] = [startNode, endNode].map((node) => node && point(node));
    const outer = distance(outerNode);
    const bins = steps(inner, start ?? '0');
    const bounded = start !== undefined && end !== undefined;
    const within = bounded ? ` WHERE t > ${start} - ${outer} AND t <= ${end}` : '';
    return (
      `WITH e AS MATERIALIZED (SELECT DISTINCT id, ${bins.binOf('t')} AS b${more(dims)} FROM ${events}${within}), ` +
      `s AS (${bounded ? bins.all(start, end) : 'SELECT DISTINCT b FROM e'}), ` +
      `r AS (SELECT s.b${more(dims, 'e.')}, count(DISTINCT e.id) FILTER (WHERE e.b = s.b) AS inside, count(DISTINCT e.id) AS outside ` +
      `FROM s JOIN e ON e.b <= s.b AND e.b > s.b - ${outer} GROUP BY ALL) ` +
      `SELECT b${more(dims)}, inside, outside, inside / CAST(outside AS DOUBLE) FROM r`
    );
  });
};

/** `sliding_window_counts(id, time, start, end, lookback, step, dimensions…)`: rows and ids of the lookback that ends with each step. */
export const slidingWindowCounts: Plugin = (plugin) => {
  const [id, time, startNode, endNode, lookbackNode, step, ...dimensions] = plugin.args;
  return timelinePlan(readTimeline(plugin, id, time, dimensions), 1 + dimensions.length, ({ events, dims, point, distance, steps }) => {
    const [start, end] = [point(startNode), point(endNode)];
    const lookback = distance(lookbackNode);
    const bins = steps(step, start);
    return (
      `WITH e AS MATERIALIZED (SELECT id, ${bins.binOf('t')} AS b${more(dims)}, count(*) AS n FROM ${events} ` +
      `WHERE t > ${start} - ${lookback} AND t <= ${end} GROUP BY ALL), ` +
      `s AS (${bins.all(start, end)}) ` +
      // The bins that lie in the lookback as a whole: what is no multiple of the step is rounded down.
      `SELECT s.b${more(dims, 'e.')}, CAST(sum(e.n) AS BIGINT), count(DISTINCT e.id) FROM s JOIN e ON e.b <= s.b AND e.b >= ${bins.next('s.b')} - ${lookback} GROUP BY ALL`
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
  return timelinePlan(timeline, 1 + dimensions.length, ({ events, dims, point, distance, whole, steps }) => {
    const [start, end] = [point(startNode), point(endNode)];
    const lookback = distance(lookbackNode);
    const bins = steps(step, start);
    const periods = steps(periodNode, start);
    return (
      `WITH e AS MATERIALIZED (SELECT DISTINCT id, t, ${periods.binOf('t')} AS p${more(dims)} FROM ${events} ` +
      `WHERE t > ${start} - ${lookback} AND t <= ${end}), ` +
      `a AS (SELECT e.id, e.t${more(dims, 'e.')} FROM e JOIN e AS x ON x.id = e.id${sameDimensions(dims, 'x', 'e')} AND x.t <= e.t AND x.t > e.t - ${lookback} ` +
      `WHERE e.t >= ${start} GROUP BY ALL HAVING count(DISTINCT x.p) >= ${whole(countNode)}) ` +
      `SELECT ${bins.binOf('t')} AS b${more(dims)}, count(DISTINCT id) FROM a GROUP BY b${more(dims)}`
    );
  });
};

/**
 * `session_count(id, time, start, end, step, lookback, dimensions…)`: appearances of ids that were not there within the lookback. Read
 * from the published chart: steps are those of bin(), the start itself is outside, and what came before it counts in the lookback.
 */
export const sessionCount: Plugin = (plugin) => {
  const [id, time, startNode, endNode, step, lookbackNode, ...dimensions] = plugin.args;
  return timelinePlan(readTimeline(plugin, id, time, dimensions), 1 + dimensions.length, ({ events, dims, point, distance, steps }) => {
    const [start, end] = [point(startNode), point(endNode)];
    const lookback = distance(lookbackNode);
    const bins = steps(step, '0');
    return (
      `WITH e AS (SELECT t${more(dims)}, lag(t) OVER (PARTITION BY id${more(dims)} ORDER BY t) AS before FROM ${events} WHERE t <= ${end}) ` +
      `SELECT ${bins.binOf('t')} AS b${more(dims)}, count(*) FROM e WHERE t > ${start} AND (before IS NULL OR t - before > ${lookback}) GROUP BY b${more(dims)}`
    );
  });
};
