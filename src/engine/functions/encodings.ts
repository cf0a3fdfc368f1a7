import { convert } from '../conversions';
import { type Expression, literal, sql } from '../expression';
import type { Call, FunctionTable, ScalarFunction } from './registry';

const decodeText: ScalarFunction = (call) => sql('string')`kql.base64_text(${call.text(0)})`;
const encodeText: ScalarFunction = (call) => sql('string')`base64(encode(${call.text(0)}))`;

/**
 * xxHash64 of the value's bytes: the documentation's examples show it for strings (UTF-8) and datetimes (eight bytes of ticks). Long and
 * timespan have the same eight bytes; for other types the bytes are our choice, and the query says so.
 */
function hashed(call: Call): Expression {
  const value = call.arg(0);
  const { type } = value;
  const isPublished = type === 'string' || type === 'datetime' || type === 'timespan' || type === 'long';
  if (!isPublished) call.translator.warnings.push(`${call.name}() of a ${type}: which bytes Azure hashes is not published, so its number may be another one.`);
  const inTicks = type === 'datetime' || type === 'timespan';
  const argument = inTicks ? sql('string', { notNull: false })`CAST(${value} AS VARCHAR)` : convert(value, 'string');
  const hash = sql('long')`CAST(routine_xxhash64(${argument}, ${literal('string', type)}) AS BIGINT)`;
  const modulo = call.optional(1, 'long');
  return modulo ? sql('long')`kql.modulo(${hash}, ${modulo})` : hash;
}

/** Of the value's text, as the documentation's example of a datetime shows. */
const digest =
  (name: 'md5' | 'sha1' | 'sha256'): ScalarFunction =>
  (call) =>
    sql('string')`${name}(${call.text(0)})`;

/** Encodings and digests. */
export const encodingFunctions: FunctionTable = {
  base64_decode_tostring: decodeText,
  base64_decodestring: decodeText,
  base64_encode_tostring: encodeText,
  base64_encodestring: encodeText,
  base64_decode_toarray: (call) => sql('dynamic')`kql.base64_bytes(${call.text(0)})`,
  base64_encode_fromarray: (call) => sql('string')`coalesce(routine_bytes_base64(CAST(${call.as(0, 'dynamic')} AS VARCHAR)), '')`,
  base64_encode_fromguid: (call) => sql('string')`coalesce(routine_guid_base64(CAST(${call.as(0, 'guid')} AS VARCHAR)), '')`,
  base64_decode_toguid: (call) => sql('guid')`try_cast(routine_base64_guid(${call.text(0)}) AS UUID)`,
  hash_xxhash64: (call) => hashed(call),
  hash: (call) => hashed(call),
  url_encode: (call) => sql('string')`replace(kql.url_encoded(${call.text(0)}), '%20', '+')`,
  url_encode_component: (call) => sql('string')`kql.url_encoded(${call.text(0)})`,
  url_decode: (call) => sql('string')`coalesce(try(url_decode(${call.text(0)})), ${call.text(0)})`,
  hash_md5: digest('md5'),
  hash_sha1: digest('sha1'),
  hash_sha256: digest('sha256'),
  new_guid: () => sql('guid')`uuid()`,
  // The data here is as old as the row: the engine keeps no time of arrival.
  ingestion_time: (call) => {
    const time = call.scope.rows?.find('TimeGenerated') ?? call.scope.rows?.find('Timestamp');
    return time?.type === 'datetime' ? time : literal('datetime', null);
  },
};
