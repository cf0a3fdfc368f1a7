/** Text of values and values of text, as `tostring`, `todatetime` and the other conversions define them. */
export const textMacros: readonly string[] = [
  // A real: shortest digits that read back, '1E+20' style exponents from 15 digits on, whole values without a fraction.
  `real_text(x) AS CASE
     WHEN x IS NULL THEN ''
     WHEN isnan(x) THEN 'NaN'
     WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END
     WHEN x = 0 THEN '0'
     WHEN abs(x) < 1e15 AND x = trunc(x) THEN CAST(CAST(x AS BIGINT) AS VARCHAR)
     WHEN abs(x) >= 1e-5 AND abs(x) < 1e15 THEN CAST(x AS VARCHAR)
     ELSE regexp_replace(upper(regexp_replace(CAST(x AS VARCHAR), '\\.0(e|$)', '\\1')), 'E([+-])(\\d)$', 'E\\10\\2') END`,
  `real_json(x) AS CASE
     WHEN x IS NULL THEN NULL
     WHEN isnan(x) THEN '"NaN"'::JSON
     WHEN isinf(x) THEN CASE WHEN x > 0 THEN '"Infinity"'::JSON ELSE '"-Infinity"'::JSON END
     ELSE to_json(x) END`,
  `decimal_text(x) AS coalesce(regexp_replace(regexp_replace(CAST(x AS VARCHAR), '(\\.\\d*?)0+$', '\\1'), '\\.$', ''), '')`,
  `datetime_text(t) AS coalesce(
     strftime(make_timestamp((t - 621355968000000000) // 10), '%Y-%m-%dT%H:%M:%S.') || lpad(CAST(t % 10000000 AS VARCHAR), 7, '0') || 'Z', '')`,
  `timespan_abs_text(t) AS
     CASE WHEN t >= 864000000000 THEN CAST(t // 864000000000 AS VARCHAR) || '.' ELSE '' END ||
     lpad(CAST((t // 36000000000) % 24 AS VARCHAR), 2, '0') || ':' || lpad(CAST((t // 600000000) % 60 AS VARCHAR), 2, '0') || ':' ||
     lpad(CAST((t // 10000000) % 60 AS VARCHAR), 2, '0') ||
     CASE WHEN t % 10000000 = 0 THEN '' ELSE '.' || lpad(CAST(t % 10000000 AS VARCHAR), 7, '0') END`,
  // The shortest timespan has no positive counterpart.
  `timespan_text(t) AS CASE WHEN t IS NULL THEN '' WHEN t = -9223372036854775807 - 1 THEN '-10675199.02:48:05.4775808' WHEN t < 0 THEN '-' || kql.timespan_abs_text(-t) ELSE kql.timespan_abs_text(t) END`,
  // The first 32 digits, hyphens where they belong left out or not; what follows is ignored.
  `text_guid(s) AS CASE WHEN length(s) = 36 AND try_cast(s AS UUID) IS NOT NULL THEN try_cast(s AS UUID)
     ELSE try_cast(replace(regexp_extract(s, '^[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}'), '-', '') AS UUID) END`,
  `text_bool(s) AS CASE lower(trim(s)) WHEN 'true' THEN true WHEN 'false' THEN false ELSE try_cast(try_cast(s AS BIGINT) AS BOOLEAN) END`,
  // Whole numbers, decimal or hexadecimal. DuckDB's own cast would round fractions and take underscores.
  `text_long(s) AS CASE
     WHEN CAST(try_cast(s AS BIGINT) AS VARCHAR) = s THEN try_cast(s AS BIGINT)
     WHEN regexp_full_match(s, '\\s*[-+]?\\d+\\s*') THEN try_cast(trim(s) AS BIGINT)
     WHEN regexp_full_match(s, '\\s*0[xX][0-9a-fA-F]{1,16}\\s*') THEN try_cast(trim(s) AS BIGINT)
     ELSE NULL END`,
  `text_number(s) AS CASE
     WHEN regexp_full_match(s, '\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?\\s*') THEN trim(s)
     WHEN regexp_full_match(s, '\\s*0[xX][0-9a-fA-F]{1,16}\\s*') THEN CAST(try_cast(trim(s) AS BIGINT) AS VARCHAR)
     WHEN lower(trim(s)) IN ('nan', 'inf', '-inf', '+inf', 'infinity', '-infinity') THEN lower(trim(s)) ELSE NULL END`,
  `dynamic_long(s) AS coalesce(kql.text_long(s), try_cast(trunc(try_cast(kql.text_number(s) AS DOUBLE)) AS BIGINT),
     CASE s WHEN 'true' THEN 1 WHEN 'false' THEN 0 END)`,
  `fraction_ticks(s) AS CAST(rpad(left(s, 7), 7, '0') AS BIGINT)`,
  // ISO 8601 with up to seven fraction digits and an optional zone.
  `zone_ticks(s) AS CASE WHEN length(s) > 16 AND regexp_matches(s, '[+-]\\d{2}:?\\d{2}$') THEN
     (CASE WHEN regexp_extract(s, '([+-])\\d{2}:?\\d{2}$', 1) = '-' THEN -1 ELSE 1 END) *
     (CAST(regexp_extract(s, '[+-](\\d{2}):?\\d{2}$', 1) AS BIGINT) * 36000000000 + CAST(regexp_extract(s, '[+-]\\d{2}:?(\\d{2})$', 1) AS BIGINT) * 600000000)
     ELSE 0 END`,
  `iso_datetime(s) AS
     (epoch_us(try_cast(left(s, 10) || ' ' || regexp_extract(s, '^.{11}(\\d{2}:\\d{2}(:\\d{2})?)', 1) AS TIMESTAMP)) * 10
      + CASE WHEN contains(s, '.') THEN kql.fraction_ticks(regexp_extract(s, '\\.(\\d+)', 1)) ELSE 0 END
      - kql.zone_ticks(s) + 621355968000000000)`,
  // ISO 8601 here, all other spellings in JavaScript.
  `text_datetime(s) AS CASE
     -- At the ends of time a zone may lead beyond them.
     WHEN left(s, 4) IN ('0000', '0001', '9999') THEN CAST(routine_parse_datetime(s) AS BIGINT)
     WHEN regexp_full_match(s, '\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)? ?(Z|z|[+-]\\d{2}:?\\d{2})?') THEN kql.iso_datetime(s)
     WHEN regexp_full_match(s, '\\d{4}-\\d{2}-\\d{2}') THEN epoch_us(try_cast(s AS TIMESTAMP)) * 10 + 621355968000000000
     WHEN s IS NULL OR s = '' THEN NULL
     ELSE CAST(routine_parse_datetime(s) AS BIGINT) END`,
  `timespan_parts(s) AS
     CAST('0' || regexp_extract(s, '^(?:(\\d+)\\.)?\\d+:', 1) AS BIGINT) * 864000000000 +
     CAST('0' || regexp_extract(s, '^(?:\\d+\\.)?(\\d+):', 1) AS BIGINT) * 36000000000 +
     CAST('0' || regexp_extract(s, '^(?:\\d+\\.)?\\d+:(\\d+)', 1) AS BIGINT) * 600000000 +
     CAST('0' || regexp_extract(s, ':\\d+:(\\d+)', 1) AS BIGINT) * 10000000 +
     CASE WHEN regexp_matches(s, ':\\d+\\.\\d+$') THEN kql.fraction_ticks(regexp_extract(s, ':\\d+\\.(\\d+)$', 1)) ELSE 0 END`,
  `unit_ticks(u) AS CASE lower(u)
     WHEN 'd' THEN 864000000000 WHEN 'day' THEN 864000000000 WHEN 'days' THEN 864000000000
     WHEN 'h' THEN 36000000000 WHEN 'hour' THEN 36000000000 WHEN 'hours' THEN 36000000000 WHEN 'hr' THEN 36000000000 WHEN 'hrs' THEN 36000000000
     WHEN 'm' THEN 600000000 WHEN 'min' THEN 600000000 WHEN 'minute' THEN 600000000 WHEN 'minutes' THEN 600000000
     WHEN 's' THEN 10000000 WHEN 'sec' THEN 10000000 WHEN 'second' THEN 10000000 WHEN 'seconds' THEN 10000000
     WHEN 'ms' THEN 10000 WHEN 'milli' THEN 10000 WHEN 'millis' THEN 10000 WHEN 'millisecond' THEN 10000 WHEN 'milliseconds' THEN 10000
     WHEN 'micro' THEN 10 WHEN 'micros' THEN 10 WHEN 'microsecond' THEN 10 WHEN 'microseconds' THEN 10
     WHEN 'tick' THEN 1 WHEN 'ticks' THEN 1 END`,
  `text_timespan(s) AS CASE
     WHEN regexp_full_match(s, '-?(\\d+\\.)?\\d{1,2}:\\d{1,2}(:\\d{1,2}(\\.\\d{1,7})?)?')
       THEN CASE WHEN s[1] = '-' THEN -kql.timespan_parts(s[2:]) ELSE kql.timespan_parts(s) END
     WHEN regexp_full_match(s, '-?\\d+(\\.\\d+)? *[a-zA-Z]+')
       THEN CAST(round(CAST(regexp_extract(s, '^(-?[\\d.]+)', 1) AS DOUBLE) * kql.unit_ticks(regexp_extract(s, '([a-zA-Z]+)$', 1))) AS BIGINT)
     WHEN regexp_full_match(s, '-?\\d+') THEN try_cast(s AS BIGINT) * 864000000000
     ELSE NULL END`,
];
