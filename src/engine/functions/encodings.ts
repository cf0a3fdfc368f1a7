import { literal, sql } from '../expression';
import type { FunctionTable, ScalarFunction } from './registry';

const decodeText: ScalarFunction = (call) => sql('string')`kql.base64_text(${call.text(0)})`;
const encodeText: ScalarFunction = (call) => sql('string')`base64(encode(${call.text(0)}))`;
const percentEncoded: ScalarFunction = (call) => sql('string')`url_encode(${call.text(0)})`;

/** Encodings and digests. */
export const encodingFunctions: FunctionTable = {
  base64_decode_tostring: decodeText,
  base64_decodestring: decodeText,
  base64_encode_tostring: encodeText,
  base64_encodestring: encodeText,
  base64_decode_toarray: (call) => sql('dynamic')`kql.base64_bytes(${call.text(0)})`,
  base64_encode_fromarray: (call) => sql('string')`kql.bytes_base64(${call.as(0, 'dynamic')})`,
  base64_decode_toguid: (call) => sql('guid')`kql.base64_guid(${call.text(0)})`,
  base64_encode_fromguid: (call) => sql('string')`kql.guid_base64(${call.text(0)})`,
  url_encode: percentEncoded,
  url_encode_component: percentEncoded,
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
