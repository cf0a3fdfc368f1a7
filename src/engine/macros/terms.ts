/** Terms looked for by a text that is not constant. Both texts come folded to lower case where case does not matter. */
export const termMacros: readonly string[] = [
  `escape_pattern(s) AS regexp_replace(s, '([\\\\^$.|?*+()\\[\\]{}])', '\\\\\\1', 'g')`,
  `has_term(s, w) AS (w = '' OR CASE WHEN contains(s, w) THEN routine_has_term(s, w, 'has') = 'true' ELSE false END)`,
  `hasprefix_term(s, w) AS (w = '' OR CASE WHEN contains(s, w) THEN routine_has_term(s, w, 'hasprefix') = 'true' ELSE false END)`,
  `hassuffix_term(s, w) AS (w = '' OR CASE WHEN contains(s, w) THEN routine_has_term(s, w, 'hassuffix') = 'true' ELSE false END)`,
  `has_any_of(s, words) AS coalesce(list_bool_or(list_transform(words, lambda w: kql.has_term(s, lower(w)))), false)`,
  `has_all_of(s, words) AS coalesce(list_bool_and(list_transform(words, lambda w: kql.has_term(s, lower(w)))), true)`,
];
