import { convert } from '../conversions';
import { type Expression, literal, sql } from '../expression';
import { re2Pattern } from '../patterns';
import type { KqlType } from '../../common/kqlTypes';
import type { Call, FunctionTable, ScalarFunction } from './registry';

function pattern(call: Call, index: number): Expression {
  return re2Pattern(call.text(index), call.nodes[index] ?? call.node, call.translator);
}

/** How many groups a constant pattern has. */
export function groupCount(text: string): number {
  return groupNames(text).length;
}

/** The names of a constant pattern's groups in order, empty for those without. */
function groupNames(text: string): string[] {
  const groups = text.replace(/\\[\s\S]/gu, '').replace(/\[\^?\]?[^\]]*\]/gu, '');
  return [...groups.matchAll(/\((?!\?)|\(\?P?<(\w+)>/gu)].map(([, name = '']) => name);
}

const extract: ScalarFunction = (call) => {
  const group = call.constant(1);
  const found = typeof group === 'bigint' ? sql('string')`regexp_extract(${call.text(2)}, ${pattern(call, 0)}, ${String(group)})` : call.unsupported('extract() with a computed group');
  const regex = call.constant(0);
  if (typeof regex === 'string' && Number(group) > groupCount(regex)) return convert(literal('string', ''), call.type);
  return convert(found, call.type);
};

const extractAll: ScalarFunction = (call) => {
  const [regexAt, textAt] = [0, call.args.length - 1];
  const regex = call.constant(regexAt);
  if (typeof regex !== 'string') return call.unsupported('extract_all() with a computed pattern');
  const count = groupCount(regex);
  const groups = call.args.length > 2 ? constantGroups(call, regex) : Array.from({ length: count }, (_, index) => index + 1);
  const text = call.text(textAt);
  if (count === 0) return call.invalid('extract_all() needs a pattern with at least one group.');
  const lists = groups.map((group) => sql('dynamic')`regexp_extract_all(${text}, ${pattern(call, regexAt)}, ${String(group)})`);
  const [first] = lists;
  if (!first) return call.unsupported('extract_all() without groups');
  if (lists.length === 1) return sql('dynamic')`kql.some_texts(${first})`;
  const rows = lists.slice(1).reduce((row, list) => sql('dynamic')`${row}, ${list}[i]`, sql('dynamic')`${first}[i]`);
  return sql('dynamic')`CASE WHEN len(${first}) = 0 THEN NULL ELSE to_json(list_transform(range(1, len(${first}) + 1), lambda i: [${rows}])) END`;
};

/** Groups by number or by name, as numbers. */
function constantGroups(call: Call, regex: string): number[] {
  const value = call.constant(1);
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : undefined;
  const names = groupNames(regex);
  const groups = (Array.isArray(parsed) ? (parsed as unknown[]) : []).map((group) => (typeof group === 'string' ? names.indexOf(group) + 1 : Number(group)));
  if (groups.length === 0) return call.unsupported('extract_all() with these groups');
  const count = groupCount(regex);
  if (!groups.every((group) => Number.isInteger(group) && group >= 1 && group <= count)) return call.invalid('extract_all() names a group that its pattern does not have.');
  return groups;
}

const replaceRegex: ScalarFunction = (call) => sql('string')`regexp_replace(${call.text(0)}, ${pattern(call, 1)}, ${replacement(call, 2)}, 'g')`;

/** In a replacement `\1` is a group in both. */
function replacement(call: Call, index: number): Expression {
  return call.text(index);
}

/** `extract_json("$.a.b", text)`, in either order of old and new spelling. */
const extractJson: ScalarFunction = (call) => {
  const path = call.constant(0);
  if (typeof path !== 'string') return call.unsupported('extract_json() with a computed path');
  const source = call.arg(1);
  const json = source.type === 'dynamic' ? source : sql('dynamic')`try_cast(${call.text(1)} AS JSON)`;
  const typed: KqlType = call.type;
  return convert(sql('dynamic')`nullif(json_extract(${json}, ${literal('string', path)}), 'null'::JSON)`, typed);
};

/** Regular expressions and paths. */
export const patternFunctions: FunctionTable = {
  extract,
  extract_all: extractAll,
  extractall: extractAll,
  replace_regex: replaceRegex,
  replace: (call) => sql('string')`regexp_replace(${call.text(2)}, ${pattern(call, 0)}, ${replacement(call, 1)}, 'g')`,
  regex_quote: (call) => sql('string')`kql.escape_pattern(${call.text(0)})`,
  indexof_regex: (call) => {
    const [start, length] = [call.optional(2, 'long') ?? literal('long', 0n), call.optional(3, 'long') ?? literal('long', -1n)];
    const occurrence = call.optional(4, 'long') ?? literal('long', 1n);
    return sql('long')`CAST(kql.index_of_regex(${call.text(0)}, ${pattern(call, 1)}, ${start}, ${length}, ${occurrence}) AS BIGINT)`;
  },
  extract_json: extractJson,
  extractjson: extractJson,
};
