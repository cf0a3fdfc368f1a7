import { constantOf, more, readSteps, readTimeline, sameDimensions, wholeConstant } from './timeline';
import type { Plugin } from './registry';
import { writtenPlan } from './written';

/** `rolling_percentile(value, percentile, index, bin, bins, dimensions…)`: the percentile of so many bins, up to each. */
export const rollingPercentile: Plugin = (plugin) => {
  const [value, percentNode, index, bin, bins, ...dimensions] = plugin.args;
  const { translator, environment, node } = plugin;
  const timeline = readTimeline(plugin, value, index, dimensions);
  const { dims } = timeline;
  const percent = percentNode && translator.scalar(percentNode, { environment });
  if (percent?.kind !== 'literal') return translator.unsupported('a computed percentile', percentNode ?? node);
  const share = Number(percent.value) / 100;
  if (!(share >= 0 && share <= 1)) return translator.invalid('A percentile is a number from 0 to 100.', percentNode ?? node);
  return writtenPlan(translator, plugin.declared, 1 + dims.length, (writing) => {
    const steps = readSteps(timeline, bin, writing, '0');
    const width = writing.value(constantOf(timeline, bin, 'distance'));
    const count = writing.value(wholeConstant(timeline, bins));
    return (
      `WITH e AS MATERIALIZED (SELECT id AS v, ${steps.binOf('t')} AS b${more(dims)} FROM ${writing.table(timeline.events, ['id', 't', ...dims])}), ` +
      `s AS (SELECT DISTINCT b${more(dims)} FROM e) ` +
      `SELECT s.b${more(dims, 's.')}, quantile_disc(e.v, ${share}) ` +
      `FROM s JOIN e ON e.b <= s.b AND e.b > s.b - ${width} * ${count}${sameDimensions(dims, 'e', 's')} GROUP BY ALL`
    );
  });
};
