import { constantOf, more, readSteps, readTimeline } from './timeline';
import type { Plugin } from './registry';
import { writtenPlan } from './written';

/** `activity_counts_metrics(id, time, start, end, step, dimensions…)`: for each step rows, ids, new ids, and all ids so far. */
export const activityCounts: Plugin = (plugin) => {
  const [id, time, startNode, endNode, step, ...dimensions] = plugin.args;
  const timeline = readTimeline(plugin, id, time, dimensions);
  const { dims } = timeline;
  return writtenPlan(plugin.translator, plugin.declared, 1 + dims.length, (writing) => {
    const [start, end] = [startNode, endNode].map((node) => writing.value(constantOf(timeline, node, 'point')));
    const steps = readSteps(timeline, step, writing, start ?? '');
    const by = `b${more(dims)}`;
    const sliced = dims.length > 0 ? `PARTITION BY ${dims.join(', ')} ` : '';
    return (
      `WITH e AS (SELECT id, ${steps.binOf('t')} AS b${more(dims)} FROM ${writing.table(timeline.events, ['id', 't', ...dims])} WHERE t BETWEEN ${start} AND ${end}), ` +
      `f AS (SELECT *, min(b) OVER (PARTITION BY id${more(dims)}) AS first FROM e), ` +
      `g AS (SELECT ${by}, count(*) AS n, count(DISTINCT id) AS ids, count(DISTINCT id) FILTER (WHERE first = b) AS fresh FROM f GROUP BY ${by}) ` +
      `SELECT ${by}, n, ids, fresh, CAST(sum(fresh) OVER (${sliced}ORDER BY b) AS BIGINT) FROM g`
    );
  });
};
