/** Lists of JSON values, as `kql.elements` gives them. */
export const arrayMacros: readonly string[] = [
  `some_texts(l) AS CASE WHEN len(l) = 0 THEN NULL ELSE to_json(l) END`,
  `reals(j) AS list_transform(kql.texts(j), lambda t: try_cast(t AS DOUBLE))`,
  `set_union(a, b) AS kql.distinct_values(list_concat(a, b))`,
  `set_intersect(a, b) AS kql.distinct_values(list_filter(a, lambda x: list_contains(b, x)))`,
  `set_difference(a, b) AS kql.distinct_values(list_filter(a, lambda x: NOT list_contains(b, x)))`,
  `set_equal(a, b) AS (len(a) = len(b) AND len(list_filter(a, lambda x: NOT list_contains(b, x))) = 0)`,
  `jaccard(a, b) AS CASE WHEN len(list_concat(a, b)) = 0 THEN 'nan'::DOUBLE
     ELSE len(kql.set_intersect(a, b))::DOUBLE / len(kql.set_union(a, b)) END`,
  // Both ends count from the end when they are negative; the end is included.
  `slice(l, a, b) AS list_slice(l, CASE WHEN a < 0 THEN greatest(len(l) + a, 0) ELSE a END + 1, CASE WHEN b < 0 THEN len(l) + b ELSE b END + 1)`,
  `cut_points(l, p) AS list_concat([0], list_transform(p, lambda i: least(greatest(CASE WHEN i < 0 THEN len(l) + i ELSE i END, 0), len(l))), [len(l)])`,
  `split_array(l, p) AS to_json(list_transform(range(1, len(p) + 2), lambda i: list_slice(l, kql.cut_points(l, p)[i] + 1, kql.cut_points(l, p)[i + 1])))`,
  `json_number(e) AS try_cast(CASE WHEN json_type(e) IN ('UBIGINT', 'BIGINT', 'DOUBLE') THEN e ->> '$' END AS DOUBLE)`,
  // Positions in the order of numbers, then strings, then all else; nulls at the end or, else, the beginning.
  `sort_keys(l) AS list_transform(l, lambda e, i: {r: CASE json_type(e) WHEN 'VARCHAR' THEN 1 WHEN 'UBIGINT' THEN 0 WHEN 'BIGINT' THEN 0 WHEN 'DOUBLE' THEN 0 ELSE 2 END, n: kql.json_number(e), t: e ->> '$', i: i})`,
  `null_positions(k) AS list_transform(list_filter(k, lambda e: e.t IS NULL), lambda e: e.i)`,
  `positions_asc(k) AS list_transform(list_sort(list_filter(k, lambda e: e.t IS NOT NULL), 'ASC', 'NULLS LAST'), lambda e: e.i)`,
  `positions_desc(k) AS list_transform(list_sort(list_filter(k, lambda e: e.t IS NOT NULL), 'DESC', 'NULLS LAST'), lambda e: e.i)`,
  `ends(p, n, nulls_last) AS CASE WHEN nulls_last THEN list_concat(p, n) ELSE list_concat(n, p) END`,
  `order_asc(l, nulls_last) AS kql.ends(kql.positions_asc(kql.sort_keys(l)), kql.null_positions(kql.sort_keys(l)), nulls_last)`,
  `order_desc(l, nulls_last) AS kql.ends(kql.positions_desc(kql.sort_keys(l)), kql.null_positions(kql.sort_keys(l)), nulls_last)`,
  `wrapped(n, m) AS ((n % m) + m) % m`,
  // Arguments are named once by a list of one: written out at each place, calls inside calls would grow without bound.
  `rotated(l, n) AS list_concat(list_slice(l, n + 1, len(l)), list_slice(l, 1, n))`,
  `rotate_left(l, n) AS list_transform([{l: l, n: n}], lambda x: CASE WHEN len(x.l) = 0 THEN x.l ELSE kql.rotated(x.l, kql.wrapped(x.n, len(x.l))) END)[1]`,
  `shift_array_left(l, n, f) AS list_transform(range(1, len(l) + 1), lambda i: CASE WHEN i + n BETWEEN 1 AND len(l) THEN l[i + n] ELSE f END)`,
  `array_index(l, v, a, n, o) AS CASE WHEN o < 0 OR n < -1 THEN NULL ELSE coalesce(list_filter(range(CASE WHEN a < 0 THEN greatest(len(l) + a, 0) ELSE a END, CASE WHEN n < 0 THEN len(l) ELSE least(len(l), a + n) END), lambda i: l[i + 1] = v)[o], -1) END`,
  `choice_of(v, i) AS CASE WHEN json_type(v) = 'ARRAY' THEN json_extract(v, '$[' || (i - 1) || ']') ELSE v END`,
  // Numbers count as true unless they are 0; what is neither number nor bool gives null.
  `array_condition(c) AS CASE json_type(c) WHEN 'BOOLEAN' THEN CAST(c ->> '$' AS BOOLEAN) WHEN 'VARCHAR' THEN NULL ELSE kql.json_number(c) <> 0 END`,
  `array_choice(l, a, b) AS to_json(list_transform(l, lambda c, i: CASE WHEN kql.array_condition(c) THEN kql.choice_of(a, i) WHEN NOT kql.array_condition(c) THEN kql.choice_of(b, i) END))`,
  `whole_range(a, b, s) AS CASE WHEN s = 0 OR (b - a) * sign(s) < 0 THEN []::BIGINT[] ELSE list_transform(range(0, least((b - a) // s + 1, 1048576)), lambda i: a + i * s) END`,
  `real_range(a, b, s) AS CASE WHEN s = 0 OR (b - a) * sign(s) < 0 THEN []::DOUBLE[] ELSE list_transform(range(0, least(CAST(floor((b - a) / s + 1e-9) AS BIGINT) + 1, 1048576)), lambda i: a + i * s) END`,
  `without_empty(j) AS CAST(kql.merge_entries(list_filter(kql.entries(j), lambda e: e.v IS NOT NULL AND CAST(e.v AS VARCHAR) NOT IN ('null', '""'))) AS JSON)`,
  `set_key(j, k, v) AS CASE WHEN json_type(j) = 'OBJECT' THEN CAST(kql.merge_entries(list_concat(list_transform(kql.entries(j), lambda e: {k: e.k, v: CASE WHEN e.k = k THEN v ELSE e.v END}), [{k: k, v: v}])) AS JSON) END`,
  `remove_keys(j, ks) AS CASE WHEN json_type(j) = 'OBJECT' THEN CAST(kql.merge_entries(list_filter(kql.entries(j), lambda e: NOT list_contains(ks, e.k))) AS JSON) END`,
  // Keys that are no strings are left out; missing values are null.
  `zip_bag(a, b) AS CASE WHEN json_type(a) = 'ARRAY' THEN CAST(kql.merge_entries(list_filter(
     list_transform(kql.elements(a), lambda k, i: {k: CASE WHEN json_type(k) = 'VARCHAR' THEN k ->> '$' END, v: CASE WHEN json_type(b) = 'ARRAY' THEN kql.elements(b)[i] END}),
     lambda e: e.k IS NOT NULL)) AS JSON) END`,
];
