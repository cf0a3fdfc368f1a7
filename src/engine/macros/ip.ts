/** One number of an IPv4 address; leading zeros are taken. */
export const OCTET = '(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)';
const dotted = `(?:${OCTET}\\.){3}${OCTET}`;
const hextet = '[0-9a-f]{1,4}';

/** IP addresses as numbers, and back. Null is what does not parse. */
export const ipMacros: readonly string[] = [
  `ipv4_valid(s) AS regexp_full_match(s, '${dotted}(/(3[0-2]|[12]?\\d))?')`,
  `ipv4_suffix(s) AS CASE WHEN contains(s, '/') THEN try_cast(split_part(s, '/', 2) AS INTEGER) ELSE 32 END`,
  `ipv4_mask(p) AS (4294967295 & ~((1::BIGINT << (32 - p)) - 1))`,
  `ipv4_octet(s, i) AS try_cast(split_part(split_part(s, '/', 1), '.', i) AS BIGINT)`,
  `ipv4_bits(s) AS (kql.ipv4_octet(s, 1) * 16777216 + kql.ipv4_octet(s, 2) * 65536 + kql.ipv4_octet(s, 3) * 256 + kql.ipv4_octet(s, 4))`,
  `ipv4_long(s) AS CASE WHEN kql.ipv4_valid(s) THEN kql.ipv4_bits(s) & kql.ipv4_mask(kql.ipv4_suffix(s)) END`,
  `ipv4_masked(s, p) AS CASE WHEN p BETWEEN 0 AND 32 AND kql.ipv4_valid(s) THEN kql.ipv4_bits(s) & kql.ipv4_mask(least(kql.ipv4_suffix(s), p)) END`,
  // Compared under the shortest of the prefixes.
  `ipv4_difference(a, b, p) AS CASE WHEN p BETWEEN 0 AND 32 AND kql.ipv4_valid(a) AND kql.ipv4_valid(b) THEN
     (kql.ipv4_bits(a) & kql.ipv4_mask(least(kql.ipv4_suffix(a), kql.ipv4_suffix(b), p))) -
     (kql.ipv4_bits(b) & kql.ipv4_mask(least(kql.ipv4_suffix(a), kql.ipv4_suffix(b), p))) END`,
  `ipv4_in_range(a, r) AS CASE WHEN kql.ipv4_valid(a) AND kql.ipv4_valid(r) THEN
     (kql.ipv4_long(a) & kql.ipv4_mask(kql.ipv4_suffix(r))) = kql.ipv4_long(r) END`,
  `ipv4_in_any_range(a, ranges) AS CASE WHEN kql.ipv4_valid(a) THEN CASE
     WHEN coalesce(list_bool_or(list_transform(ranges, lambda r: coalesce(kql.ipv4_in_range(a, r), false))), false) THEN true
     WHEN coalesce(list_bool_and(list_transform(ranges, lambda r: kql.ipv4_valid(r))), true) THEN false END END`,
  `ipv4_number_text(n) AS ((n >> 24) & 255)::VARCHAR || '.' || ((n >> 16) & 255)::VARCHAR || '.' || ((n >> 8) & 255)::VARCHAR || '.' || (n & 255)::VARCHAR`,
  // Whole addresses, or the first numbers with their dot.
  `ipv4_prefix_pattern(w) AS CASE WHEN regexp_full_match(w, '${dotted}') THEN kql.escape_pattern(w)
     WHEN regexp_full_match(w, '(?:${OCTET}\\.){1,3}') THEN kql.escape_pattern(w) || '(?:${OCTET}\\.){' || CAST(4 - length(w) + length(replace(w, '.', '')) - 1 AS VARCHAR) || '}${OCTET}' END`,
  `has_ipv4(s, w) AS (regexp_full_match(w, '${dotted}') AND contains(s, w) AND
     regexp_matches(s, '(?:^|[^\\pL\\pN])' || kql.escape_pattern(w) || '(?:$|[^\\pL\\pN])'))`,
  `has_ipv4_prefix(s, w) AS coalesce(contains(s, w) AND
     regexp_matches(s, '(?:^|[^\\pL\\pN])' || kql.ipv4_prefix_pattern(w) || '(?:$|[^\\pL\\pN])'), false)`,
  `has_any_ipv4(s, words) AS coalesce(list_bool_or(list_transform(words, lambda w: kql.has_ipv4(s, w))), false)`,
  `has_any_ipv4_prefix(s, words) AS coalesce(list_bool_or(list_transform(words, lambda w: kql.has_ipv4_prefix(s, w))), false)`,

  // The address without its prefix, an IPv4 part written as two groups; a lone IPv4 is ::ffff:a.b.c.d.
  `ipv6_tail(n) AS printf('%x', n >> 16) || ':' || printf('%x', n & 65535)`,
  `ipv6_address(s) AS CASE WHEN contains(s, '.') THEN
       CASE WHEN regexp_extract(split_part(s, '/', 1), '^(.*?)${dotted}$', 1) IN ('', '::') THEN '::ffff:' ELSE lower(regexp_extract(split_part(s, '/', 1), '^(.*?)${dotted}$', 1)) END ||
       kql.ipv6_tail(kql.ipv4_bits(regexp_extract(split_part(s, '/', 1), '${dotted}$')))
     ELSE lower(split_part(s, '/', 1)) END`,
  `group_count(t) AS CASE WHEN t = '' THEN 0 ELSE length(t) - length(replace(t, ':', '')) + 1 END`,
  `ipv6_full(t) AS (regexp_full_match(t, '(?:${hextet}:){7}${hextet}') OR
     (regexp_full_match(t, '(?:${hextet}(?::${hextet})*)?::(?:${hextet}(?::${hextet})*)?') AND kql.group_count(split_part(t, '::', 1)) + kql.group_count(split_part(t, '::', 2)) <= 7))`,
  `ipv6_valid(s) AS (regexp_full_match(s, '(?i)[0-9a-f:]*(?:${dotted})?(/(12[0-8]|1[01]\\d|\\d?\\d))?') AND
     (NOT contains(s, '.') OR NOT contains(s, '/') OR try_cast(split_part(s, '/', 2) AS INTEGER) <= 32) AND
     coalesce(kql.ipv6_full(kql.ipv6_address(s)), false))`,
  `ipv6_digits(t) AS CASE WHEN t = '' THEN '' ELSE list_aggregate(list_transform(string_split(t, ':'), lambda g: lpad(g, 4, '0')), 'string_agg', '') END`,
  `ipv6_hex_of(t) AS kql.ipv6_digits(split_part(t, '::', 1)) ||
     CASE WHEN contains(t, '::') THEN repeat('0', 32 - 4 * (kql.group_count(split_part(t, '::', 1)) + kql.group_count(split_part(t, '::', 2)))) || kql.ipv6_digits(split_part(t, '::', 2)) ELSE '' END`,
  `hex_number(h) AS (CAST('0x' || h[1:16] AS UBIGINT)::UHUGEINT * 18446744073709551616::UHUGEINT + CAST('0x' || h[17:32] AS UBIGINT)::UHUGEINT)`,
  `ipv6_bits(s) AS CASE WHEN kql.ipv6_valid(s) THEN kql.hex_number(kql.ipv6_hex_of(kql.ipv6_address(s))) END`,
  // A prefix of an address in IPv4 notation counts from its 96th bit.
  `ipv6_suffix(s) AS CASE WHEN NOT contains(s, '/') THEN 128 ELSE try_cast(split_part(s, '/', 2) AS INTEGER) + CASE WHEN contains(s, '.') THEN 96 ELSE 0 END END`,
  `ipv6_mask(p) AS CASE WHEN p = 0 THEN 0::UHUGEINT ELSE xor(340282366920938463463374607431768211455::UHUGEINT, (CASE WHEN p >= 128 THEN 1::UHUGEINT ELSE 1::UHUGEINT << CAST(128 - p AS UHUGEINT) END) - 1::UHUGEINT) END`,
  `ipv6_masked(s, p) AS CASE WHEN p BETWEEN 0 AND 128 THEN kql.ipv6_bits(s) & kql.ipv6_mask(least(kql.ipv6_suffix(s), p)) END`,
  `number_order(a, b) AS CASE WHEN a < b THEN -1 WHEN a > b THEN 1 WHEN a = b THEN 0 END`,
  `ipv6_order(a, b, p) AS CASE WHEN p BETWEEN 0 AND 128 THEN kql.number_order(
     kql.ipv6_bits(a) & kql.ipv6_mask(least(kql.ipv6_suffix(a), kql.ipv6_suffix(b), p)),
     kql.ipv6_bits(b) & kql.ipv6_mask(least(kql.ipv6_suffix(a), kql.ipv6_suffix(b), p))) END`,
  `ipv6_in_range(a, r) AS (kql.ipv6_masked(a, 128) & kql.ipv6_mask(kql.ipv6_suffix(r))) = kql.ipv6_masked(r, 128)`,
  `ipv6_in_any_range(a, ranges) AS CASE WHEN kql.ipv6_valid(a) THEN CASE
     WHEN coalesce(list_bool_or(list_transform(ranges, lambda r: coalesce(kql.ipv6_in_range(a, r), false))), false) THEN true
     WHEN coalesce(list_bool_and(list_transform(ranges, lambda r: kql.ipv6_valid(r))), true) THEN false END END`,
  `ipv6_text(n) AS regexp_replace(format('{:016x}', (n // 18446744073709551616::UHUGEINT)::UBIGINT) || format('{:016x}', (n % 18446744073709551616::UHUGEINT)::UBIGINT), '(....)', '\\1:', 'g')[1:39]`,
];
