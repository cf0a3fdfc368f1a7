import type { KqlNode } from '../../kql/node';
import { type Expression, nullOf, sql } from '../expression';
import { asSet, nest, type Plan, type PlanColumn, planOf, reference, type Source, sqlName } from '../plan';
import type { Renderer } from '../render';
import { alike } from '../scalars/comparisons';
import { rowsOf } from '../scope';
import type { Translator } from '../translator';
import { outputColumns } from './outputs';
import type { Operator, OperatorInput } from './registry';

type Kind = 'innerunique' | 'inner' | 'leftouter' | 'rightouter' | 'fullouter' | 'leftsemi' | 'rightsemi' | 'leftanti' | 'rightanti';

const kinds: Readonly<Record<string, Kind>> = {
  innerunique: 'innerunique',
  inner: 'inner',
  leftouter: 'leftouter',
  rightouter: 'rightouter',
  fullouter: 'fullouter',
  leftsemi: 'leftsemi',
  rightsemi: 'rightsemi',
  leftanti: 'leftanti',
  leftantisemi: 'leftanti',
  anti: 'leftanti',
  rightanti: 'rightanti',
  rightantisemi: 'rightanti',
};

const keywords: Readonly<Record<Kind, string>> = {
  innerunique: 'JOIN',
  inner: 'JOIN',
  leftouter: 'LEFT JOIN',
  rightouter: 'RIGHT JOIN',
  fullouter: 'FULL JOIN',
  leftsemi: 'SEMI JOIN',
  rightsemi: 'SEMI JOIN',
  leftanti: 'ANTI JOIN',
  rightanti: 'ANTI JOIN',
};

/** A pair of expressions that have to be equal, one over each side. */
interface KeyPair {
  readonly left: Expression;
  readonly right: Expression;
}

/** `join`: innerunique unless told. Columns of both sides, the right one's renamed where names repeat. */
export const join: Operator = (operator) => {
  const { node, input, translator, environment } = operator;
  const kind = kindOf(operator, 'innerunique');
  const left = side(translator, input);
  const right = side(translator, translator.table(node.need('Expression'), environment));
  const clause = node.child('ConditionClause');
  if (clause?.kind !== 'JoinOnClause') return translator.unsupported(clause ? 'join with where' : 'join without on', node);
  const pairs = clause.list('Expressions').flatMap((condition) => keyPairs(operator, condition, left, right));
  const declared = outputColumns(operator);
  const visible =
    kind === 'leftsemi' || kind === 'leftanti'
      ? left.columns
      : kind === 'rightsemi' || kind === 'rightanti'
        ? right.columns
        : [...left.columns, ...right.columns];
  if (visible.length !== declared.length) return translator.unsupported('this join', node);
  const joined = joinPlans(translator, kind, left, right, pairs);
  const columns = visible.map((planColumn, index): PlanColumn => ({
    ...planColumn,
    name: declared[index]?.name ?? planColumn.name,
    expression: joined.expressionOf(planColumn),
  }));
  return { ...planOf(joined.source, []), columns };
};

/** `lookup`: left outer unless told; the right side's keys are left out. */
export const lookup: Operator = (operator) => {
  const { node, input, translator, environment } = operator;
  const kind = kindOf(operator, 'leftouter');
  const left = side(translator, input);
  const right = side(translator, translator.table(node.need('Expression'), environment));
  const conditions = node.child('LookupClause')?.list('Expressions') ?? [];
  if (conditions.length === 0) return translator.unsupported('lookup without on', node);
  const pairs = conditions.flatMap((condition) => keyPairs(operator, condition, left, right));
  const keys = new Set(pairs.flatMap(({ right: key }) => (key.kind === 'column' ? [key.id] : [])));
  const declared = outputColumns(operator);
  const visible = [...left.columns, ...right.columns.filter(({ id }) => !keys.has(id))];
  if (visible.length !== declared.length) return translator.unsupported('this lookup', node);
  const joined = joinPlans(translator, kind, left, right, pairs);
  const columns = visible.map((planColumn, index): PlanColumn => ({
    ...planColumn,
    name: declared[index]?.name ?? planColumn.name,
    expression: joined.expressionOf(planColumn),
  }));
  return { ...planOf(joined.source, []), columns };
};

function kindOf({ node, translator }: OperatorInput, byDefault: Kind): Kind {
  for (const parameter of node.list('Parameters')) {
    if (parameter.need('Name').simpleName !== 'kind') continue;
    const value = parameter.need('Expression').text.toLowerCase();
    return kinds[value] ?? translator.unsupported(`join kind=${value}`, parameter);
  }
  return byDefault;
}

