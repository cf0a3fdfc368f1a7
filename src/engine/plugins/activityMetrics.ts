import { more, readTimeline, sameDimensions, timelinePlan } from './timeline';
import type { Plugin, PluginInput } from './registry';

/**
 * `activity_metrics(id, time, [start, end,] step, dimensions…)`: for each step with activity its ids, those that the step before did not
 * have, and how many of the step before came back. Rates of a step that follows on nothing are NaN.
 */
export const activityMetrics: Plugin = (plugin) => {
  const [id, time, ...rest] = plugin.args;
  // The documentation names the short form without saying where its steps begin: as with bin(), at zero.
  const [startNode, endNode, step, ...dimensions] = rest.length < 3 ? [undefined, undefined, rest[0]] : rest;
  return timelinePlan(readTimeline(plugin, id, time, dimensions), 1 + dimensions.length, ({ events, dims, point, steps }) => {
    const [start, end] = [startNode, endNode].map((node) => node && point(node));
    const bins = steps(step, start ?? '0');
    const within = start !== undefined && end !== undefined ? ` WHERE t BETWEEN ${start} AND ${end}` : '';
    return (
      `WITH e AS MATERIALIZED (SELECT DISTINCT id, ${bins.binOf('t')} AS b${more(dims)} FROM ${events}${within}), ` +
      `n AS (SELECT b${more(dims)}, count(*) AS ids FROM e GROUP BY b${more(dims)}), ` +
      `k AS (SELECT e.b${more(dims, 'e.')}, count(*) AS kept FROM e JOIN e AS p ON p.id = e.id AND ${bins.next('p.b')} = e.b${sameDimensions(dims, 'p', 'e')} GROUP BY ALL), ` +
      `r AS (SELECT n.b${more(dims, 'n.')}, n.ids, coalesce(k.kept, 0) AS kept, CAST(coalesce(p.ids, 0) AS DOUBLE) AS before FROM n ` +
      `LEFT JOIN k ON k.b = n.b${sameDimensions(dims, 'k', 'n')} LEFT JOIN n AS p ON ${bins.next('p.b')} = n.b${sameDimensions(dims, 'p', 'n')}) ` +
      `SELECT b${more(dims)}, ids, ids - kept, kept / before, (before - kept) / before FROM r`
    );
  });
};

/**
 * `new_activity_metrics(id, time, start, end, step, [cohort,] dimensions…, [lookback])`: each cohort of ids that were first seen in one
 * step, against every step from then on. Cohorts without ids have no rows.
 */
export const newActivityMetrics: Plugin = (plugin) => {
  const { args, named, translator, environment } = plugin;
  const [id, time, startNode, endNode, step, ...rest] = args;
  const lookbackNode = named.get('lookback') ?? rest.find((node) => node.columns);
  const scalars = rest.filter((node) => node !== lookbackNode);
  const cohortNode = named.get('Cohort') ?? (scalars[0] && isConstant(plugin, scalars[0]) ? scalars[0] : undefined);
  const timeline = readTimeline(plugin, id, time, scalars.filter((node) => node !== cohortNode));
  const lookback = lookbackNode && idsOf(plugin, lookbackNode, id?.simpleName ?? '');
  return timelinePlan(timeline, timeline.events.columns.length, ({ events, dims, point, steps, table }) => {
    const [start, end] = [point(startNode), point(endNode)];
    const bins = steps(step, start);
    const seen = lookback ? ` AND NOT EXISTS (SELECT 1 FROM ${table(lookback, ['seen'])} WHERE seen = id)` : '';
    const only = cohortNode ? ` WHERE c.first = ${bins.binOf(point(cohortNode))}` : '';
    return (
      `WITH e AS MATERIALIZED (SELECT DISTINCT id, ${bins.binOf('t')} AS b${more(dims)} FROM ${events} ` +
      `WHERE t BETWEEN ${start} AND ${end}${seen}), ` +
      `f AS (SELECT *, min(b) OVER (PARTITION BY id${more(dims)}) AS first FROM e), ` +
      `g AS (SELECT b, first${more(dims)}, count(*) AS n FROM f GROUP BY ALL), ` +
      `c AS (SELECT first${more(dims)}, n FROM g WHERE b = first), ` +
      `s AS (${bins.all(start, end)}), ` +
      `r AS (SELECT c.first, s.b${more(dims, 'c.')}, c.n, ` +
      `coalesce(sum(g.n) FILTER (WHERE g.first > c.first OR (s.b = c.first AND g.first = c.first)), 0) AS fresh, ` +
      `coalesce(sum(g.n) FILTER (WHERE g.first = c.first), 0) AS kept ` +
      `FROM c JOIN s ON s.b >= c.first LEFT JOIN g ON g.b = s.b${sameDimensions(dims, 'g', 'c')}${only} GROUP BY ALL) ` +
      `SELECT first, b${more(dims)}, CAST(fresh AS BIGINT), CAST(kept AS BIGINT), CAST(n - kept AS BIGINT), kept / CAST(n AS DOUBLE), (n - kept) / CAST(n AS DOUBLE) FROM r`
    );
  });

  /** The ids of a table: the column of the same name, else the first. */
  function idsOf(input: PluginInput, node: NonNullable<typeof lookbackNode>, name: string): ReturnType<Plugin> {
    const table = translator.table(node, environment);
    const column = table.columns.find((candidate) => candidate.name === name) ?? table.columns[0];
    return column ? { ...table, columns: [column] } : input.translator.unsupported('a lookback without columns', node);
  }
};

/** Does the expression read no columns? */
function isConstant({ input }: PluginInput, node: PluginInput['node']): boolean {
  const columns = new Set(input.columns.map(({ name }) => name));
  return ![...node.walk()].some((part) => part.kind === 'NameReference' && part.symbol?.kind === 'Column' && columns.has(part.simpleName ?? ''));
}
