import type { KqlNode } from '../../kql/node';
import { convert } from '../conversions';
import { type Expression, literal, nullOf, sql } from '../expression';
import { newColumn, type PlanColumn, project, reference } from '../plan';
import { escapePattern } from '../terms';
import { outputColumns } from './outputs';
import type { Operator } from './registry';

/** `parse-kv`: the wanted keys of a text of pairs; the first of equal keys counts. */
export const parseKv: Operator = (operator) => {
  const { node, input, scope, translator } = operator;
  const declared = outputColumns(operator);
  const text = convert(translator.scalar(node.need('Expression'), scope), 'string');
  const options = new Map(
    (node.child('WithClause')?.list('Properties') ?? []).map((property): [string, string] => [property.need('Name').simpleName ?? '', valueOf(property.need('Expression'))]),
  );
  const keys = node.need('Keys').list('Columns').map((column) => ({ name: column.need('Name').simpleName ?? '', type: column.need('Name').scalarType ?? 'string' }));
  const regex = options.get('regex');
  const values = keys.map(({ name, type }) => {
    const found = regex === undefined ? delimited(text, name, options, keys.map((key) => key.name)) : byRegex(text, name, regex);
    return { name, value: type === 'string' ? found : sql(type)`CASE WHEN ${found} = '' THEN ${nullOf(type)} ELSE ${convert(found, type)} END` };
  });
  const columns = declared.map(({ name, type }): PlanColumn => {
    const parsed = values.findLast((value) => value.name === name);
    if (parsed) return newColumn(translator.ids, name, type, convert(parsed.value, type));
    const existing = input.columns.find((planColumn) => planColumn.name === name);
    return existing ? { ...existing, expression: reference(existing) } : translator.unsupported(`the column ${name} here`, node);
  });
  return project(input, columns, translator.ids);
};

function valueOf(node: KqlNode): string {
  return node.literalText ?? node.text;
}

/** `key=value, key=value`, values maybe in quotes. */
function delimited(text: Expression, key: string, options: ReadonlyMap<string, string>, keys: readonly string[]): Expression {
  const pair = options.get('pair_delimiter') ?? '';
  const between = options.has('kv_delimiter') ? escapePattern(options.get('kv_delimiter') ?? '') : '[^\\pL\\pN_]+';
  const quotes = options.get('quote') ?? '';
  const open = escapePattern(quotes[0] ?? '');
  const close = escapePattern(quotes.at(-1) ?? '');
  const greedy = options.get('greedy')?.toLowerCase() === 'true';
  const separator = pair === '' ? '[^\\pL\\pN_]' : escapePattern(pair);
  const head = `(?s)(?:^|${separator})\\s*${quotes === '' ? '' : `${open}?`}${escapePattern(key)}${quotes === '' ? '' : `${close}?`}\\s*${between}`;
  const others = keys.map(escapePattern).join('|');
  const end = greedy ? `(?:${separator}\\s*(?:${others})\\s*${between}|$)` : `(?:${separator}|$)`;
  const plain = sql('string')`regexp_extract(${text}, ${literal('string', `${head}(.*?)${end}`)}, 1)`;
  if (quotes === '') return plain;
  const escape = escapePattern(options.get('escape') ?? '');
  const inside = escape === '' ? '.*?' : `(?:${escape}.|[^${classOf(quotes.at(-1) ?? '')}${classOf(options.get('escape') ?? '')}])*`;
  const quoted = literal('string', `${head}\\s*${open}(${inside})${close}`);
  const taken = sql('string')`regexp_extract(${text}, ${quoted}, 1)`;
  const value = escape === '' ? taken : sql('string')`regexp_replace(${taken}, ${literal('string', `(?s)${escape}(.)`)}, '\\1', 'g')`;
  return sql('string')`CASE WHEN regexp_matches(${text}, ${quoted}) THEN ${value} ELSE ${plain} END`;
}

/** A character inside `[^…]`. */
const classOf = (character: string): string => character.replace(/[\\\]^-]/gu, '\\$&');

/** A pattern with two groups: key and value. */
function byRegex(text: Expression, key: string, regex: string): Expression {
  const pattern = literal('string', regex);
  return sql('string')`coalesce(regexp_extract_all(${text}, ${pattern}, 2)[list_position(regexp_extract_all(${text}, ${pattern}, 1), ${literal('string', key)})], '')`;
}
