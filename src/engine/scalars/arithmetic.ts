import type { KqlType } from '../../common/kqlTypes';
import { convert } from '../conversions';
import { type Expression, literal, nullOf, sql } from '../expression';
import { physicalTypes } from '../physicalTypes';
import type { ScalarInput, ScalarKind, ScalarKinds } from './registry';

const isTime = (type: KqlType): boolean => type === 'datetime' || type === 'timespan';

/** Operators on numbers and times. */
export const arithmetic: ScalarKinds = {
  AddExpression: binary('+'),
  SubtractExpression: binary('-'),
  MultiplyExpression: binary('*'),
  DivideExpression: divide,
  ModuloExpression: modulo,
  UnaryPlusExpression: ({ node, scope, translator }) => translator.scalar(node.need('Expression'), scope),
  UnaryMinusExpression({ node, scope, translator }) {
    const value = numeric(translator.scalar(node.need('Expression'), scope));
    if (value.kind === 'literal') {
      if (typeof value.value === 'bigint') return literal(value.type, -value.value);
      if (typeof value.value === 'number') return literal(value.type, -value.value);
      if (value.type === 'decimal' && typeof value.value === 'string') return literal('decimal', value.value.startsWith('-') ? value.value.slice(1) : `-${value.value}`);
    }
    return sql(value.type)`(-${value})`;
  },
};

/** Dynamic operands count as numbers. */
function numeric(value: Expression): Expression {
  return value.type === 'dynamic' ? convert(value, 'real') : value;
}

function operands({ node, scope, translator }: ScalarInput): [Expression, Expression] {
  let left = translator.scalar(node.need('Left'), scope);
  let right = translator.scalar(node.need('Right'), scope);
  if (left.type === 'dynamic') left = convert(left, isTime(right.type) ? right.type : right.type === 'long' || right.type === 'int' ? 'long' : 'real');
  if (right.type === 'dynamic') right = convert(right, isTime(left.type) ? left.type : left.type === 'long' || left.type === 'int' ? 'long' : 'real');
  return [left, right];
}

const rank: Partial<Record<KqlType, number>> = { bool: 0, int: 1, long: 2, decimal: 3, real: 4 };

/** Type of an operation on two numbers: the wider one. */
export function widerNumber(left: KqlType, right: KqlType): KqlType | undefined {
  const a = rank[left];
  const b = rank[right];
  if (a === undefined || b === undefined) return undefined;
  const wider = a >= b ? left : right;
  return wider === 'bool' ? 'long' : wider;
}

function binary(operator: '+' | '-' | '*'): ScalarKind {
  return (input) => {
    const [left, right] = operands(input);
    const { node, translator } = input;
    const number = widerNumber(left.type, right.type);
    if (number) {
      // Kusto computes int with int as long.
      const type = number === 'int' ? 'long' : number;
      const known = wholeResult(operator, left, right);
      // DuckDB takes its time over long sums of constants.
      if (type === 'long' && known !== undefined) return literal('long', known);
      if (type === 'decimal' && operator === '*') return sql('decimal')`kql.decimal_product(${widen(left, type)}, ${widen(right, type)})`;
      return sql(type)`(${widen(left, type)} ${operator} ${widen(right, type)})`;
    }
    if (operator === '*') {
      if (left.type === 'timespan' && rank[right.type] !== undefined) return scale(left, right);
      if (right.type === 'timespan' && rank[left.type] !== undefined) return scale(right, left);
      return translator.unsupported(`${left.type} * ${right.type}`, node);
    }
    const type = timeResult(operator, left.type, right.type);
    if (!type) return translator.unsupported(`${left.type} ${operator} ${right.type}`, node);
    if (left.kind === 'literal' && right.kind === 'literal') {
      if (left.value === null || right.value === null) return nullOf(type);
      const [a, b] = [BigInt(left.value), BigInt(right.value)];
      return literal(type, operator === '+' ? a + b : a - b);
    }
    return sql(type)`(${left} ${operator} ${right})`;
  };
}

