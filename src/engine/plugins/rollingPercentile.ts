import { more, readTimeline, sameDimensions, timelinePlan } from './timeline';
import type { Plugin } from './registry';

/** `rolling_percentile(value, percentile, index, bin, bins, dimensions…)`: the percentile of so many bins, up to each. */
export const rollingPercentile: Plugin = (plugin) => {
  const [value, percentNode, index, size, count, ...dimensions] = plugin.args;
  const { translator, environment, node } = plugin;
  const timeline = readTimeline(plugin, value, index, dimensions);
  const percent = percentNode && translator.scalar(percentNode, { environment });
  if (percent?.kind !== 'literal') return translator.unsupported('a computed percentile', percentNode ?? node);
  const share = Number(percent.value) / 100;
  if (!(share >= 0 && share <= 1)) return translator.invalid('A percentile is a number from 0 to 100.', percentNode ?? node);
  return timelinePlan(timeline, 1 + dimensions.length, ({ events, dims, distance, whole, steps }) => {
    const bins = steps(size, '0');
    const window = `${distance(size)} * ${whole(count)}`;
    return (
      `WITH e AS MATERIALIZED (SELECT id AS v, ${bins.binOf('t')} AS b${more(dims)} FROM ${events}), ` +
      `s AS (SELECT DISTINCT b${more(dims)} FROM e) ` +
      `SELECT s.b${more(dims, 's.')}, quantile_disc(e.v, ${share}) ` +
      `FROM s JOIN e ON e.b <= s.b AND e.b > s.b - ${window}${sameDimensions(dims, 'e', 's')} GROUP BY ALL`
    );
  });
};
