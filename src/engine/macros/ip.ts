const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const address = `${octet}\\.${octet}\\.${octet}\\.${octet}`;

/** Internet addresses. Version 4 as a number; version 6 as 32 hexadecimal digits, a version 4 address mapped into it. Null for anything else. */
export const ipMacros: readonly string[] = [
  `ipv4_number(s) AS CAST(split_part(s, '.', 1) AS BIGINT) * 16777216 + CAST(split_part(s, '.', 2) AS BIGINT) * 65536 + CAST(split_part(s, '.', 3) AS BIGINT) * 256 + CAST(split_part(s, '.', 4) AS BIGINT)`,
  `ipv4_mask(p) AS (4294967296 - (1::BIGINT << CAST(32 - p AS INTEGER)))`,
  `ipv4_prefix(s) AS CASE WHEN contains(s, '/') THEN CAST(split_part(s, '/', 2) AS BIGINT) ELSE 32 END`,
  `ipv4_is_valid(s) AS regexp_full_match(s, '\\s*${address}(?:/(?:3[0-2]|[12]?\\d))?\\s*')`,
  `ipv4_plain(s) AS regexp_full_match(s, '${address}')`,
  `parse_ipv4(s) AS CASE WHEN kql.ipv4_plain(s) THEN kql.ipv4_number(s)
     WHEN kql.ipv4_is_valid(s) THEN kql.ipv4_number(split_part(trim(s), '/', 1)) & kql.ipv4_mask(kql.ipv4_prefix(trim(s))) END`,
  `parse_ipv4_mask(s, p) AS CASE WHEN kql.ipv4_is_valid(s) AND p BETWEEN 0 AND 32 THEN kql.ipv4_number(split_part(trim(s), '/', 1)) & kql.ipv4_mask(least(p, kql.ipv4_prefix(trim(s)))) END`,
  `ipv4_common(a, b, p) AS least(p, kql.ipv4_prefix(trim(a)), kql.ipv4_prefix(trim(b)))`,
  `ipv4_compare(a, b, p) AS CASE WHEN kql.ipv4_is_valid(a) AND kql.ipv4_is_valid(b) AND p BETWEEN 0 AND 32 THEN
     CAST(sign((kql.ipv4_number(split_part(trim(a), '/', 1)) & kql.ipv4_mask(kql.ipv4_common(a, b, p))) - (kql.ipv4_number(split_part(trim(b), '/', 1)) & kql.ipv4_mask(kql.ipv4_common(a, b, p)))) AS BIGINT) END`,
  `ipv4_in_range(s, r) AS CASE WHEN kql.ipv4_is_valid(s) AND kql.ipv4_is_valid(r) THEN
     kql.ipv4_prefix(trim(s)) >= kql.ipv4_prefix(trim(r)) AND (kql.ipv4_number(split_part(trim(s), '/', 1)) & kql.ipv4_mask(kql.ipv4_prefix(trim(r)))) = kql.parse_ipv4(r) END`,
  `ipv4_is_private(s) AS CASE WHEN kql.ipv4_plain(s) THEN regexp_matches(s, '^(?:10|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\.')
     WHEN kql.ipv4_is_valid(s) THEN kql.ipv4_in_range(s, '10.0.0.0/8') OR kql.ipv4_in_range(s, '172.16.0.0/12') OR kql.ipv4_in_range(s, '192.168.0.0/16') END`,
  `ipv4_text(n) AS CAST((n >> 24) & 255 AS VARCHAR) || '.' || CAST((n >> 16) & 255 AS VARCHAR) || '.' || CAST((n >> 8) & 255 AS VARCHAR) || '.' || CAST(n & 255 AS VARCHAR)`,
  `ipv4_netmask_suffix(s) AS CASE WHEN kql.ipv4_is_valid(s) THEN kql.ipv4_prefix(trim(s)) END`,
  // Addresses as whole words of a text.
  `ipv4_words(s) AS list_transform(regexp_extract_all(' ' || regexp_replace(s, '([^0-9A-Za-z.])', '\\1 ', 'g') || ' ', '(?:^|[^0-9A-Za-z.])(${address})(?:[^0-9A-Za-z.]|\\. |$)', 1), lambda w: w)`,
  `has_ipv4(s, a) AS CASE WHEN kql.ipv4_plain(a) THEN list_contains(kql.ipv4_words(s), a) ELSE false END`,
  `has_ipv4_prefix(s, p) AS CASE WHEN regexp_full_match(p, '(?:${octet}\\.){1,3}') THEN len(list_filter(kql.ipv4_words(s), lambda w: starts_with(w, p))) > 0
     ELSE kql.has_ipv4(s, p) END`,
  // Version 6. A macro's argument is written out wherever the macro mentions it, macros within macros too: what is long and mentioned
  // often goes through a lambda, which binds it once. Without, these take seconds to define and to plan.
  `ipv6_tail(s) AS CASE WHEN regexp_matches(s, ':${address}$') THEN regexp_replace(s, '${address}$', '') || printf('%x', kql.ipv4_number(regexp_extract(s, '(${address})$', 1)) >> 16) || ':' ||
     printf('%x', kql.ipv4_number(regexp_extract(s, '(${address})$', 1)) & 65535) ELSE s END`,
  `ipv6_groups(s) AS list_filter(string_split(s, ':'), lambda g: g <> '')`,
  `ipv6_expanded(s) AS CASE WHEN contains(s, '::') THEN list_concat(kql.ipv6_groups(split_part(s, '::', 1)),
       list_transform(range(0, 8 - len(kql.ipv6_groups(split_part(s, '::', 1))) - len(kql.ipv6_groups(split_part(s, '::', 2)))), lambda i: '0'), kql.ipv6_groups(split_part(s, '::', 2)))
     ELSE kql.ipv6_groups(s) END`,
  `ipv6_hex_of_groups(e) AS CASE WHEN len(e) = 8 AND len(list_filter(e, lambda g: length(g) > 4)) = 0
     THEN array_to_string(list_transform(e, lambda g: lpad(g, 4, '0')), '') END`,
  `ipv6_hex_of(s) AS list_transform([s], lambda t: CASE WHEN regexp_full_match(t, '[0-9a-f:]+') AND contains(t, ':') AND len(string_split(t, '::')) <= 2
     THEN list_transform([kql.ipv6_expanded(t)], lambda e: kql.ipv6_hex_of_groups(e))[1] END)[1]`,
  `ipv6_address_hex(a) AS list_transform([a], lambda s: CASE WHEN kql.ipv4_plain(s) THEN '00000000000000000000ffff' || lpad(printf('%x', kql.ipv4_number(s)), 8, '0')
     ELSE kql.ipv6_hex_of(kql.ipv6_tail(lower(s))) END)[1]`,
  `ipv6_suffix(s) AS CASE WHEN NOT contains(s, '/') THEN 128 WHEN contains(s, ':') THEN try_cast(split_part(s, '/', 2) AS BIGINT) ELSE try_cast(split_part(s, '/', 2) AS BIGINT) + 96 END`,
  `hex_value(c) AS instr('0123456789abcdef', c) - 1`,
  `ipv6_masked_hex(h, p) AS CASE WHEN h IS NULL OR p IS NULL OR p < 0 OR p > 128 THEN NULL WHEN p = 128 THEN h ELSE rpad(left(h, CAST(p // 4 AS INTEGER)) ||
     CASE WHEN p % 4 = 0 THEN '' ELSE printf('%x', kql.hex_value(h[p // 4 + 1]) & ((15 << CAST(4 - p % 4 AS INTEGER)) & 15)) END, 32, '0') END`,
  `ipv6_masked(h, p) AS list_transform([h], lambda x: list_transform([p], lambda y: kql.ipv6_masked_hex(x, y))[1])[1]`,
  `ipv6_parts(h) AS array_to_string(list_transform(range(0, 8), lambda i: h[i * 4 + 1:i * 4 + 4]), ':')`,
  `ipv6_network(s, p) AS kql.ipv6_masked(kql.ipv6_address_hex(split_part(trim(s), '/', 1)), p)`,
  `parse_ipv6(s) AS coalesce(list_transform([kql.ipv6_network(s, kql.ipv6_suffix(trim(s)))], lambda h: kql.ipv6_parts(h))[1], '')`,
  `parse_ipv6_mask(s, p) AS coalesce(list_transform([kql.ipv6_network(s, least(p, kql.ipv6_suffix(trim(s))))], lambda h: kql.ipv6_parts(h))[1], '')`,
  `ipv6_common(a, b, p) AS least(p, kql.ipv6_suffix(trim(a)), kql.ipv6_suffix(trim(b)))`,
  `ipv6_order(x, y) AS CASE WHEN x = y THEN 0 WHEN x < y THEN -1 WHEN x IS NOT NULL AND y IS NOT NULL THEN 1 END`,
  `ipv6_compare(a, b, p) AS list_transform([kql.ipv6_network(a, kql.ipv6_common(a, b, p))],
     lambda x: list_transform([kql.ipv6_network(b, kql.ipv6_common(a, b, p))], lambda y: kql.ipv6_order(x, y))[1])[1]`,
  `ipv6_in_range(s, r) AS kql.ipv6_network(s, kql.ipv6_suffix(trim(r))) = kql.ipv6_network(r, kql.ipv6_suffix(trim(r)))`,
];