/** Of two whole constants, as long as it fits. */
function wholeResult(operator: '+' | '-' | '*', left: Expression, right: Expression): bigint | undefined {
  if (left.kind !== 'literal' || right.kind !== 'literal') return undefined;
  const [a, b] = [left.value, right.value];
  if (typeof a !== 'bigint' || typeof b !== 'bigint') return undefined;
  const result = operator === '+' ? a + b : operator === '-' ? a - b : a * b;
  return BigInt.asIntN(64, result) === result ? result : undefined;
}

function timeResult(operator: '+' | '-', left: KqlType, right: KqlType): KqlType | undefined {
  if (left === 'datetime' && right === 'timespan') return 'datetime';
  if (left === 'timespan' && right === 'timespan') return 'timespan';
  if (left === 'timespan' && right === 'datetime' && operator === '+') return 'datetime';
  if (left === 'datetime' && right === 'datetime' && operator === '-') return 'timespan';
  return undefined;
}

/** Casts a number where DuckDB would compute in a narrower type. */
function widen(value: Expression, type: KqlType): Expression {
  if (value.type === type) return value;
  if (value.kind === 'literal' && typeof value.value === 'bigint') {
    if (type === 'long') return literal('long', value.value);
    if (type === 'real') return literal('real', Number(value.value));
  }
  return convert(value, type);
}

function scale(span: Expression, factor: Expression): Expression {
  if (span.kind === 'literal' && factor.kind === 'literal' && typeof span.value === 'bigint' && typeof factor.value === 'bigint') {
    return literal('timespan', span.value * factor.value);
  }
  return factor.type === 'int' || factor.type === 'long'
    ? sql('timespan')`(${span} * ${factor})`
    : sql('timespan')`CAST(trunc(${span} * CAST(${factor} AS DOUBLE)) AS BIGINT)`;
}

function divide(input: ScalarInput): Expression {
  const [left, right] = operands(input);
  const number = widerNumber(left.type, right.type);
  if (number === 'int' || number === 'long') return sql('long')`(${widen(left, 'long')} // ${widen(right, 'long')})`;
  if (number === 'decimal') return sql('decimal')`CAST(${widen(left, 'decimal')} / nullif(${widen(right, 'decimal')}, 0) AS ${physicalTypes.decimal})`;
  if (number === 'real') return sql('real')`kql.divide(${widen(left, 'real')}, ${widen(right, 'real')})`;
  if (left.type === 'timespan' && right.type === 'timespan') return sql('real')`kql.divide(CAST(${left} AS DOUBLE), CAST(${right} AS DOUBLE))`;
  if (left.type === 'timespan' && rank[right.type] !== undefined) {
    return right.type === 'int' || right.type === 'long'
      ? sql('timespan')`(${left} // ${right})`
      : sql('timespan')`CAST(trunc(${left} / CAST(${right} AS DOUBLE)) AS BIGINT)`;
  }
  return input.translator.unsupported(`${left.type} / ${right.type}`, input.node);
}

function modulo(input: ScalarInput): Expression {
  const [left, right] = operands(input);
  const number = widerNumber(left.type, right.type);
  // "The modulo of two numbers always returns in Kusto a small non-negative number", of reals as well.
  if (number === 'int' || number === 'long') return sql('long')`kql.modulo(${widen(left, 'long')}, ${widen(right, 'long')})`;
  if (number === 'real' || number === 'decimal') return sql(number)`kql.modulo(${widen(left, number)}, ${widen(right, number)})`;
  if (left.type === 'timespan' && right.type === 'timespan') return sql('timespan')`kql.modulo(${left}, ${right})`;
  if (left.type === 'datetime' && right.type === 'timespan') return sql('timespan')`kql.modulo(${left}, ${right})`;
  return input.translator.unsupported(`${left.type} % ${right.type}`, input.node);
}
