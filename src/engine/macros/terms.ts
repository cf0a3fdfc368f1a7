/** Terms looked for by a text that is not constant. Both texts come folded to lower case where case does not matter. */
export const termMacros: readonly string[] = [
  `escape_pattern(s) AS regexp_replace(s, '([\\\\^$.|?*+()\\[\\]{}])', '\\\\\\1', 'g')`,
  `has_term(s, w) AS (w = '' OR (contains(s, w) AND regexp_matches(s,
     CASE WHEN regexp_matches(w, '^[\\pL\\pN]') THEN '(?:^|[^\\pL\\pN])' ELSE '' END || kql.escape_pattern(w) ||
     CASE WHEN regexp_matches(w, '[\\pL\\pN]$') THEN '(?:$|[^\\pL\\pN])' ELSE '' END)))`,
  `hasprefix_term(s, w) AS (w = '' OR (contains(s, w) AND regexp_matches(s,
     CASE WHEN regexp_matches(w, '^[\\pL\\pN]') THEN '(?:^|[^\\pL\\pN])' ELSE '' END || kql.escape_pattern(w))))`,
  `hassuffix_term(s, w) AS (w = '' OR (contains(s, w) AND regexp_matches(s,
     kql.escape_pattern(w) || CASE WHEN regexp_matches(w, '[\\pL\\pN]$') THEN '(?:$|[^\\pL\\pN])' ELSE '' END)))`,
  `has_any_of(s, words) AS coalesce(list_bool_or(list_transform(words, lambda w: kql.has_term(s, lower(w)))), false)`,
  `has_all_of(s, words) AS coalesce(list_bool_and(list_transform(words, lambda w: kql.has_term(s, lower(w)))), true)`,
];
