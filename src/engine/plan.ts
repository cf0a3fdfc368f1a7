import type { Column, KqlType } from '../common/kqlTypes';
import { collectColumns, column, type Expression, hasWindow, sql, substitute } from './expression';
import type { Graph } from './graph/graph';
import type { Renderer } from './render';

/** What a block reads: a table, a nested plan, a join, an aggregation, … */
export interface Source {
  /** SQL names of the columns it provides. */
  readonly names: ReadonlyMap<number, string>;
  /** An item for FROM that provides at least the needed columns. */
  readonly render: (needed: ReadonlySet<number>, renderer: Renderer) => string;
}

export interface PlanColumn extends Column {
  readonly id: number;
  /** Over the source's columns. A reference to `id` itself passes a column through. */
  readonly expression: Expression;
}

export interface SortKey {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  /** Nobody asked for it: rows written in the query keep their order. */
  readonly implicit?: boolean | undefined;
}

/**
 * One query block: `SELECT columns FROM source WHERE where ORDER BY order LIMIT limit`. The order is a property of the rows: it is written
 * only where it shows (a limit, a window, the end), and travels through later blocks as hidden columns.
 */
export interface Plan {
  readonly source: Source;
  readonly where: readonly Expression[];
  readonly columns: readonly PlanColumn[];
  readonly order: readonly SortKey[];
  readonly limit?: Expression | undefined;
  /** Over the source: rows with the same value are a table of their own (`mv-apply`, `partition`); operators work on each. */
  readonly partition?: Expression | undefined;
  /** The plan stands for a graph, which has no rows. */
  readonly graph?: Graph | undefined;
  /** Rows came in an order that people gave (datatable, range, print): DuckDB keeps it by itself. */
  readonly serialized?: boolean | undefined;
}

/** Numbers for columns, unique in one translation. */
export class ColumnIds {
  #next = 1;

  next(): number {
    return this.#next++;
  }
}

export const sqlName = (id: number): string => `v${id}`;

/** A plan that passes every column of a source through. */
export function planOf(source: Source, columns: readonly (Column & { readonly id: number })[], more: Partial<Plan> = {}): Plan {
  return {
    source,
    where: [],
    columns: columns.map(({ id, name, type }) => ({ id, name, type, expression: column(id, type) })),
    order: [],
    ...more,
  };
}

export function reference(planColumn: PlanColumn): Expression {
  return column(planColumn.id, planColumn.type);
}

const isPlain = (expression: Expression): boolean => expression.kind === 'column' || expression.kind === 'literal';

/** The plan with its order's keys and its partition among its columns (hidden ones last), and both over those columns. */
export function exposeOrder(
  plan: Plan,
  ids: ColumnIds,
): { readonly inner: Plan; readonly order: readonly SortKey[]; readonly partition?: Expression | undefined } {
  const hidden: PlanColumn[] = [];
  const expose = (expression: Expression): Expression => {
    const same = [...plan.columns, ...hidden].find((candidate) => sameColumn(candidate.expression, expression));
    if (same) return reference(same);
    const id = ids.next();
    hidden.push({ id, name: '', type: expression.type, expression });
    return column(id, expression.type);
  };
  const order = plan.order.map((key): SortKey => ({ ...key, expression: expose(key.expression) }));
  const partition = plan.partition && expose(plan.partition);
  return { inner: { ...plan, columns: [...plan.columns, ...hidden] }, order, partition };
}

/** Makes the plan the source of a new block; the order's keys become hidden columns. */
export function nest(plan: Plan, ids: ColumnIds): Plan {
  const { inner, order, partition } = exposeOrder(plan, ids);
  return planOf(planSource(inner), plan.columns, { order, partition, serialized: plan.serialized });
}

/** Like {@link nest}, for columns that decide the rows (unnested ones): they are written even when nobody reads them. */
export function nestKeeping(plan: Plan, kept: ReadonlySet<number>, ids: ColumnIds): Plan {
  const { inner, order, partition } = exposeOrder(plan, ids);
  const source: Source = {
    names: planSource(inner).names,
    render: (needed, renderer) => `(${renderer.select(inner, new Set([...needed, ...kept]))})`,
  };
  return planOf(source, plan.columns, { order, partition, serialized: plan.serialized });
}

function sameColumn(a: Expression, b: Expression): boolean {
  return a.kind === 'column' && b.kind === 'column' && a.id === b.id;
}

/** A plan as a source: a sub-select. */
export function planSource(plan: Plan): Source {
  return {
    names: new Map(plan.columns.map(({ id }) => [id, sqlName(id)])),
    render: (needed, renderer) => `(${renderer.select(plan, needed)})`,
  };
}

