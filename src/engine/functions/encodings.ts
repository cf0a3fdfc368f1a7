import { type Expression, literal, sql } from '../expression';
import type { Call, FunctionTable, ScalarFunction } from './registry';

const decodeText: ScalarFunction = (call) => sql('string')`kql.base64_text(${call.text(0)})`;
const encodeText: ScalarFunction = (call) => sql('string')`base64(encode(${call.text(0)}))`;

/** Of strings alone: what Kusto hashes of other types is not documented. */
function hashed(call: Call): Expression {
  if (call.arg(0).type !== 'string') return call.unsupported(`${call.name}() of a ${call.arg(0).type}`);
  const hash = sql('long')`CAST(routine_xxhash64(${call.text(0)}) AS BIGINT)`;
  const modulo = call.optional(1, 'long');
  return modulo ? sql('long')`kql.modulo(${hash}, ${modulo})` : hash;
}

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
  hash_md5: (call) => sql('string')`md5(${call.text(0)})`,
  hash_sha1: (call) => sql('string')`sha1(${call.text(0)})`,
  hash_sha256: (call) => sql('string')`sha256(${call.text(0)})`,
  new_guid: () => sql('guid')`uuid()`,
  // The data here is as old as the row: the engine keeps no time of arrival.
  ingestion_time: (call) => {
    const time = call.scope.rows?.find('TimeGenerated') ?? call.scope.rows?.find('Timestamp');
    return time?.type === 'datetime' ? time : literal('datetime', null);
  },
};
