import { column, type Expression } from './expression';
import { exposeOrder, type Plan, type PlanColumn, planOf, planSource, type Source, sqlName } from './plan';
import type { Translator } from './translator';

/** What `row_window_session()` needs of its rows, as columns of the plan. */
export interface SessionRows {
  /** The time itself. */
  readonly time: PlanColumn;
  /** Rows of one number follow each other without a gap or a restart: only the longest session parts them further. */
  readonly run: PlanColumn;
  /** Place of the row in its order. */
  readonly place: PlanColumn;
  readonly longest: Expression;
}

/**
 * The rows with the start of their session. Within a run a session ends when a time is `longest` or more after its start, which only a
 * walk along the rows can tell: each run is gathered, walked once, and taken apart again.
 */
export function withSessionStarts(
  translator: Translator,
  plan: Plan,
  { time, run, place, longest }: SessionRows,
): { readonly plan: Plan; readonly start: Expression } {
  const { inner, order, partition } = exposeOrder(plan, translator.ids);
  const start = translator.ids.next();
  const below = planSource(inner);
  const source: Source = {
    names: new Map([...inner.columns.map(({ id }) => [id, sqlName(id)] as const), [start, sqlName(start)]]),
    render: (needed, renderer) => {
      const names = inner.columns.filter(({ id }) => needed.has(id)).map(({ id }) => sqlName(id));
      const groups = [run.id, ...(partition?.kind === 'column' ? [partition.id] : [])];
      const read = new Set([...needed, time.id, place.id, ...groups]);
      read.delete(start);
      const fields = ['_: 0', ...names.map((name) => `${name}: ${name}`)].join(', ');
      const ordered = `ORDER BY ${sqlName(place.id)}`;
      const times = `CAST(to_json(list(${sqlName(time.id)} ${ordered})) AS VARCHAR)`;
      const starts = `from_json(routine_session_starts(${times}, CAST(${renderer.expression(longest, below)} AS VARCHAR)), '["BIGINT"]')`;
      const gathered = `SELECT list({${fields}} ${ordered}) AS r, ${starts} AS s FROM ${below.render(read, renderer)} GROUP BY ${groups.map(sqlName).join(', ')}`;
      const outputs = [...names.map((name) => `r.${name} AS ${name}`), `s AS ${sqlName(start)}`];
      return `(SELECT ${outputs.join(', ')} FROM (SELECT unnest(r) AS r, unnest(s) AS s FROM (${gathered})))`;
    },
  };
  const columns = inner.columns.slice(0, plan.columns.length);
  return { plan: planOf(source, columns, { order, partition, serialized: plan.serialized }), start: column(start, time.type) };
}
