import type { KqlNode } from '../../kql/node';
import { type Expression, literal, nullOf } from '../expression';
import { parseDatetime } from '../datetimeText';
import { parseReal, parseTimespan, parseWhole } from '../literalText';
import type { Translator } from '../translator';
import { dynamicLiteral } from '../dynamicLiteral';
import type { ScalarKinds } from './registry';

/** The text between the parentheses of `datetime(…)`, or all of it. */
function inner(text: string): string {
  const match = /^[a-z_]+\s*\(([\s\S]*)\)$/iu.exec(text.trim());
  const content = (match?.[1] ?? text).trim();
  return /^(["']).*\1$/su.test(content) ? content.slice(1, -1) : content;
}

function whole(node: KqlNode, type: 'int' | 'long', translator: Translator): Expression {
  const text = inner(node.text);
  if (text.toLowerCase() === 'null') return nullOf(type);
  const value = parseWhole(text);
  if (value === undefined) return translator.invalid(`"${node.text}" is no ${type}.`, node);
  const fits = type === 'int' ? BigInt.asIntN(32, value) === value : BigInt.asIntN(64, value) === value;
  return fits ? literal(type, value) : translator.invalid(`"${node.text}" does not fit ${type}.`, node);
}

/** Does a decimal number keep all its digits in the physical type? */
function fitsDecimal(text: string): boolean {
  const [digits = '', exponent = '0'] = text.toLowerCase().replace(/^[-+]/u, '').split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const shift = Number(exponent);
  return whole.replace(/^0+/u, '').length + shift <= 28 && fraction.replace(/0+$/u, '').length - shift <= 10;
}

/** Literal syntax. Values are read from the text: the library's own are wrong for some (timespans with fractions, hexadecimal). */
export const literals: ScalarKinds = {
  LongLiteralExpression: ({ node, translator }) => whole(node, 'long', translator),
  IntLiteralExpression: ({ node, translator }) => whole(node, 'int', translator),
  RealLiteralExpression({ node, translator }) {
    const text = inner(node.text);
    if (text.toLowerCase() === 'null') return nullOf('real');
    const value = parseReal(text);
    return value === undefined ? translator.invalid(`"${node.text}" is no real.`, node) : literal('real', value);
  },
  DecimalLiteralExpression({ node, translator }) {
    const text = inner(node.text);
    if (text.toLowerCase() === 'null') return nullOf('decimal');
    if (!/^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/iu.test(text)) return translator.invalid(`"${node.text}" is no decimal.`, node);
    return fitsDecimal(text) ? literal('decimal', text) : translator.unsupported('a decimal with more than 28 digits before the point or 10 after it', node);
  },
  BooleanLiteralExpression({ node, translator }) {
    const text = inner(node.text).toLowerCase();
    if (text === 'null') return nullOf('bool');
    if (text === 'true' || text === '1') return literal('bool', true);
    if (text === 'false' || text === '0') return literal('bool', false);
    return translator.invalid(`"${node.text}" is no bool.`, node);
  },
  DateTimeLiteralExpression({ node, translator }) {
    const text = inner(node.text);
    if (text.toLowerCase() === 'null') return nullOf('datetime');
    // "datetime() returns the current time."
    if (text === '') return literal('datetime', translator.now);
    const value = parseDatetime(text);
    return value === undefined ? translator.unsupported(`the datetime spelling "${text}"`, node, 'Write it as 2024-05-31 or 2024-05-31T10:00:00Z.') : literal('datetime', value);
  },
  TimespanLiteralExpression({ node, translator }) {
    const text = inner(node.text);
    if (text.toLowerCase() === 'null') return nullOf('timespan');
    const value = parseTimespan(text);
    return value === undefined ? translator.invalid(`"${node.text}" is no timespan.`, node) : literal('timespan', value);
  },
  GuidLiteralExpression({ node, translator }) {
    const text = inner(node.text);
    if (text.toLowerCase() === 'null') return nullOf('guid');
    const digits = text.replaceAll('-', '').toLowerCase();
    return /^[0-9a-f]{32}$/u.test(digits) ? literal('guid', digits.replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-')) : translator.invalid(`"${text}" is no guid.`, node);
  },
  StringLiteralExpression: ({ node }) => literal('string', node.literalText ?? ''),
  CompoundStringLiteralExpression: ({ node }) => literal('string', node.literalText ?? ''),
  DynamicExpression: ({ node, translator }) => dynamicLiteral(node.need('Expression'), translator),
  TypeOfLiteralExpression: ({ node }) => literal('string', node.text),
  NullLiteralExpression: () => nullOf('dynamic'),
  ParenthesizedExpression: ({ node, scope, translator }) => translator.scalar(node.need('Expression'), scope),
  SimpleNamedExpression: ({ node, scope, translator }) => translator.scalar(node.need('Expression'), scope),
};
