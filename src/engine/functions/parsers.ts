import { convert } from '../conversions';
import { sql, sqlList } from '../expression';
import type { FunctionTable, ScalarFunction } from './registry';

/** Text put through a routine; what it cannot read is the empty string. */
const text =
  (routine: string): ScalarFunction =>
  (call) =>
    sql('string')`coalesce(routine_${routine}(${call.text(0)}), '')`;

const parseXml: ScalarFunction = (call) => sql('dynamic')`CAST(routine_parse_xml(${call.text(0)}) AS JSON)`;

const parseUserAgent: ScalarFunction = (call) => {
  const wanted = call.arg(1);
  const names = wanted.type === 'dynamic' ? sql('string')`CAST(${wanted} AS VARCHAR)` : convert(wanted, 'string');
  return sql('dynamic')`CAST(routine_parse_user_agent(${call.text(0)}, ${names}) AS JSON)`;
};

/** Formats that need a real parser. */
export const parserFunctions: FunctionTable = {
  parse_xml: parseXml,
  parsexml: parseXml,
  parse_user_agent: parseUserAgent,
  gzip_compress_to_base64_string: text('gzip'),
  zlib_compress_to_base64_string: text('deflate'),
  gzip_decompress_from_base64_string: text('gunzip'),
  zlib_decompress_from_base64_string: text('inflate'),
  punycode_from_string: text('punycode_encode'),
  punycode_to_string: text('punycode_decode'),
  // As the documentation has it: the encoded domain goes in, the readable one comes out; and the other way round.
  punycode_domain_from_string: text('punycode_domain_decode'),
  punycode_domain_to_string: text('punycode_domain_encode'),
  unicode_codepoints_to_string: (call) => {
    const lists = call.args.map((value) => (value.type === 'dynamic' ? sql('dynamic')`kql.texts(${value})` : sql('dynamic')`[${convert(value, 'string')}]`));
    return sql('string')`coalesce(kql.text_of_points(${sqlList('dynamic', 'flatten([', lists, '])')}), '')`;
  },
};
