import { type Expression, literal, sql, sqlList } from '../expression';
import { inType } from './conditionals';
import type { Call, FunctionTable, ScalarFunction } from './registry';

/** Parts joined; nothing is null on the way. */
const strcat: ScalarFunction = (call) =>
  sqlList(
    'string',
    '(',
    call.args.map((_, index) => call.text(index)),
    ')',
    ' || ',
  );

const substring: ScalarFunction = (call) => {
  const start = call.as(1, 'long');
  const length = call.optional(2, 'long');
  return length
    ? sql('string')`kql.substring_of(${call.text(0)}, ${start}, ${length})`
    : sql('string')`kql.rest_of(${call.text(0)}, ${start})`;
};

const trimmed =
  (head: string, tail: string): ScalarFunction =>
  (call) => {
    const pattern = call.text(0);
    const body = sql('string')`'(?:' || ${pattern} || ')'`;
    const ends = [head && sql('string')`'^' || ${body}`, tail && sql('string')`${body} || '$'`].filter((end) => end !== '');
    return ends.reduce((text: Expression, end) => sql('string')`regexp_replace(${text}, ${end}, '')`, call.text(1));
  };

/** Position from `start` on, at most `length` characters, the `occurrence`th; -1 when there is none. */
const indexOf: ScalarFunction = (call) => {
  if (call.args.length === 2) return sql('long', { notNull: true })`CAST(instr(${call.text(0)}, ${call.text(1)}) - 1 AS BIGINT)`;
  const start = call.as(2, 'long');
  const length = call.optional(3, 'long') ?? literal('long', -1n);
  const occurrence = call.optional(4, 'long') ?? literal('long', 1n);
  return sql('long')`kql.index_of(${call.text(0)}, ${call.text(1)}, ${start}, ${length}, ${occurrence})`;
};

function joined(call: Call): Expression {
  return sql('string')`kql.join_array(${call.as(0, 'dynamic')}, ${call.text(1)})`;
}

const replaceText: ScalarFunction = (call) =>
  sql('string')`CASE WHEN ${call.text(1)} = '' THEN ${call.text(0)} ELSE replace(${call.text(0)}, ${call.text(1)}, ${call.text(2)}) END`;

/** Functions on text. Lengths and positions count characters. */
export const stringFunctions: FunctionTable = {
  tolower: (call) => sql('string')`lower(${call.text(0)})`,
  toupper: (call) => sql('string')`upper(${call.text(0)})`,
  strlen: (call) => sql('long', { notNull: true })`length(${call.text(0)})`,
  string_size: (call) => sql('long', { notNull: true })`CAST(strlen(${call.text(0)}) AS BIGINT)`,
  strcat,
  strcat_delim: (call) => {
    const parts = call.args.slice(1).map((_, index) => call.text(index + 1));
    return parts.reduce((text, part) => sql('string')`${text} || ${call.text(0)} || ${part}`);
  },
  strcat_array: joined,
  array_strcat: joined,
  // At most 1024 times.
  strrep: (call) => {
    const delimiter = call.optional(2, 'string');
    const times = sql('long')`least(greatest(${call.as(1, 'long')}, 0), 1024)`;
    return delimiter
      ? sql(
          'string',
        )`coalesce(array_to_string(list_resize([]::VARCHAR[], CAST(${times} AS UBIGINT), ${call.text(0)}), ${delimiter}), '')`
      : sql('string')`coalesce(repeat(${call.text(0)}, ${times}), '')`;
  },
  strcmp: (call) =>
    sql('int')`CASE WHEN ${call.text(0)} < ${call.text(1)} THEN -1 WHEN ${call.text(0)} > ${call.text(1)} THEN 1 ELSE 0 END`,
  substring,
  reverse: (call) => sql('string')`reverse(${call.text(0)})`,
  trim: trimmed('^', '$'),
  trim_start: trimmed('^', ''),
  trim_end: trimmed('', '$'),
  indexof: indexOf,
  countof: (call) => {
    const kind = call.constant(2) ?? 'normal';
    if (kind === 'regex') return sql('long', { notNull: true })`CAST(len(regexp_extract_all(${call.text(0)}, ${call.text(1)})) AS BIGINT)`;
    return sql('long', { notNull: true })`kql.count_of(${call.text(0)}, ${call.text(1)})`;
  },
  split: (call) => {
    const parts = sql('dynamic')`kql.split_text(${call.text(0)}, ${call.text(1)})`;
    const index = call.optional(2, 'long');
    return index
      ? sql('dynamic', {
          notNull: true,
        })`to_json(CASE WHEN ${index} BETWEEN 0 AND len(${parts}) - 1 THEN [${parts}[${index} + 1]] ELSE [] END)`
      : sql('dynamic', { notNull: true, origin: { name: 'split', args: [call.text(0), call.text(1)] } })`to_json(${parts})`;
  },
  replace_string: replaceText,
  replace_strings: (call) =>
    sql('string')`kql.replace_all(${call.text(0)}, kql.texts(${call.as(1, 'dynamic')}), kql.texts(${call.as(2, 'dynamic')}))`,
  translate: (call) => sql('string')`kql.translate_text(${call.text(2)}, ${call.text(0)}, ${call.text(1)})`,
  unicode_codepoints_from_string: (call) =>
    sql('dynamic')`to_json(list_transform(string_split(${call.text(0)}, ''), lambda c: unicode(c)))`,
  to_utf8: (call) =>
    sql(
      'dynamic',
    )`to_json(CASE WHEN ${call.text(0)} = '' THEN [] ELSE list_transform(string_split(${call.text(0)}, ''), lambda c: unicode(c)) END)`,
  make_string: (call) => {
    const parts = call.args.map((value) => (value.type === 'dynamic' ? value : sql('dynamic')`to_json([${inType(value, 'long')}])`));
    return parts
      .map(
        (part): Expression =>
          sql('string')`coalesce(array_to_string(list_transform(kql.texts(${part}), lambda c: chr(CAST(c AS INTEGER))), ''), '')`,
      )
      .reduce((text, part) => sql('string')`(${text} || ${part})`);
  },
  isascii: (call) => sql('bool', { notNull: true })`regexp_full_match(${call.text(0)}, '[\\x00-\\x7f]*')`,
  isutf8: () => literal('bool', true),
  parse_csv: (call) => sql('dynamic')`kql.parse_csv(${call.text(0)})`,
  parse_version: (call) => sql('decimal')`kql.parse_version(${call.text(0)})`,
  parse_path: (call) => sql('dynamic')`kql.parse_path(${call.text(0)})`,
  parse_url: (call) => sql('dynamic')`kql.parse_url(${call.text(0)})`,
  parseurl: (call) => sql('dynamic')`kql.parse_url(${call.text(0)})`,
  parse_urlquery: (call) => sql('dynamic')`kql.parse_url_query(${call.text(0)})`,
  parseurlquery: (call) => sql('dynamic')`kql.parse_url_query(${call.text(0)})`,
  parse_command_line: (call) => {
    if (String(call.constant(1)).toLowerCase() !== 'windows') return call.unsupported('parse_command_line() for this parser type');
    return sql('dynamic')`kql.command_line(${call.text(0)})`;
  },
};
