/** Encodings, digests, formats of bytes. Expected values are the documentation's examples unless a remark says otherwise. */
import { openEngine, values } from './expressions';

const engine = openEngine();

values(engine, 'base64', [
  ['base64_encode_tostring("Kusto")', 'S3VzdG8='],
  ['base64_decode_tostring("S3VzdG8=")', 'Kusto'],
  ['base64_decode_tostring("S3VzdG8x")', 'Kusto1'],
  // Not base64, and bytes that are no UTF-8: empty.
  ['base64_decode_tostring("!!")', ''],
  ['base64_decode_tostring("gICA")', ''],
  ['base64_decode_toarray("S3VzdG8=")', '[75,117,115,116,111]'],
  ['base64_encode_fromarray(dynamic([75,117,115,116,111]))', 'S3VzdG8='],
  ['base64_encode_fromguid(toguid("ae3133f2-6e22-49ae-b06a-16e6a9b212eb"))', '8jMxriJurkmwahbmqbIS6w=='],
  // Both directions have the same order of bytes.
  ['base64_decode_toguid("8jMxriJurkmwahbmqbIS6w==")', 'ae3133f2-6e22-49ae-b06a-16e6a9b212eb'],
  ['base64_decode_toguid("abcd1231")', null],
]);

values(engine, 'digests', [
  ['hash_md5("World")', 'f5a7924e621e84c9280a9a27e1bcb7f6'],
  ['hash_md5(datetime(2020-01-01))', '786c530672d1f8db31fee25ea8a9390b'],
  ['hash_sha1("World")', '70c07ec18ef89c5309bbb0937f3a6342411e1fdd'],
  ['hash_sha256("World")', '78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524'],
  ['hash_sha256(datetime(2020-01-01))', 'ba666752dc1a20eb750b0eb64e780cc4c968bc9fb8813461c1d7e750f302d71d'],
  ['hash("World")', '1846988464401551951'],
  ['hash("World", 100)', 51],
  ['hash(datetime("2015-01-01"))', '1380966698541616202'],
  ['hash_xxhash64("World", 100)', 51],
]);

values(engine, 'compression', [
  ['gzip_compress_to_base64_string("1234567890qwertyuiop")', 'H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA=='],
  ['zlib_compress_to_base64_string("1234567890qwertyuiop")', 'eAEBFADr/zEyMzQ1Njc4OTBxd2VydHl1aW9wOAkGdw=='],
  ['gzip_decompress_from_base64_string(gzip_compress_to_base64_string(strrep("ä ", 3)))', 'ä ä ä '],
  ['zlib_decompress_from_base64_string(zlib_compress_to_base64_string(strrep("long ", 5)))', 'long long long long long '],
  ['gzip_decompress_from_base64_string("x0x0x0")', ''],
]);

values(engine, 'addresses and names', [
  ['url_encode("https://www.bing.com/hello world")', 'https%3a%2f%2fwww.bing.com%2fhello+world'],
  ['url_encode_component("a b/ä")', 'a%20b%2f%c3%a4'],
  ['url_decode("https%3a%2f%2fwww.bing.com%2f")', 'https://www.bing.com/'],
  ['punycode_from_string("académie-française")', 'acadmie-franaise-npb1a'],
  ['punycode_to_string("acadmie-franaise-npb1a")', 'académie-française'],
  ['parse_url("https://u:p@h:1/a/b?k=v#f").["Query Parameters"]', '{"k":"v"}'],
  // Real queries take the segments of the path from 1 on: it keeps its slash.
  ['tostring(parse_url("https://graph.microsoft.com/v1.0/users").Path)', '/v1.0/users'],
]);

values(engine, 'formats', [
  ['format_bytes(564)', '564 Bytes'],
  ['format_bytes(10332, 1)', '10.1 KB'],
  ['format_bytes(8000000, 2, "MB")', '7.63 MB'],
  ['format_ipv4("192.168.1.255", 24)', '192.168.1.0'],
  ['format_ipv4_mask("192.168.1.255", 24)', '192.168.1.0/24'],
  ['strcat_delim("-", 1, "A", 13s)', '1-A-00:00:13'],
  ['parse_csv("aaa,\\"b,b\\",\\"c\\"\\"c\\"")', '["aaa","b,b","c\\"c"]'],
  ['parse_command_line("echo \\"hello world!\\"", "windows")', '["echo","hello world!"]'],
  ['unicode_codepoints_to_string(dynamic([75, 117, 115]), 116, 111)', 'Kusto'],
  // "If any argument isn't a valid Unicode codepoint": nothing.
  ['unicode_codepoints_to_string(75, 55296)', ''],
  // "If multiplier is more than the maximal allowed value of 1024, the input string will be repeated 1024 times."
  ['strlen(strrep("ab", 2000))', 2048],
  ['translate("krasp", "otsku", "spark")', 'kusto'],
]);

values(engine, 'the text of numbers', [
  ['tostring(1.0)', '1'],
  ['tostring(0.1 + 0.2)', '0.30000000000000004'],
  ['tostring(1e20)', '1E+20'],
  ['tostring(real(nan))', 'NaN'],
  ['tostring(9223372036854775807)', '9223372036854775807'],
  ['tostring(true)', 'True'],
]);
