import type { KqlNode } from '../kql/node';
import { column, type Expression } from './expression';
import type { Environment } from './environment';
import type { Plan, SortKey } from './plan';
import type { Segment } from './segments';

/** What an expression may refer to. */
export interface Scope {
  readonly environment: Environment;
  /** The rows the expression is computed for; absent outside an operator. */
  readonly rows?: RowScope | undefined;
  /** What `*` stands for in a comparison. */
  readonly star?: Expression | undefined;
  /** Aggregate functions may stand here. */
  readonly aggregates?: boolean | undefined;
  /** Elements of a graph pattern. */
  readonly pattern?: PatternScope | undefined;
}

/** Names and functions that stand for elements of a graph pattern; undefined for everything else. */
export interface PatternScope {
  readonly property: (variable: string, name: string, node: KqlNode) => Expression | undefined;
  /** The element by itself, with all its properties. */
  readonly whole: (variable: string) => Expression | undefined;
  readonly call: (name: string, node: KqlNode) => Expression | undefined;
}

export interface RowScope {
  readonly find: (name: string) => Expression | undefined;
  /** Sides of a join, for `$left` and `$right`. */
  readonly left?: RowScope | undefined;
  readonly right?: RowScope | undefined;
  /** All columns in order, for `*`, `pack_all()`. */
  readonly all: readonly { readonly name: string; readonly expression: Expression }[];
  /** Order of the rows, for window functions. */
  readonly order: readonly SortKey[];
  /** The rows are in an order that people gave. */
  readonly serialized?: boolean | undefined;
  /** Helper columns of window functions, by the nodes of their calls. */
  readonly segments?: ReadonlyMap<object, Segment> | undefined;
  /** Rows with the same value are a table of their own. */
  readonly partition?: Expression | undefined;
}

/** Scope of the output rows of a plan. */
export function rowsOf(plan: Plan): RowScope {
  const all = plan.columns.map((planColumn) => ({ name: planColumn.name, expression: column(planColumn.id, planColumn.type) }));
  const byName = new Map(all.map((entry) => [entry.name, entry.expression]));
  return { find: (name) => byName.get(name), all, order: plan.order, serialized: plan.serialized, partition: plan.partition };
}
