import { physicalTypes } from '../physicalTypes';

/** Functions on text that take more than one expression. */
export const stringMacros: readonly string[] = [
  // A negative start counts from the end.
  `text_start(s, i) AS CASE WHEN i < 0 THEN greatest(length(s) + i, 0) ELSE i END`,
  `substring_of(s, i, n) AS CASE WHEN i IS NULL OR n IS NULL OR n <= 0 THEN '' ELSE substring(s, kql.text_start(s, i) + 1, least(n, 2147483647)) END`,
  `rest_of(s, i) AS CASE WHEN i IS NULL THEN '' ELSE substring(s, kql.text_start(s, i) + 1) END`,
  `split_text(s, d) AS CASE WHEN d = '' THEN [s] ELSE string_split(s, d) END`,
  `join_array(j, d) AS coalesce(array_to_string(list_transform(kql.elements(j), lambda e: coalesce(e ->> '$', '')), d), '')`,
  // Overlapping occurrences count.
  `count_of(s, w) AS CASE WHEN w = '' THEN 0 ELSE CAST(len(list_filter(range(1, length(s) - length(w) + 2), lambda i: substring(s, i, length(w)) = w)) AS BIGINT) END`,
  `positions_of(s, w) AS list_filter(range(0, length(s) - length(w) + 1), lambda i: substring(s, i + 1, length(w)) = w)`,
  // The search for each further occurrence begins behind the one before and looks at as many characters as the first.
  `occurrence(p, w, i, n, o) AS CASE WHEN len(p) < o OR o < 1 OR
     (n >= 0 AND NOT list_bool_and(list_transform(range(1, o + 1), lambda k: p[k] + w <= CASE WHEN k = 1 THEN i ELSE p[k - 1] + 1 END + n))) THEN -1 ELSE p[o] END`,
  `index_of_from(s, w, i, n, o) AS CASE WHEN n < -1 OR o < 0 THEN NULL ELSE kql.occurrence(list_filter(kql.positions_of(s, w), lambda p: p >= i), length(w), i, n, o) END`,
  // A negative start counts from the end, as the documentation's example has it (its text says null).
  `index_of(s, w, i, n, o) AS kql.index_of_from(s, w, kql.text_start(s, i), n, o)`,
  // Matches do not overlap. They are marked by two characters that Unicode gives to no text, and counted between the marks.
  `marked(s, r) AS string_split(regexp_replace(s, '(' || r || ')', chr(64976) || '\\1' || chr(64977), 'g'), chr(64976))`,
  `marked_position(l, o) AS CASE WHEN len(l) <= o OR o < 1 THEN -1 ELSE list_sum(list_transform(list_slice(l, 1, o), lambda t: length(t))) - (o - 1) END`,
  `range_of(s, i, n) AS CASE WHEN n < 0 THEN substring(s, i + 1) ELSE substring(s, i + 1, n) END`,
  `index_of_regex(s, r, i, n, o) AS CASE WHEN i < 0 OR n < -1 OR o < 0 THEN NULL
     WHEN kql.marked_position(kql.marked(kql.range_of(s, i, n), r), o) < 0 THEN -1
     ELSE i + kql.marked_position(kql.marked(kql.range_of(s, i, n), r), o) END`,
  // Nothing, when one is no code point.
  `is_point(c) AS coalesce(try_cast(c AS INTEGER) BETWEEN 1 AND 1114111 AND NOT try_cast(c AS INTEGER) BETWEEN 55296 AND 57343, false)`,
  `text_of_points(l) AS CASE WHEN list_bool_and(list_transform(l, lambda c: kql.is_point(c))) THEN array_to_string(list_transform(l, lambda c: chr(CAST(c AS INTEGER))), '') END`,
  `translate_text(s, a, b) AS coalesce(array_to_string(list_transform(string_split(s, ''), lambda c:
     CASE WHEN instr(a, c) = 0 THEN c WHEN b = '' THEN '' ELSE substring(b, least(instr(a, c), length(b)), 1) END), ''), '')`,
  `replace_all(s, a, b) AS CASE WHEN len(a) = 0 THEN s ELSE
     list_reduce(list_prepend(s, range(1, len(a) + 1)::VARCHAR[]), lambda t, i: replace(t, a[CAST(i AS BIGINT)], coalesce(b[CAST(i AS BIGINT)], b[1], ''))) END`,
  `unquote_csv(s) AS CASE WHEN starts_with(s, '"') THEN replace(s[2:-2], '""', '"') ELSE s END`,
  `parse_csv(s) AS to_json(list_transform(regexp_extract_all(regexp_extract(s, '^([^\\r\\n"]|"([^"]|"")*")*'), '(?:^|,)((?:"(?:[^"]|"")*")|[^,]*)', 1), lambda f: kql.unquote_csv(f)))`,
  // Four numbers of eight digits each; what is missing is 0. A decimal here holds four digits of the first.
  `parse_version(s) AS CASE
     WHEN regexp_full_match(s, '0*[1-9]\\d{4,7}(\\.\\d{1,8}){0,3}') AND length(split_part(s, '.', 1)) <= 8 THEN error('Not supported: parse_version() of a first number above 9999')
     WHEN regexp_full_match(s, '\\d{1,8}(\\.\\d{1,8}){0,3}') THEN try_cast(
     string_split(s, '.')[1] || lpad(coalesce(string_split(s, '.')[2], ''), 8, '0') || lpad(coalesce(string_split(s, '.')[3], ''), 8, '0') || lpad(coalesce(string_split(s, '.')[4], ''), 8, '0')
     AS ${physicalTypes.decimal}) END`,
  `parse_path(s) AS to_json({
     Scheme: regexp_extract(s, '^([A-Za-z][A-Za-z0-9+.-]*)://', 1),
     RootPath: regexp_extract(s, '^([A-Za-z]:|/)', 1),
     DirectoryPath: regexp_extract(regexp_replace(s, ':[^:\\\\/]+$', ''), '^(?:[A-Za-z][A-Za-z0-9+.-]*://)?(.*)[\\\\/][^\\\\/]*$', 1),
     DirectoryName: regexp_extract(s, '([^\\\\/]*)[\\\\/][^\\\\/]*$', 1),
     Filename: regexp_replace(regexp_extract(s, '([^\\\\/]*)$', 1), '^([^:]+\\.[^:]*):[^:]+$', '\\1'),
     Extension: regexp_extract(regexp_extract(s, '([^\\\\/]*)$', 1), '\\.([^.:]+)(:[^:]+)?$', 1),
     AlternateDataStreamName: regexp_extract(s, '[^\\\\/:]{2,}:([^:\\\\/]+)$', 1)})`,
  `query_entries(q) AS list_transform(list_filter(string_split(q, '&'), lambda p: p <> ''), lambda p: {
     k: url_decode(regexp_extract(p, '^([^=]*)', 1)), v: to_json(url_decode(regexp_extract(p, '^[^=]*=(.*)$', 1)))})`,
  `parse_url_query(s) AS CAST('{"Query Parameters":' || kql.merge_entries(kql.query_entries(regexp_replace(s, '^\\?', ''))) || '}' AS JSON)`,
  `parse_url(s) AS CASE WHEN s = '' THEN NULL ELSE CAST('{"Scheme":' || to_json(regexp_extract(s, '^([A-Za-z][A-Za-z0-9+.-]*):', 1)) ||
     ',"Host":' || to_json(regexp_extract(s, '^[A-Za-z][A-Za-z0-9+.-]*://(?:[^@/?#]*@)?(\\[[^\\]]*\\]|[^:/?#]*)', 1)) ||
     ',"Port":' || to_json(regexp_extract(s, '^[A-Za-z][A-Za-z0-9+.-]*://(?:[^@/?#]*@)?(?:\\[[^\\]]*\\]|[^:/?#]*):(\\d+)', 1)) ||
     ',"Path":' || to_json(regexp_extract(s, '^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*([^?#]*)', 1)) ||
     ',"Username":' || to_json(regexp_extract(s, '^[A-Za-z][A-Za-z0-9+.-]*://([^:@/?#]*)(?::[^@/?#]*)?@', 1)) ||
     ',"Password":' || to_json(regexp_extract(s, '^[A-Za-z][A-Za-z0-9+.-]*://[^:@/?#]*:([^@/?#]*)@', 1)) ||
     ',"Query Parameters":' || kql.merge_entries(kql.query_entries(regexp_extract(s, '\\?([^#]*)', 1))) ||
     ',"Fragment":' || to_json(regexp_extract(s, '#(.*)$', 1)) || '}' AS JSON) END`,
  `command_line(s) AS CASE WHEN s = '' THEN NULL ELSE to_json(list_transform(regexp_extract_all(s, '((?:"[^"]*"|[^\\s"])+)'), lambda a: replace(a, '"', ''))) END`,
  // Lower-case hexadecimal, as .NET writes it.
  `url_encoded(s) AS coalesce(array_to_string(list_transform(string_split(url_encode(s), '%'), lambda p, i: CASE WHEN i = 1 THEN p ELSE '%' || lower(p[1:2]) || p[3:] END), ''), '')`,
  // Text that is no base64, or whose bytes are no UTF-8, gives the empty text.
  `base64_text(s) AS coalesce(try(decode(from_base64(s))), '')`,
  `base64_bytes(s) AS to_json(try(list_transform(range(0, octet_length(from_base64(s))), lambda i: CAST('0x' || hex(from_base64(s))[CAST(2 * i + 1 AS BIGINT):CAST(2 * i + 2 AS BIGINT)] AS BIGINT))))`,
];
