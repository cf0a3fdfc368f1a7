/** One number of an IPv4 address; leading zeros are taken. */
const octet = '(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)';
const dotted = `(?:${octet}\\.){3}${octet}`;

/** IPv4 addresses as numbers, and back; addresses in text. Null is what does not parse. */
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
  `ipv4_number_text(n) AS (((n >> 24) & 255)::VARCHAR || '.' || ((n >> 16) & 255)::VARCHAR || '.' || ((n >> 8) & 255)::VARCHAR || '.' || (n & 255)::VARCHAR)`,
  `ipv4_dots(w) AS (length(w) - length(replace(w, '.', '')))`,
  // Whole addresses, or the first numbers with their dot.
  `ipv4_prefix_pattern(w) AS CASE WHEN regexp_full_match(w, '${dotted}') THEN kql.escape_pattern(w)
     WHEN regexp_full_match(w, '(?:${octet}\\.){1,3}') THEN kql.escape_pattern(w) || '(?:${octet}\\.){' || CAST(3 - kql.ipv4_dots(w) AS VARCHAR) || '}${octet}' END`,
  `has_ipv4(s, w) AS (regexp_full_match(w, '${dotted}') AND contains(s, w) AND
     regexp_matches(s, '(?:^|[^\\pL\\pN])' || kql.escape_pattern(w) || '(?:$|[^\\pL\\pN])'))`,
  `has_ipv4_prefix(s, w) AS coalesce(contains(s, w) AND
     regexp_matches(s, '(?:^|[^\\pL\\pN])' || kql.ipv4_prefix_pattern(w) || '(?:$|[^\\pL\\pN])'), false)`,
  `has_any_ipv4(s, words) AS coalesce(list_bool_or(list_transform(words, lambda w: kql.has_ipv4(s, w))), false)`,
  `has_any_ipv4_prefix(s, words) AS coalesce(list_bool_or(list_transform(words, lambda w: kql.has_ipv4_prefix(s, w))), false)`,
];
