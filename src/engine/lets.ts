import type { KqlNode } from '../kql/node';
import type { Environment } from './environment';
import { type Expression, column, substitute } from './expression';
import { exposeOrder, type Plan, type PlanColumn, planOf, type SortKey, type Source, sqlName } from './plan';
import type { SharedPlan } from './render';
import type { Translator } from './translator';

/** Makes the names that `let` statements declare. Values are translated when they are first used. */
export function bindLets(translator: Translator, statements: readonly KqlNode[], environment: Environment): Environment {
  let names = environment;
  for (const statement of statements) {
    if (statement.kind === 'LetStatement') names = bindLet(translator, statement, names);
    else if (statement.kind === 'QueryParametersStatement') names = bindParameters(translator, statement, names);
    else if (statement.kind === 'SetOptionStatement') names = bindOption(translator, statement, names);
    else if (statement.kind === 'PatternStatement') {
      names = names.with(statement.need('Name').simpleName ?? '', { kind: 'pattern', node: statement, environment: names });
    } else if (statement.kind !== 'ExpressionStatement') translator.unsupported(statementName(statement), statement);
  }
  return names;
}

/** `set name = value;`: kept for what reads it, under a name that no query can write. */
function bindOption(translator: Translator, statement: KqlNode, environment: Environment): Environment {
  const value = statement.child('ValueClause')?.child('Expression');
  const name = statement.need('Name').simpleName ?? '';
  return value ? environment.with(`set ${name}`, { kind: 'scalar', value: sharedScalar(() => translator.scalar(value, { environment })) }) : environment;
}

function statementName(statement: KqlNode): string {
  return `the statement ${statement.kind.replace(/Statement$/u, '').replace(/([a-z])([A-Z])/gu, '$1 $2').toLowerCase()}`;
}

/** `declare query_parameters(…)`: the defaults, as nobody gives values. */
function bindParameters(translator: Translator, statement: KqlNode, environment: Environment): Environment {
  let names = environment;
  for (const parameter of statement.list('Parameters')) {
    const declared = parameter.need('NameAndType');
    const value = parameter.child('DefaultValue')?.child('Value');
    if (!value) translator.invalid(`The query parameter ${declared.text} has no value.`, parameter);
    const expression = translator.scalar(value, { environment: names });
    names = names.with(declared.need('Name').simpleName ?? '', { kind: 'scalar', value: () => expression });
  }
  return names;
}

function bindLet(translator: Translator, statement: KqlNode, environment: Environment): Environment {
  const name = statement.need('Name').simpleName ?? '';
  const value = statement.need('Expression');
  if (value.kind === 'FunctionDeclaration') return environment.with(name, { kind: 'function', node: value, environment });
  if (value.graph) return environment.with(name, { kind: 'table', value: sharedGraph(() => translator.table(value, environment)) });
  if (value.columns) return environment.with(name, { kind: 'table', value: sharedTable(translator, value, environment, translator.mentions(name)) });
  return environment.with(name, { kind: 'scalar', value: sharedScalar(() => translator.scalar(value, { environment })) });
}

function sharedScalar(make: () => Expression): () => Expression {
  let made: Expression | undefined;
  return () => (made ??= make());
}

/** A graph's relations are shared already. */
function sharedGraph(make: () => Plan): () => Plan {
  let made: Plan | undefined;
  return () => (made ??= make());
}

/**
 * A table that a name stands for. Used once it is part of the query; used more often it is written once and read by all,
 * each with column numbers of its own.
 */
function sharedTable(translator: Translator, node: KqlNode, environment: Environment, uses: number): () => Plan {
  if (uses <= 1 && !isMaterialized(node)) return () => translator.table(node, environment);
  let shared: Shared | undefined;
  return () => {
    shared ??= share(translator, translator.table(node, environment), isMaterialized(node));
    return referenceShared(translator, shared);
  };
}

export function isMaterialized(node: KqlNode): boolean {
  return node.kind === 'MaterializeExpression';
}

/** A plan that is written once, with what its users see of it. */
export interface Shared {
  readonly sharedPlan: SharedPlan;
  readonly visible: readonly PlanColumn[];
  readonly order: readonly SortKey[];
}

export function share(translator: Translator, plan: Plan, materialized: boolean): Shared {
  const { inner, order } = exposeOrder(plan, translator.ids);
  return { sharedPlan: { name: translator.relationName(), plan: inner, materialized }, visible: plan.columns, order };
}

/** A new use of a shared plan. */
export function referenceShared(translator: Translator, shared: Shared): Plan {
  const { sharedPlan } = shared;
  const columns = sharedPlan.plan.columns.map((planColumn) => ({ ...planColumn, inner: planColumn.id, id: translator.ids.next() }));
  const idOf = new Map(columns.map(({ inner, id }) => [inner, id]));
  const source: Source = {
    names: new Map(columns.map(({ id }) => [id, sqlName(id)])),
    render: (needed, renderer) => {
      const list = columns.filter(({ id }) => needed.has(id)).map(({ id, inner }) => `${sqlName(inner)} AS ${sqlName(id)}`);
      return `(SELECT ${list.length > 0 ? list.join(', ') : '1'} FROM ${renderer.share(sharedPlan)})`;
    },
  };
  const rename = (id: number): Expression | undefined => {
    const planColumn = columns.find(({ inner }) => inner === id);
    return planColumn && column(planColumn.id, planColumn.type);
  };
  const visible = shared.visible.map(({ id, name, type }) => ({ id: idOf.get(id) ?? id, name, type }));
  const order = shared.order.map((key) => ({ ...key, expression: substitute(key.expression, rename) }));
  return planOf(source, visible, { order, serialized: sharedPlan.plan.serialized });
}
