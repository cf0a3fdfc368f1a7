import { HuntError } from '../common/errors';
import { copies, expandedSize } from './expansion';
import { asCondition, collectColumns, type Expression, hasSubquery, type Literal, type SqlExpression } from './expression';
import { physicalTypes } from './physicalTypes';
import { type Plan, type SortKey, sqlName, type Source } from './plan';

/** A relation that several places read. */
export interface SharedPlan {
  readonly name: string;
  readonly plan: Plan;
  readonly materialized: boolean;
}

/** DuckDB's planner takes twice as long for each grouping of grouped rows, and cannot be interrupted: 30 would take hours. */
const MOST_NESTED_GROUPS = 14;

/** An expression that macros would make larger than this takes DuckDB seconds to plan, then minutes, then its whole stack. */
const LARGEST_EXPRESSION = 1_000;
/** Smaller parts may be written again. */
const WORTH_BINDING = 8;

function isTooLarge(expression: SqlExpression): boolean {
  return expandedSize(expression) > LARGEST_EXPRESSION && copies(expression) > 1 && expression.window !== true && !readsTable(expression);
}

/** Of its own parts: a lambda must not hold a sub-query that stays in it. */
function readsTable(expression: SqlExpression): boolean {
  return expression.parts.some((part) => typeof part !== 'string' && expandedSize(part) < WORTH_BINDING && hasSubquery(part));
}

/** Turns plans and expressions into DuckDB SQL. */
export class Renderer {
  readonly #shared = new Map<SharedPlan, string>();
  #groups = 0;
  #bindings = 0;

  /** Renders a block that groups what `render` selects. */
  grouped(render: () => string): string {
    if (this.#groups >= MOST_NESTED_GROUPS) throw new HuntError({ kind: 'unsupported', feature: `more than ${MOST_NESTED_GROUPS} summarize or distinct after each other` });
    this.#groups++;
    const text = render();
    this.#groups--;
    return text;
  }

  /** `SELECT …` of a plan with the needed columns, named `v<id>`, or as told. `qualify` is a condition on windows. */
  select(plan: Plan, needed: ReadonlySet<number> | undefined, finalColumns?: readonly string[], qualify?: Expression): string {
    const used = new Set<number>();
    const columns = plan.columns.filter((planColumn) => needed === undefined || needed.has(planColumn.id));
    for (const planColumn of columns) collectColumns(planColumn.expression, used);
    for (const condition of plan.where) collectColumns(condition, used);
    if (qualify) collectColumns(qualify, used);
    const ordered = plan.order.length > 0 && (plan.limit !== undefined || finalColumns !== undefined);
    if (ordered) for (const key of plan.order) collectColumns(key.expression, used);
    const from = plan.source.render(used, this);
    const list = columns.map((planColumn, index) => `${this.expression(planColumn.expression, plan.source)} AS ${finalColumns?.[index] ?? sqlName(planColumn.id)}`);
    const clauses = [`SELECT ${list.length > 0 ? list.join(', ') : '1'}`];
    if (from !== '') clauses.push(`FROM ${from}`);
    if (plan.where.length > 0) clauses.push(`WHERE ${plan.where.map((condition) => this.expression(asCondition(condition), plan.source)).join(' AND ')}`);
    if (qualify) clauses.push(`QUALIFY ${this.expression(qualify, plan.source)}`);
    if (ordered) clauses.push(`ORDER BY ${this.sortKeys(plan.order, plan.source)}`);
    if (plan.limit !== undefined) clauses.push(`LIMIT ${this.expression(plan.limit, plan.source)}`);
    return clauses.join(' ');
  }

  sortKeys(keys: readonly SortKey[], source: Source): string {
    return keys
      .map((key) => `${this.expression(key.expression, source)} ${key.descending ? 'DESC' : 'ASC'} NULLS ${key.nullsFirst ? 'FIRST' : 'LAST'}`)
      .join(', ');
  }

  expression(expression: Expression, source: Source): string {
    switch (expression.kind) {
      case 'column': {
        const name = source.names.get(expression.id);
        if (name === undefined) throw new Error(`column ${expression.id} is not in reach`);
        return name;
      }
      case 'literal':
        return literalSql(expression);
      case 'sql':
        return isTooLarge(expression) ? this.#bound(expression, source) : this.#plain(expression, source);
      case 'subquery':
        return `(${this.select(expression.plan, undefined)})`;
    }
  }

  #plain(expression: SqlExpression, source: Source): string {
    return expression.parts.map((part) => (typeof part === 'string' ? part : this.expression(part, source))).join('');
  }

  /** Computes the large parts of an expression once, as the argument of a lambda, instead of wherever a macro writes them. */
  #bound(expression: SqlExpression, source: Source): string {
    const name = `b${++this.#bindings}`;
    const values: string[] = [];
    const body = expression.parts.map((part) => {
      if (typeof part === 'string') return part;
      const text = this.expression(part, source);
      if (expandedSize(part) < WORTH_BINDING) return text;
      values.push(`v${values.length}: ${text}`);
      return `${name}.v${values.length - 1}`;
    });
    // Many small parts: nothing is gained by naming them.
    if (values.length === 0) return body.join('');
    return `list_transform([{${values.join(', ')}}], lambda ${name}: ${body.join('')})[1]`;
  }

  /** Names a shared plan in the statement; it is written once, after those it reads itself. */
  share(shared: SharedPlan): string {
    if (!this.#shared.has(shared)) {
      const select = this.select(shared.plan, undefined);
      this.#shared.set(shared, `${shared.name} AS ${shared.materialized ? 'MATERIALIZED' : 'NOT MATERIALIZED'} (${select})`);
    }
    return shared.name;
  }

  /** The whole statement: shared plans, then the plan with its columns named `c0`, `c1`, …. */
  statement(plan: Plan): string {
    const body = this.select(plan, undefined, plan.columns.map((_, index) => `c${index}`));
    return this.#shared.size === 0 ? body : `WITH ${[...this.#shared.values()].join(', ')} ${body}`;
  }
}

export function quoteText(text: string): string {
  const pieces = text.split('\0').map((piece) => `'${piece.replaceAll("'", "''")}'`);
  return pieces.length === 1 ? (pieces[0] ?? "''") : `(${pieces.join(' || chr(0) || ')})`;
}

/** A minus must not meet another one: two begin a comment. */
function signed(digits: string): string {
  return digits.startsWith('-') ? `(${digits})` : digits;
}

export function literalSql({ type, value }: Literal): string {
  if (value === null) return `NULL::${physicalTypes[type]}`;
  switch (type) {
    case 'bool':
      return value === true ? 'true' : 'false';
    case 'int':
      return `${signed(String(value))}::INTEGER`;
    case 'long':
    case 'datetime':
    case 'timespan':
      return value === -(2n ** 63n) ? `(-9223372036854775807 - 1)` : `${signed(String(value))}::BIGINT`;
    case 'real':
      return typeof value === 'number' && Number.isFinite(value) ? `${signed(String(value))}::DOUBLE` : `'${String(value).toLowerCase()}'::DOUBLE`;
    case 'decimal':
      return `${quoteText(String(value))}::${physicalTypes.decimal}`;
    case 'guid':
      return `${quoteText(String(value))}::UUID`;
    case 'dynamic':
      return `${quoteText(String(value))}::JSON`;
    case 'string':
      return quoteText(String(value));
  }
}