/** A side as a set whose columns are plain. */
function side(translator: Translator, plan: Plan): Plan {
  return nest(asSet(plan, translator.ids), translator.ids);
}

function keyPairs(operator: OperatorInput, condition: KqlNode, left: Plan, right: Plan): KeyPair[] {
  const { translator, environment } = operator;
  if (condition.kind === 'ParenthesizedExpression') return keyPairs(operator, condition.need('Expression'), left, right);
  if (condition.kind === 'AndExpression')
    return [...keyPairs(operator, condition.need('Left'), left, right), ...keyPairs(operator, condition.need('Right'), left, right)];
  const leftRows = rowsOf(left);
  const rightRows = rowsOf(right);
  if (condition.kind === 'NameReference') {
    const name = condition.simpleName ?? '';
    const [a, b] = [leftRows.find(name), rightRows.find(name)];
    if (!a || !b) return translator.unsupported(`the join key ${name}`, condition);
    return [pairOf(operator, a, b, condition)];
  }
  if (condition.kind !== 'EqualExpression') return translator.unsupported('a join condition other than equality', condition);
  const scope = { environment, rows: { find: () => undefined, all: [], order: [], left: leftRows, right: rightRows } };
  const first = condition.need('Left');
  const second = condition.need('Right');
  const swapped = first.text.includes('$right');
  const a = translator.scalar(swapped ? second : first, scope);
  const b = translator.scalar(swapped ? first : second, scope);
  return [pairOf(operator, a, b, condition)];
}

function pairOf({ translator }: OperatorInput, left: Expression, right: Expression, node: KqlNode): KeyPair {
  if (left.type === 'dynamic' && right.type === 'dynamic') {
    return { left: sql('string')`CAST(${left} AS VARCHAR)`, right: sql('string')`CAST(${right} AS VARCHAR)` };
  }
  const pair = alike(left, right) ?? translator.invalid(`Cannot join ${left.type} with ${right.type}. Try adding explicit casts.`, node);
  return { left: pair[0], right: pair[1] };
}

function joinPlans(
  translator: Translator,
  kind: Kind,
  left: Plan,
  right: Plan,
  pairs: readonly KeyPair[],
): { source: Source; expressionOf: (planColumn: PlanColumn) => Expression } {
  const both = [...left.columns, ...right.columns];
  const names = new Map(both.map(({ id }) => [id, sqlName(id)]));
  const nowhere: Source = { names, render: () => '' };
  const flipped = kind === 'rightsemi' || kind === 'rightanti';
  const source: Source = {
    names,
    render(needed: ReadonlySet<number>, renderer: Renderer): string {
      const wanted = new Set(needed);
      const text = pairs.map((pair) => ({
        left: renderer.expression(pair.left, nowhere),
        right: renderer.expression(pair.right, nowhere),
      }));
      for (const { left: a, right: b } of pairs) for (const id of [...columnsOf(a), ...columnsOf(b)]) wanted.add(id);
      const distinct = kind === 'innerunique' && text.length > 0 ? `DISTINCT ON (${text.map((pair) => pair.left).join(', ')}) ` : '';
      const leftSelect = renderer.select(left, wanted);
      const leftSql = distinct === '' ? `(${leftSelect})` : `(SELECT ${distinct}* FROM (${leftSelect}))`;
      const rightSql = `(${renderer.select(right, wanted)})`;
      const condition = text.length > 0 ? text.map((pair) => `${pair.left} = ${pair.right}`).join(' AND ') : 'true';
      const [a, b] = flipped ? [rightSql, leftSql] : [leftSql, rightSql];
      return `${a} AS j${translator.ids.next()} ${keywords[kind]} ${b} AS j${translator.ids.next()} ON ${condition}`;
    },
  };
  const missingLeft = kind === 'rightouter' || kind === 'fullouter';
  const missingRight = kind === 'leftouter' || kind === 'fullouter';
  const rightIds = new Set(right.columns.map(({ id }) => id));
  return {
    source,
    expressionOf(planColumn) {
      const value = reference(planColumn);
      const mayMiss = rightIds.has(planColumn.id) ? missingRight : missingLeft;
      return mayMiss && planColumn.type === 'string' ? sql('string')`coalesce(${value}, ${nullOf('string')})` : value;
    },
  };
}

function columnsOf(expression: Expression): number[] {
  if (expression.kind === 'column') return [expression.id];
  return expression.kind === 'sql' ? expression.parts.flatMap((part) => (typeof part === 'string' ? [] : columnsOf(part))) : [];
}
