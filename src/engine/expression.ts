import type { KqlType } from '../common/kqlTypes';
import type { Plan } from './plan';

/**
 * Typed scalar expressions. The SQL of an expression of KQL type T yields the physical type of T in the storage convention (catalog.ts);
 * strings are never NULL. Columns are named by number, so that expressions can move between query blocks.
 */
export type Expression = ColumnReference | Literal | SqlExpression | ScalarSubquery;

export interface ColumnReference {
  readonly kind: 'column';
  readonly type: KqlType;
  readonly id: number;
}

export interface Literal {
  readonly kind: 'literal';
  readonly type: KqlType;
  /** bigint for int, long, datetime and timespan (ticks); text for decimal, guid and dynamic (JSON). */
  readonly value: bigint | number | string | boolean | null;
}

export interface SqlExpression {
  readonly kind: 'sql';
  readonly type: KqlType;
  readonly parts: readonly (string | Expression)[];
  /** The form to use where null and false mean the same (conditions): often one that scans can use. */
  readonly condition?: Expression | undefined;
  /** Known never to be NULL; `false` marks the text of a dynamic value, the one string that may be NULL. */
  readonly notNull?: boolean | undefined;
  /** Holds a window function: may stand in a select list only. */
  readonly window?: boolean | undefined;
  /** What made it, for fusing (see functions). */
  readonly origin?: Origin | undefined;
}

/** A call that another function knows how to take apart. */
export interface Origin {
  readonly name: string;
  readonly args: readonly Expression[];
  /** Of `path`: the constant steps into a dynamic value. */
  readonly path?: readonly (string | bigint)[] | undefined;
}

/** The first value of the first column of a plan. */
export interface ScalarSubquery {
  readonly kind: 'subquery';
  readonly type: KqlType;
  readonly plan: Plan;
  /** Columns of the block around it that the plan reads, under their own names. */
  readonly outer?: readonly number[] | undefined;
}

export function column(id: number, type: KqlType): ColumnReference {
  return { kind: 'column', id, type };
}

export function literal(type: KqlType, value: Literal['value']): Literal {
  return { kind: 'literal', type, value };
}

export const nullOf = (type: KqlType): Literal => (type === 'string' ? literal('string', '') : literal(type, null));

/** Template tag: `sql('long')\`length(${text})\``. Strings put in are SQL, expressions are rendered. */
export function sql(
  type: KqlType,
  more: Partial<Pick<SqlExpression, 'condition' | 'notNull' | 'window' | 'origin'>> = {},
): (texts: TemplateStringsArray, ...values: (string | Expression)[]) => SqlExpression {
  return (texts, ...values) => {
    const parts: (string | Expression)[] = [];
    texts.forEach((text, index) => {
      if (text) parts.push(text);
      const value = values[index];
      if (value !== undefined) parts.push(value);
    });
    return { kind: 'sql', type, parts, ...more };
  };
}

/** `prefix a, b, c suffix` as one expression. */
export function sqlList(type: KqlType, prefix: string, items: readonly Expression[], suffix: string, separator = ', '): SqlExpression {
  const parts: (string | Expression)[] = [prefix];
  items.forEach((item, index) => {
    if (index > 0) parts.push(separator);
    parts.push(item);
  });
  parts.push(suffix);
  return { kind: 'sql', type, parts };
}

export function isNullable(expression: Expression): boolean {
  if (expression.kind === 'sql' && expression.notNull === false) return true;
  if (expression.kind === 'literal') return expression.value === null;
  if (expression.type === 'string') return false;
  if (expression.kind === 'sql') return expression.notNull !== true;
  return true;
}

/** Every column an expression reads, also those inside its parts. */
export function collectColumns(expression: Expression, into: Set<number>): void {
  if (expression.kind === 'column') into.add(expression.id);
  else if (expression.kind === 'subquery') for (const id of expression.outer ?? []) into.add(id);
  else if (expression.kind === 'sql') for (const part of expression.parts) if (typeof part !== 'string') collectColumns(part, into);
}

export function hasWindow(expression: Expression): boolean {
  if (expression.kind !== 'sql') return false;
  return expression.window === true || expression.parts.some((part) => typeof part !== 'string' && hasWindow(part));
}

/** Reads a table: may not stand in a lambda. */
export function hasSubquery(expression: Expression): boolean {
  if (expression.kind === 'subquery') return true;
  return expression.kind === 'sql' && expression.parts.some((part) => typeof part !== 'string' && hasSubquery(part));
}

/** Replaces column references. */
export function substitute(expression: Expression, replace: (id: number) => Expression | undefined): Expression {
  if (expression.kind === 'column') return replace(expression.id) ?? expression;
  if (expression.kind !== 'sql') return expression;
  const parts = expression.parts.map((part) => (typeof part === 'string' ? part : substitute(part, replace)));
  if (parts.every((part, index) => part === expression.parts[index])) return expression;
  return {
    ...expression,
    parts,
    condition: expression.condition && substitute(expression.condition, replace),
    origin: expression.origin && { ...expression.origin, args: expression.origin.args.map((arg) => substitute(arg, replace)) },
  };
}

/** The form of a bool for where null counts as false. */
export function asCondition(expression: Expression): Expression {
  return expression.kind === 'sql' && expression.condition ? expression.condition : expression;
}