/** A plan whose block can take expressions over the output of `plan`: the expressions come back over its source. */
export function absorb(
  plan: Plan,
  expressions: readonly Expression[],
  ids: ColumnIds,
  forWhere = false,
): { readonly plan: Plan; readonly expressions: Expression[] } {
  const byId = new Map(plan.columns.map((planColumn) => [planColumn.id, planColumn.expression]));
  const used = new Set<number>();
  for (const expression of expressions) collectColumns(expression, used);
  const plain = [...used].every((id) => {
    const expression = byId.get(id);
    return expression === undefined || isPlain(expression);
  });
  const blocked = (forWhere && (plan.limit !== undefined || plan.columns.some((planColumn) => hasWindow(planColumn.expression)))) || !plain;
  if (blocked) {
    const nested = nest(plan, ids);
    return { plan: nested, expressions: [...expressions] };
  }
  return { plan, expressions: expressions.map((expression) => substitute(expression, (id) => byId.get(id))) };
}

/** Keeps the rows for which all conditions hold. */
export function filter(plan: Plan, conditions: readonly Expression[], ids: ColumnIds): Plan {
  if (conditions.some(hasWindow)) {
    const flags = conditions.map((condition) => ({ id: ids.next(), name: '', type: 'bool' as const, expression: condition }));
    const extended = project(
      plan,
      [...plan.columns.map((planColumn) => ({ ...planColumn, expression: reference(planColumn) })), ...flags],
      ids,
    );
    const kept = filter(nest(extended, ids), flags.map(reference), ids);
    return { ...kept, columns: kept.columns.slice(0, plan.columns.length) };
  }
  const { plan: base, expressions } = absorb(plan, conditions, ids, true);
  return { ...base, where: [...base.where, ...expressions] };
}

/** Computes new columns; expressions are over the output of `plan`. */
export function project(plan: Plan, columns: readonly PlanColumn[], ids: ColumnIds): Plan {
  const { plan: base, expressions } = absorb(
    plan,
    columns.map((planColumn) => planColumn.expression),
    ids,
  );
  return {
    ...base,
    columns: columns.map((planColumn, index) => ({ ...planColumn, expression: expressions[index] ?? planColumn.expression })),
  };
}

/** The plan's columns in another selection, order or naming. */
export function pick(plan: Plan, columns: readonly PlanColumn[]): Plan {
  return { ...plan, columns };
}

export function sort(plan: Plan, keys: readonly SortKey[], ids: ColumnIds): Plan {
  const limited = plan.limit === undefined ? plan : nest(plan, ids);
  const { plan: base, expressions } = absorb(
    limited,
    keys.map((key) => key.expression),
    ids,
  );
  const order = keys.map((key, index) => ({ ...key, expression: expressions[index] ?? key.expression }));
  // All rows are equal by a constant, and DuckDB refuses one.
  return { ...base, order: order.filter(({ expression }) => expression.kind !== 'literal') };
}

/** The first rows; of each partition, when there are some. */
export function limit(plan: Plan, count: Expression, ids: ColumnIds): Plan {
  if (plan.partition) {
    const nested = nest(plan, ids);
    const order = orderText(nested.order);
    const number = sql('long', {
      window: true,
    })`row_number() OVER (PARTITION BY ${nested.partition ?? ''}${order ? sql('string')` ORDER BY ${order}` : ''})`;
    return filter(nested, [sql('bool')`(${number} <= ${count})`], ids);
  }
  const base = plan.limit === undefined ? plan : nest(plan, ids);
  return { ...base, limit: count };
}

/** Sort keys as the text after `ORDER BY`. */
export function orderText(order: readonly SortKey[]): Expression | undefined {
  if (order.length === 0) return undefined;
  return order
    .map((key) => sql('string')`${key.expression} ${key.descending ? 'DESC' : 'ASC'} NULLS ${key.nullsFirst ? 'FIRST' : 'LAST'}`)
    .reduce((all, key) => sql('string')`${all}, ${key}`);
}

/** A block with neither order nor limit, for what needs a set of rows. */
export function asSet(plan: Plan, ids: ColumnIds): Plan {
  if (plan.limit !== undefined) return { ...nest(plan, ids), order: [], serialized: false };
  return { ...plan, order: [], serialized: false };
}

export function columnNamed(plan: Plan, name: string): PlanColumn | undefined {
  return plan.columns.find((planColumn) => planColumn.name === name);
}

export function newColumn(ids: ColumnIds, name: string, type: KqlType, expression: Expression): PlanColumn {
  return { id: ids.next(), name, type, expression };
}
