import { more, readTimeline, timelinePlan } from './timeline';
import type { Plugin } from './registry';

/** `activity_counts_metrics(id, time, start, end, step, dimensions…)`: for each step rows, ids, new ids, and all ids so far. */
export const activityCounts: Plugin = (plugin) => {
  const [id, time, startNode, endNode, step, ...dimensions] = plugin.args;
  return timelinePlan(readTimeline(plugin, id, time, dimensions), 1 + dimensions.length, ({ events, dims, point, steps }) => {
    const [start, end] = [point(startNode), point(endNode)];
    const bins = steps(step, start);
    const by = `b${more(dims)}`;
    const sliced = dims.length > 0 ? `PARTITION BY ${dims.join(', ')} ` : '';
    return (
      `WITH e AS (SELECT id, ${bins.binOf('t')} AS b${more(dims)} FROM ${events} WHERE t BETWEEN ${start} AND ${end}), ` +
      `f AS (SELECT *, min(b) OVER (PARTITION BY id${more(dims)}) AS first FROM e), ` +
      `g AS (SELECT ${by}, count(*) AS n, count(DISTINCT id) AS ids, count(DISTINCT id) FILTER (WHERE first = b) AS fresh FROM f GROUP BY ${by}) ` +
      `SELECT ${by}, n, ids, fresh, CAST(sum(fresh) OVER (${sliced}ORDER BY b) AS BIGINT) FROM g`
    );
  });
};
