import type { KqlNode } from '../kql/node';
import { type Expression, literal, nullOf } from './expression';
import { parseDatetime } from './datetimeText';
import { parseReal, parseTimespan, parseWhole } from './literalText';
import type { Translator } from './translator';
import { datetimeText, timespanText } from './wire';

/** The value of `dynamic(…)`: JSON, in which KQL's own literals are allowed. */
export function dynamicLiteral(node: KqlNode, translator: Translator): Expression {
  const json = jsonOf(node, translator);
  return json === 'null' ? nullOf('dynamic') : literal('dynamic', json);
}

function jsonOf(node: KqlNode, translator: Translator): string {
  switch (node.kind) {
    case 'JsonObjectExpression':
      return `{${node
        .list('Pairs')
        .map((pair) => `${JSON.stringify(pair.need('Name').tokenValue)}:${jsonOf(pair.need('Value'), translator)}`)
        .join(',')}}`;
    case 'JsonArrayExpression':
      return `[${node.list('Values').map((value) => jsonOf(value, translator)).join(',')}]`;
    case 'StringLiteralExpression':
    case 'CompoundStringLiteralExpression':
      return JSON.stringify(node.literalText ?? '');
    case 'BooleanLiteralExpression':
      return node.text.toLowerCase().includes('true') ? 'true' : node.text.toLowerCase().includes('false') ? 'false' : 'null';
    case 'NullLiteralExpression':
      return 'null';
    case 'LongLiteralExpression':
    case 'IntLiteralExpression':
      return String(parseWhole(inner(node)) ?? 'null');
    case 'RealLiteralExpression':
      return realJson(parseReal(inner(node)), node);
    case 'UnaryMinusExpression': {
      const value = jsonOf(node.need('Expression'), translator);
      return value.startsWith('-') ? value.slice(1) : `-${value}`;
    }
    case 'DateTimeLiteralExpression': {
      if (/^null$/iu.test(inner(node))) return 'null';
      const ticks = parseDatetime(inner(node));
      return ticks === undefined ? translator.unsupported(`the datetime spelling ${node.text}`, node) : JSON.stringify(datetimeText(ticks));
    }
    case 'TimespanLiteralExpression': {
      if (/^null$/iu.test(inner(node))) return 'null';
      const ticks = parseTimespan(inner(node));
      return ticks === undefined ? translator.invalid(`"${node.text}" is no timespan.`, node) : JSON.stringify(timespanText(ticks));
    }
    case 'GuidLiteralExpression':
      return JSON.stringify(inner(node).toLowerCase());
    case 'DynamicExpression':
    case 'ParenthesizedExpression':
      return jsonOf(node.need('Expression'), translator);
    default:
      return translator.unsupported(`${node.text} inside dynamic()`, node);
  }
}

function realJson(value: number | undefined, node: KqlNode): string {
  if (value === undefined) return 'null';
  if (!Number.isFinite(value)) return JSON.stringify(Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity');
  return /^-?\d+\.0$/u.test(node.text) ? node.text : Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(1) : String(value);
}

function inner(node: KqlNode): string {
  const text = (/\(([\s\S]*)\)$/u.exec(node.text)?.[1] ?? node.text).trim();
  return /^(["']).*\1$/su.test(text) ? text.slice(1, -1) : text;
}
