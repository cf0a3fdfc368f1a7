import type { KqlNode } from '../../kql/node';
import { type Expression, literal, sql, sqlList } from '../expression';
import { referenceShared, type Shared, share } from '../lets';
import { asSet, filter, nest, newColumn, type Plan, type PlanColumn, planOf, project, reference, type Source, sqlName } from '../plan';
import { columnOf } from '../subqueries';
import { group } from './grouping';
import { conform, outputColumns } from './outputs';
import type { Operator, OperatorInput } from './registry';
import { sortKey } from './sort';
import { appended } from './appended';

/** What one clause keeps: its groups, with a column for each value so far and the aggregate last. */
interface Level {
  readonly keys: readonly PlanColumn[];
  readonly value: PlanColumn;
  readonly plan: Plan;
}

/** `top-nested n of x by aggregate, …`: the groups with the largest aggregates, inside each of those of the clause before. */
export const topNested: Operator = (operator) => {
  const { node, input, translator } = operator;
  const { ids } = translator;
  const clauses = node.list('Clauses');
  const shared = share(translator, nest(asSet(input, ids), ids), true);
  const levels = clauses.map((_, index) => levelOf(operator, clauses.slice(0, index + 1), shared));
  const last = levels.at(-1);
  if (!last) return translator.unsupported('this top-nested', node);
  const others = clauses.map((clause) => clause.child('WithOthersClause'));
  if (others.some((clause) => clause !== undefined)) {
    const [clause] = clauses;
    return clauses.length === 1 && clause ? withOthers(operator, clause, last, shared) : translator.unsupported('with others in several clauses of top-nested', node);
  }
  const columns = levels.flatMap(({ keys, value }) => [...keys.slice(-1), value]);
  const source: Source = {
    names: new Map(columns.map(({ id }) => [id, sqlName(id)])),
    render(_needed, renderer) {
      const tables = levels.map(({ plan }, index) => `(${renderer.select(plan, undefined)}) AS t${last.value.id}_${index}`);
      const conditions = levels.slice(1).map((level, index) =>
        level.keys.slice(0, -1).map((key, place) => `${sqlName(key.id)} IS NOT DISTINCT FROM ${sqlName(levels[index]?.keys[place]?.id ?? 0)}`).join(' AND '),
      );
      const joined = tables.slice(1).map((table, index) => ` JOIN ${table} ON ${conditions[index] ?? 'true'}`);
      return `${tables[0] ?? ''}${joined.join('')}`;
    },
  };
  return planOf(source, columns);
};

const given = (node: KqlNode): KqlNode => (node.kind === 'SimpleNamedExpression' ? node.need('Expression') : node);

function levelOf(operator: OperatorInput, clauses: readonly KqlNode[], shared: Shared): Level {
  const { translator, environment, node } = operator;
  const { ids } = translator;
  const declared = outputColumns(operator);
  const clause = clauses.at(-1);
  if (!clause) return translator.unsupported('this top-nested', node);
  const rows = referenceShared(translator, shared);
  const scope = translator.scopeOf(rows, environment);
  const keys = clauses.map((item, index): PlanColumn => {
    const output = declared[2 * index];
    const value = translator.scalar(given(item.need('OfExpression')), scope);
    return newColumn(ids, output?.name ?? '', output?.type ?? value.type, conform(value, output?.type ?? value.type));
  });
  const { expression, descending } = sortKey(translator, clause.need('ByExpression'), { ...scope, aggregates: true });
  const output = declared[2 * clauses.length - 1];
  const value = newColumn(ids, output?.name ?? '', output?.type ?? expression.type, conform(expression, output?.type ?? expression.type));
  const groups = nest(group(translator, rows, keys, [value]), ids);
  const count = clause.child('Expression');
  if (!count) return { keys, value, plan: groups };
  const outer = keys.slice(0, -1).map(reference);
  const partition = outer.length === 0 ? sql('string')`` : sqlList('string', 'PARTITION BY ', outer, ' ');
  const rank = newColumn(ids, '', 'long', sql('long', { window: true })`row_number() OVER (${partition}ORDER BY ${reference(value)} ${descending ? 'DESC' : 'ASC'} NULLS LAST)`);
  const passed = groups.columns.map((planColumn): PlanColumn => ({ ...planColumn, expression: reference(planColumn) }));
  const ranked = nest(project(groups, [...passed, rank], ids), ids);
  const kept = filter(ranked, [sql('bool')`${reference(rank)} <= ${translator.scalar(count, { environment })}`], ids);
  return { keys, value, plan: { ...kept, columns: kept.columns.slice(0, -1) } };
}

/** One more row: the aggregate over all rows that are in no group kept. */
function withOthers(operator: OperatorInput, clause: KqlNode, level: Level, shared: Shared): Plan {
  const { translator, environment } = operator;
  const { ids } = translator;
  const declared = outputColumns(operator);
  const rows = referenceShared(translator, shared);
  const scope = translator.scopeOf(rows, environment);
  const [key] = level.keys;
  const label = clause.child('WithOthersClause')?.need('Expression');
  if (!key || !label) return translator.unsupported('this top-nested', clause);
  const value = conform(translator.scalar(given(clause.need('OfExpression')), scope), key.type);
  const isTop = sql('bool')`coalesce(${value} IN ${columnOf(translator, level.plan, reference(key))}, false)`;
  const rest = filter(rows, [sql('bool')`NOT ${isTop}`], ids);
  const name: Expression = conform(translator.scalar(label, { environment }), key.type);
  const aggregate = sortKey(translator, clause.need('ByExpression'), { ...scope, aggregates: true }).expression;
  const columns = [newColumn(ids, declared[0]?.name ?? '', key.type, name), newColumn(ids, declared[1]?.name ?? '', level.value.type, conform(aggregate, level.value.type))];
  const counted = newColumn(ids, '', 'long', sql('long')`count(*)`);
  const [first, second] = columns;
  if (!first || !second) return translator.unsupported('this top-nested', clause);
  const others = filter(nest(group(translator, rest, [], [second, counted]), ids), [sql('bool')`${reference(counted)} > ${literal('long', 0n)}`], ids);
  const labelled = project(others, [{ ...first, expression: name }, { ...second, expression: reference(second) }], ids);
  return appended(translator, [{ name: '', plan: level.plan }, { name: '', plan: labelled }], declared);
}
