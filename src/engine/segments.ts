import type { KqlNode } from '../kql/node';
import type { Environment } from './environment';
import { type Expression, sql } from './expression';
import { convert } from './conversions';
import { nest, newColumn, orderText, type Plan, type PlanColumn, project, reference } from './plan';
import { bool } from './scalars/comparisons';
import type { Scope } from './scope';
import { withSessionStarts } from './sessions';
import type { Translator } from './translator';

/** Where the restart condition of a window function stands among its arguments. */
const restartAt: Readonly<Record<string, number>> = {
  row_number: 1,
  row_cumsum: 1,
  row_rank_dense: 1,
  row_rank_min: 1,
  row_window_session: 3,
};

/** What a call of a window function needs from a block below it: windows do not nest. */
export interface Segment {
  /** Rows between two restarts have the same number. */
  readonly group?: Expression | undefined;
  /** Number of the row where a ranked term differs from the row before, else null. */
  readonly change?: Expression | undefined;
  /** Start of the row's session. */
  readonly start?: Expression | undefined;
}

/** The rows with the helper columns of the window functions that an operator calls, by the calls' nodes. */
export function withSegments(
  translator: Translator,
  node: KqlNode,
  plan: Plan,
  environment: Environment,
): { readonly plan: Plan; readonly segments: ReadonlyMap<object, Segment> } {
  const segments = new Map<object, Segment>();
  let rows = plan;
  for (const call of node.walk()) {
    const name = call.kind === 'FunctionCallExpression' ? (call.child('Name')?.simpleName ?? '') : '';
    const at = restartAt[name];
    if (at === undefined) continue;
    const args = call.need('ArgumentList').list('Expressions');
    const scope = translator.scopeOf(rows, environment);
    const over = (partition?: Expression): Expression => {
      const order = orderText(rows.order);
      const keys = [rows.partition, partition]
        .filter((key) => key !== undefined)
        .reduce<Expression | undefined>((all, key) => (all ? sql('string')`${all}, ${key}` : key), undefined);
      return sql('string')`OVER (${keys ? sql('string')`PARTITION BY ${keys} ` : ''}${order ? sql('string')`ORDER BY ${order}` : ''}`;
    };
    const restart = args[at];
    const added: PlanColumn[] = [];
    if (restart) {
      // The condition may itself look at neighbours.
      const held = newColumn(translator.ids, '', 'bool', bool(translator.scalar(restart, scope)));
      rows = withColumns(translator, rows, [held]);
      const condition = reference(held);
      added.push(
        newColumn(
          translator.ids,
          '',
          'long',
          sql('long', { window: true })`count(*) FILTER (WHERE ${condition}) ${over()} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`,
        ),
      );
    }
    if (added.length > 0) rows = withColumns(translator, rows, added);
    const group = added[0] && reference(added[0]);
    let change: Expression | undefined;
    const term = args[0];
    if (name === 'row_window_session' && term) {
      const sessions = sessionsOf(translator, call, rows, translator.scopeOf(rows, environment), over, group);
      rows = sessions.plan;
      segments.set(call.id, { start: sessions.start });
      continue;
    }
    if (name.startsWith('row_rank') && term) {
      const value = translator.scalar(term, translator.scopeOf(rows, environment));
      const changed = newColumn(
        translator.ids,
        '',
        'long',
        sql('long', {
          window: true,
        })`CASE WHEN row_number() ${over(group)}) = 1 OR ${value} IS DISTINCT FROM lag(${value}) ${over(group)}) THEN row_number() ${over(group)}) END`,
      );
      rows = withColumns(translator, rows, [changed]);
      change = reference(changed);
    }
    segments.set(call.id, { group, change });
  }
  return { plan: { ...rows, columns: rows.columns.slice(0, plan.columns.length) }, segments };
}

/** The rows with the start of their session: `row_window_session(time, longest, gap, restart)`. */
function sessionsOf(
  translator: Translator,
  call: KqlNode,
  plan: Plan,
  scope: Scope,
  over: (partition?: Expression) => Expression,
  group: Expression | undefined,
): { readonly plan: Plan; readonly start: Expression } {
  const [timeNode, longestNode, gapNode] = call.need('ArgumentList').list('Expressions');
  if (!timeNode || !longestNode || !gapNode) return translator.invalid('row_window_session() needs a time and two distances.', call);
  const { ids } = translator;
  const time = newColumn(ids, '', 'datetime', convert(translator.scalar(timeNode, scope), 'datetime'));
  const timed = withColumns(translator, plan, [time]);
  const at = reference(time);
  const before = sql('datetime')`lag(${at}) ${over(group)})`;
  const gap = convert(translator.scalar(gapNode, scope), 'timespan');
  const fresh = newColumn(ids, '', 'bool', sql('bool', { window: true })`(${before} IS NULL OR ${at} IS NULL OR coalesce(${at} >= ${before} + ${gap}, false))`);
  const marked = withColumns(translator, timed, [fresh]);
  const run = newColumn(ids, '', 'long', sql('long', { window: true })`count(*) FILTER (WHERE ${reference(fresh)}) ${over()} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`);
  const place = newColumn(ids, '', 'long', sql('long', { window: true })`row_number() ${over()})`);
  const numbered = withColumns(translator, marked, [run, place]);
  const longest = convert(translator.scalar(longestNode, scope), 'timespan');
  return withSessionStarts(translator, numbered, { time, run, place, longest });
}

/** The rows with further columns. */
function withColumns(translator: Translator, plan: Plan, added: readonly PlanColumn[]): Plan {
  const passed = plan.columns.map((planColumn) => ({ ...planColumn, expression: reference(planColumn) }));
  return nest(project(plan, [...passed, ...added], translator.ids), translator.ids);
}
