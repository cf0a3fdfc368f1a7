/** Dynamic values, which are JSON text; NULL is the null. */
export const dynamicMacros: readonly string[] = [
  // Text that is no JSON is a dynamic string.
  `parse_json(s) AS CASE WHEN s = '' THEN NULL WHEN json_valid(s) THEN nullif(json(s), 'null'::JSON) ELSE to_json(s) END`,
  `element(j, i) AS CASE WHEN json_type(j) = 'ARRAY' THEN nullif(json_extract(j, CASE WHEN i < 0 THEN '$[#' || i || ']' ELSE '$[' || i || ']' END), 'null'::JSON) ELSE NULL END`,
  `member(j, k) AS nullif(json_extract(j, '/' || replace(replace(k, '~', '~0'), '/', '~1')), 'null'::JSON)`,
  `dynamic_step(j, k) AS CASE WHEN json_type(k) IN ('UBIGINT', 'BIGINT') THEN kql.element(j, CAST(k AS BIGINT)) ELSE kql.member(j, k ->> '$') END`,
  // Elements of an array as JSON; of another value, itself; none of a null.
  `elements(j) AS CASE WHEN j IS NULL THEN [] WHEN json_type(j) = 'ARRAY' THEN from_json(j, '["JSON"]') ELSE [j] END`,
  // Elements of an array as text.
  `texts(j) AS CASE WHEN j IS NULL THEN [] WHEN json_type(j) = 'ARRAY' THEN list_transform(from_json(j, '["JSON"]'), lambda e: e ->> '$') ELSE [j ->> '$'] END`,
  `folded_texts(j) AS list_transform(kql.texts(j), lambda t: lower(t))`,
  `dynamic_type(j) AS CASE json_type(j)
     WHEN 'ARRAY' THEN 'array' WHEN 'OBJECT' THEN 'dictionary' WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'bool'
     WHEN 'UBIGINT' THEN 'long' WHEN 'BIGINT' THEN 'long' WHEN 'DOUBLE' THEN 'double' ELSE 'null' END`,
  `sort_text(j) AS CASE json_type(j) WHEN 'UBIGINT' THEN lpad(j ->> '$', 20, '0') ELSE j ->> '$' END`,
  // In order of first appearance while that is cheap.
  `first_appearances(l) AS list_transform(list_sort(list_transform(list_distinct(l), lambda v: {p: list_position(l, v), v: v})), lambda e: e.v)`,
  `distinct_values(l) AS CASE WHEN len(l) <= 32 THEN list_filter(l, lambda v, i: list_position(l, v) = i)
     WHEN len(l) * len(list_distinct(l)) <= 20000000 THEN kql.first_appearances(l) ELSE list_distinct(l) END`,
  `first_json(j) AS j`,
  `entries(j) AS CASE WHEN json_type(j) = 'OBJECT' THEN list_transform(json_keys(j), lambda k: {k: k, v: json_extract(j, '/' || replace(replace(k, '~', '~0'), '/', '~1'))}) ELSE [] END`,
  // The first value of a key stays.
  `merge_entries(e) AS '{' || array_to_string(list_transform(
     list_filter(e, lambda x, i: list_position(list_transform(e, lambda y: y.k), x.k) = i),
     lambda x: CAST(to_json(x.k) AS VARCHAR) || ':' || coalesce(CAST(x.v AS VARCHAR), 'null')), ',') || '}'`,
  `merge_bags(l) AS CAST(kql.merge_entries(flatten(list_transform(l, lambda j: kql.entries(j)))) AS JSON)`,
  `bag_entries(l) AS flatten(list_transform(l, lambda j: kql.entries(j)))`,
  `first_keys(e, n) AS list_slice(list_distinct(list_transform(e, lambda x: x.k)), 1, n)`,
  `merge_bags_up_to(l, n) AS CAST(kql.merge_entries(list_filter(kql.bag_entries(l), lambda x: list_contains(kql.first_keys(kql.bag_entries(l), n), x.k))) AS JSON)`,
  // The state of hll(): the set of the values' hashes, in order.
  `sketch(hashes) AS CASE WHEN len(hashes) > 0 THEN CAST('[["set"],' || CAST(to_json(list_transform(list_sort(list_distinct(hashes)), lambda h: CAST(h AS VARCHAR))) AS VARCHAR) || ',[]]' AS JSON) END`,
  `merge_sketches(states) AS kql.sketch(flatten(list_transform(states, lambda s: coalesce(from_json(json_extract(s, '$[1]'), '["UBIGINT"]'), []))))`,
  // What mv-expand takes apart: elements, or properties as objects of one key each.
  `expansion(j) AS CASE WHEN j IS NULL THEN [NULL::JSON] WHEN json_type(j) = 'ARRAY' THEN from_json(j, '["JSON"]')
     WHEN json_type(j) = 'OBJECT' THEN list_transform(kql.entries(j), lambda e: CAST(kql.merge_entries([e]) AS JSON)) ELSE [j] END`,
  `expansion_texts(j) AS CASE WHEN json_type(j) = 'ARRAY' THEN from_json(j, '["VARCHAR"]')
     WHEN json_type(j) = 'OBJECT' THEN list_transform(kql.expansion(j), lambda e: CAST(e AS VARCHAR)) ELSE [j ->> '$'] END`,
  `expansion_pairs(j) AS CASE WHEN json_type(j) = 'OBJECT' THEN list_transform(kql.entries(j), lambda e: to_json([to_json(e.k), e.v])) ELSE kql.expansion(j) END`,
];
