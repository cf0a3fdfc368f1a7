const estimated = 'exact, where Azure estimates';
const state = 'exact, where Azure estimates; the state has another form than Azure’s';
const season = 'the season is looked for by autocorrelation when it is not given: Azure’s scoring is not published, and the query says so';
const constantFormat = 'the format has to be a constant';
const packed = 'short texts as published; longer ones may have other bytes than Azure’s, which unpack to the same';
const overflow = 'an overflow is an error';

/** What is done, but not as Kusto does it, or not all of it, by name. */
export const differences: Readonly<Record<string, string>> = {
  activity_engagement: 'without a start the windows are those of bin(); what came before the start counts in outer windows, which is not documented',
  activity_metrics: 'without a start the steps are those of bin(), which is not documented',
  assert: 'a condition that only the query itself can compute may go unseen where no rows reach it',
  autocluster: 'patterns are scored as documented as far as that goes; which of them are told, and how unusual values count, is not published',
  base64_decode_toguid: 'the bytes in the order in which base64_encode_fromguid() writes them; its page shows another order',
  buildschema: 'datetimes and timespans inside dynamic values are strings',
  dcount: estimated,
  dcount_hll: estimated,
  dcount_intersect: estimated,
  dcountif: estimated,
  diffpatterns: 'the greatest differences that do not contain each other, as in the published table; Azure may choose others',
  diffpatterns_text: 'as diffpatterns, over the first 20 tokens',
  estimate_data_size: 'not of dynamic values, whose inner form is not published',
  extract: 'the group has to be a constant',
  extract_all: 'the pattern has to be a constant',
  extract_json: 'the path has to be a constant',
  format_datetime: constantFormat,
  format_timespan: constantFormat,
  funnel_sequence: 'the first of its three tables, which holds the other two; repetitions of a state count as one',
  funnel_sequence_completion: 'a state has to be reached later than the one before, which is not documented',
  geo_line_buffer: 'the corners of its arcs may be others within the tolerance',
  geo_line_densify: 'what becomes of edges over the antimeridian is not documented: they go the long way unless preserve_crossing is set',
  geo_point_buffer: 'the corners of its circle may be others within the tolerance',
  geo_polygon_buffer: 'the corners of its arcs may be others within the tolerance',
  geo_polygon_densify: 'what becomes of edges over the antimeridian is not documented: they go the long way unless preserve_crossing is set',
  geo_polygon_to_h3cells: 'the cells may come in another order, which is not documented',
  geo_simplify_polygons_array: 'whether neighbours are united is not documented: they stay apart, with their common side',
  'graph-match': 'cycles= is about the whole pattern, which is not documented',
  'graph-shortest-paths': 'with output=any the path whose edges come first',
  'graph-to-table': 'hashes of nodes are those of Azure for texts, and of the text for other types',
  gzip_compress_to_base64_string: packed,
  hash: 'of strings, times and longs as Azure’s; which bytes of other types are hashed is not published, and the query says so',
  hash_xxhash64: 'of strings, times and longs as Azure’s; which bytes of other types are hashed is not published, and the query says so',
  hll: state,
  hll_if: state,
  hll_merge: state,
  indexof: 'a negative start counts from the end, as in the published example; the page’s text says null',
  ingestion_time: 'the row’s TimeGenerated or Timestamp: the local engine keeps no time of arrival',
  'make-graph': 'partitioned-by not before graph-mark-components',
  merge_tdigest: state,
  parse_command_line: 'Windows’ rules of quotes, without escapes',
  parse_version: 'the first number up to 9999, above it an error',
  percentile: estimated,
  percentile_tdigest: estimated,
  percentiles: estimated,
  percentiles_array: estimated,
  percentiles_array_tdigest: estimated,
  percentilesw: estimated,
  percentilesw_array: estimated,
  percentilew: estimated,
  percentrank_tdigest: estimated,
  rank_tdigest: estimated,
  rolling_percentile: estimated,
  row_cumsum: overflow,
  schema_merge: 'how an error over types reads is not published',
  sequence_detect: 'each step is later than the one before, which is not documented',
  series_decompose: season,
  series_decompose_anomalies: season,
  series_decompose_forecast: season,
  series_periods_detect: season,
  series_periods_validate: 'scores by autocorrelation: Azure’s scoring is not published',
  series_seasonal: season,
  session_count: 'as the published chart has it: steps of bin(), the start itself outside',
  sum: overflow,
  sumif: overflow,
  table: 'the name has to be a constant',
  tdigest: state,
  tdigest_merge: state,
  treepath: 'inner nodes are listed beside leaves, as in the published examples',
  zlib_compress_to_base64_string: packed,
};

const inside = 'inner to Azure’s engine';

/** Why operators, and plugins that the engine does not refuse by themselves, are not there. */
export const absences: Readonly<Record<string, string>> = {
  estimate_rows_count: inside,
  'execute-and-cache': inside,
  external_datatable: inside,
  identity: inside,
  identity_v3: inside,
  'macro-expand': 'a local workspace has no entity groups',
};

/** What differs in more places than one. */
export const generalDifferences: readonly string[] = [
  'Arithmetic on whole numbers that overflows is an error. What Azure does is not documented; a wrapped number would be a silent surprise.',
  'A decimal has 28 digits before the point and 10 after it (Azure: 34 altogether); a literal with more is an error. Quotients, and products above 9 · 10¹⁷, are exact to 15 digits.',
  'Dynamic values are JSON: a datetime, timespan or guid inside one is a string, and `gettype()` says so.',
  'Case is ignored by Unicode’s simple lower-case letters.',
  '`==` finds NaN equal to NaN.',
  'Regular expressions are RE2’s. Time zones are those of ICU; an unknown one is an error.',
  'A datetime in text whose year stands last has its month first, as .NET reads it without a culture; which is first is not documented.',
];
