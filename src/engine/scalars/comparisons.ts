import type { KqlType } from '../../common/kqlTypes';
import { convert, dynamicText } from '../conversions';
import { asCondition, type Expression, isNullable, literal, sql } from '../expression';
import { widerNumber } from './arithmetic';
import type { ScalarInput, ScalarKind, ScalarKinds } from './registry';

/** Equality, order, logic. */
export const comparisons: ScalarKinds = {
  EqualExpression: (input) => equal(...comparable(input)),
  NotEqualExpression: (input) => notEqual(...comparable(input)),
  LessThanExpression: ordered('<'),
  LessThanOrEqualExpression: ordered('<='),
  GreaterThanExpression: ordered('>'),
  GreaterThanOrEqualExpression: ordered('>='),
  AndExpression: logical('AND'),
  OrExpression: logical('OR'),
  BetweenExpression: (input) => between(input),
  NotBetweenExpression: (input) => sql('bool')`(NOT ${between(input)})`,
};

function logical(operator: 'AND' | 'OR'): ScalarKind {
  return ({ node, scope, translator }) => {
    const left = bool(translator.scalar(node.need('Left'), scope));
    const right = bool(translator.scalar(node.need('Right'), scope));
    const condition = sql('bool')`(${asCondition(left)} ${operator} ${asCondition(right)})`;
    return sql('bool', { condition, notNull: !isNullable(left) && !isNullable(right) })`(${left} ${operator} ${right})`;
  };
}

/** Numbers and dynamic values stand for truth values, too. */
export function bool(value: Expression): Expression {
  return value.type === 'bool' ? value : convert(value, 'bool');
}

/** Two values brought to a type in which they compare. */
export function comparable({ node, scope, translator }: ScalarInput, leftName = 'Left', rightName = 'Right'): [Expression, Expression] {
  const left = translator.scalar(node.need(leftName), scope);
  const right = translator.scalar(node.need(rightName), scope);
  return alike(left, right) ?? translator.invalid(`Cannot compare values of types ${left.type} and ${right.type}. Try adding explicit casts.`, node);
}

/** Two values in one type; undefined when they do not compare. */
export function alike(left: Expression, right: Expression): [Expression, Expression] | undefined {
  if (left.type === right.type) return [left, right];
  if (left.kind === 'literal' && left.value === null && left.type === 'dynamic') return [literal(right.type, null), right];
  if (right.kind === 'literal' && right.value === null && right.type === 'dynamic') return [left, literal(left.type, null)];
  if (left.type === 'dynamic') return [fromDynamic(left, right.type), right];
  if (right.type === 'dynamic') return [left, fromDynamic(right, left.type)];
  const number = widerNumber(left.type, right.type);
  if (number) return [left, right];
  if (left.type === 'string' || right.type === 'string') {
    const other = left.type === 'string' ? right.type : left.type;
    if (other === 'guid') return [convert(left, 'string'), convert(right, 'string')];
    // Kusto reads a string constant as the other side's type.
    const [a, b] = left.type === 'string' ? [convert(left, other), right] : [left, convert(right, other)];
    return left.kind === 'literal' || right.kind === 'literal' ? [a, b] : undefined;
  }
  return undefined;
}

function fromDynamic(value: Expression, type: KqlType): Expression {
  // The text of a null is NULL here, so that it equals nothing.
  if (type === 'string') return dynamicText(value);
  return convert(value, type === 'int' ? 'long' : type);
}

/** `==`: false when one side is null, null when both are. */
export function equal(left: Expression, right: Expression): Expression {
  const plain = sql('bool', { notNull: true })`(${left} = ${right})`;
  const [a, b] = [isNullable(left), isNullable(right)];
  if (!a && !b) return plain;
  if (!a || !b) return sql('bool', { condition: plain, notNull: true })`(${left} IS NOT DISTINCT FROM ${right})`;
  return sql('bool', { condition: plain })`CASE WHEN ${left} IS NULL AND ${right} IS NULL THEN NULL ELSE ${left} IS NOT DISTINCT FROM ${right} END`;
}

/** `!=`: true when one side is null, null when both are. */
export function notEqual(left: Expression, right: Expression): Expression {
  const [a, b] = [isNullable(left), isNullable(right)];
  if (!a && !b) return sql('bool', { notNull: true })`(${left} <> ${right})`;
  const distinct = sql('bool', { notNull: true })`(${left} IS DISTINCT FROM ${right})`;
  if (!a || !b) return distinct;
  return sql('bool', { condition: distinct })`CASE WHEN ${left} IS NULL AND ${right} IS NULL THEN NULL ELSE ${left} IS DISTINCT FROM ${right} END`;
}

function ordered(operator: '<' | '<=' | '>' | '>='): ScalarKind {
  return (input) => {
    const [left, right] = comparable(input);
    return sql('bool', { notNull: !isNullable(left) && !isNullable(right) })`(${left} ${operator} ${right})`;
  };
}

/** `x between (a .. b)`; with a datetime and a timespan, b is added to a. */
function between({ node, scope, translator }: ScalarInput): Expression {
  const value = translator.scalar(node.need('Left'), scope);
  const couple = node.need('Right');
  const first = translator.scalar(couple.need('First'), scope);
  let second = translator.scalar(couple.need('Second'), scope);
  if (first.type === 'datetime' && second.type === 'timespan') {
    second =
      first.kind === 'literal' && second.kind === 'literal' && typeof first.value === 'bigint' && typeof second.value === 'bigint'
        ? literal('datetime', first.value + second.value)
        : sql('datetime')`(${first} + ${second})`;
  }
  const low = alike(value, first);
  const high = alike(value, second);
  if (!low || !high) return translator.invalid(`Cannot compare values of types ${value.type} and ${first.type}.`, node);
  return sql('bool')`(${low[0]} >= ${low[1]} AND ${high[0]} <= ${high[1]})`;
}
