/** What inputs are made of. */

/** Marker of a table that no query may name; it must never appear in an answer. */
export const SECRET = 'canary-5f1c9b';

/** Text that hurts whoever pastes it into SQL, shells, paths or regular expressions. */
export const hostileTexts: readonly string[] = [
  "'", "''", "'''", '"', '""', '\\', "\\'", '`', ';', '--', '/*', '*/', '$$', '$1', '?', ':x', '@', '#', '%', '%s', '_', '{', '}', '{{x}}', '\0', 'a\0b', '\n', '\r\n', '\t', '\u2028',
  "'; DROP TABLE canary; --", '"; DROP TABLE canary; --', "'); DROP TABLE canary; --", "x' OR '1'='1", "' UNION SELECT marker FROM canary --", "'||(SELECT marker FROM canary)||'", "\\'; DELETE FROM canary; --",
  "'; COPY canary TO 'stolen.csv'; --", "'; ATTACH 'stolen.duckdb'; --", "'; INSTALL httpfs; --", "'; SET enable_external_access=true; --", "'; PRAGMA database_list; --", "$$; DROP TABLE canary; $$", "E'\\''",
  "chr(0)", "'\0'; DROP TABLE canary; --", 'canary', 'SELECT', 'NULL', 'read_csv', "read_text('/etc/hostname')", '../../etc/passwd', 'C:\\Windows\\x', '(', ')', '((((', '))))', '[', ']', '(?', '(a+)+$', '[z-a]', '\\p{X}', 'a{99999}', '*', '+', '^$',
  'é', 'e\u0301', '\u{1F600}', '\uD800', '\uDC00', '\uFEFF', '\u200B', '\u202E', 'İ', 'ß', '中文', 'عربى', '\u0007', '\u001B[31m', '\u007F', '\u00A0', '\uFFFF', '-0', '1e999', 'NaN', '9223372036854775808', '-9223372036854775809',
  '2024-02-30', '9999-12-31T23:59:59.9999999Z', '0001-01-01', '{"a":{"b":[1,null,"x"]}}', '{"a":', '[[[[[[', '"\\ud800"', '{"__proto__":1}', '__proto__', 'constructor', 'toString', 'hasOwnProperty',
];

export const tableNames: readonly string[] = ['T', 'U', 'Hostile', 'SigninLogs', 'SecurityEvent', 'canary', 'information_schema.tables', 'duckdb_tables', "['it''s']", '["a\\"b"]'];

export const columnNames: readonly string[] = [
  's', 'b', 'i', 'l', 'r', 'd', 't', 'p', 'g', 'j', 'x', 'y', 'c0', 'v1', 'j.a', 'j["a"]', 'j[0]', 'j.a.b[0].c', "['a b']", '["a\\"b"]', "['it\\'s']", "['; DROP TABLE canary; --']", '$left.s', '$right.s', '*', 'TimeGenerated',
];

export const operatorTexts: readonly string[] = [
  'where', 'project', 'extend', 'summarize', 'join', 'union', 'take', 'top', 'sort by', 'order by', 'distinct', 'count', 'mv-expand', 'mv-apply', 'parse', 'parse-where', 'parse-kv', 'make-series', 'project-away', 'project-keep', 'project-rename',
  'project-reorder', 'serialize', 'evaluate', 'lookup', 'search', 'find', 'as', 'render', 'sample', 'sample-distinct', 'getschema', 'consume', 'partition by', 'scan', 'top-nested', 'top-hitters', 'reduce by', 'fork', 'facet by', 'invoke', 'range', 'print',
  'make-graph', 'graph-match', 'externaldata', 'datatable', 'materialize', 'let', 'set', 'declare', 'alias', 'pattern', 'restrict', 'macro-expand', 'assert-schema', 'limit', 'filter',
];

export const words: readonly string[] = [
  'by', 'on', 'kind=', 'inner', 'leftanti', 'innerunique', 'fullouter', 'rightsemi', 'withsource=', 'isfuzzy=true', 'and', 'or', 'not', 'in', 'in~', '!in', 'has', '!has', 'has_cs', 'has_any', 'has_all', 'contains', 'contains_cs', 'startswith',
  'endswith', 'hasprefix', 'matches regex', 'between', '!between', '..', '==', '!=', '=~', '!~', '<', '>', '<=', '>=', '+', '-', '*', '/', '%', '=', '=>', '|', ';', ',', '.', ':', '(', ')', '[', ']', '{', '}', 'asc', 'desc', 'nulls first', 'with', 'to', 'typeof(string)',
  'step', 'from', 'default=', 'limit', 'of', 'hint.strategy=shuffle', 'true', 'false', 'null', 'dynamic', 'datetime', 'timespan', 'guid', 'decimal', 'real', 'long', 'int', 'string', '$left', '$right', '//| name: x', '// c', '#crp', '.show tables', '.drop table canary',
];

export const functionTexts: readonly string[] = [
  'strlen', 'tostring', 'tolong', 'toint', 'todatetime', 'totimespan', 'todynamic', 'toreal', 'todecimal', 'toguid', 'tobool', 'strcat', 'strcat_array', 'substring', 'split', 'replace_string', 'replace_regex', 'extract', 'extract_all', 'extract_json', 'parse_json',
  'parse_url', 'parse_xml', 'parse_csv', 'parse_path', 'parse_ipv4', 'parse_version', 'iff', 'case', 'coalesce', 'isempty', 'isnull', 'isnotempty', 'ago', 'now', 'bin', 'startofday', 'format_datetime', 'format_timespan', 'datetime_diff', 'datetime_add', 'dayofweek',
  'make_datetime', 'array_length', 'array_concat', 'array_slice', 'array_sort_asc', 'bag_keys', 'bag_merge', 'pack', 'bag_pack', 'pack_all', 'pack_array', 'set_union', 'zip', 'repeat', 'range', 'round', 'floor', 'log', 'pow', 'exp', 'sqrt', 'abs', 'hash', 'hash_sha256', 'hash_md5',
  'base64_encode_tostring', 'base64_decode_tostring', 'url_decode', 'url_encode', 'ipv4_is_private', 'ipv4_is_in_range', 'ipv4_compare', 'ipv6_compare', 'has_ipv4', 'has_any_index', 'indexof', 'countof', 'trim', 'trim_start', 'toupper', 'reverse', 'translate', 'unicode_codepoints_from_string',
  'row_number', 'prev', 'next', 'row_cumsum', 'toscalar', 'count', 'countif', 'sum', 'avg', 'min', 'max', 'dcount', 'make_set', 'make_list', 'arg_max', 'arg_min', 'percentile', 'stdev', 'take_any', 'series_stats', 'series_decompose', 'series_fit_line', 'column_ifexists', 'typeof', 'gettype',
  'bag_unpack', 'pivot', 'narrow', 'table', 'workspace', 'database', 'cluster', '_GetWatchlist', 'materialize', 'geo_info_from_ip_address', 'new_guid', 'rand', 'current_principal', 'cursor_after', 'ingestion_time', 'invoke', 'python', 'sql_request', 'http_request', 'cosmosdb_sql_request',
];
