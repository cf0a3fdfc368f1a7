/** Dynamic values: paths, bags, arrays. https://learn.microsoft.com/kusto/query/scalar-data-types/dynamic */
import { openEngine, values } from './expressions';

const engine = openEngine();

values(engine, 'paths', [
  ['dynamic([1,2,3])[0]', '1'],
  ['dynamic([1,2,3])[-1]', '3'],
  ['dynamic([1,2,3])[3]', null],
  ['dynamic([1,2,3])[-4]', null],
  ['dynamic({"a":{"b":[1,{"c":"x"}]}}).a.b[1].c', '"x"'],
  ['dynamic({"a b":1})["a b"]', '1'],
  ['dynamic({"A":1}).a', null],
  ['dynamic({"a":null}).a', null],
  ['dynamic({"a":1}).a.b', null],
  ['dynamic({"a":1})[strcat("", "a")]', '1'],
  ['dynamic({"$x":1})["$x"]', '1'],
]);

values(engine, 'literals inside', [
  ['dynamic([datetime("01-02-2022"), 1d, real(nan), 1.5, long(5), true, null])', '["2022-01-02T00:00:00.0000000Z","1.00:00:00","NaN",1.5,5,true,null]'],
  ['tostring(dynamic({"a": 1}))', '{"a":1}'],
  ['tostring(dynamic("x"))', 'x'],
  ['gettype(dynamic([1]))', 'array'],
  ['gettype(dynamic({}))', 'dictionary'],
]);

values(engine, 'comparisons', [
  ['dynamic({"a":"x"}).a == "x"', true],
  ['dynamic({"a":5}).a > 4', true],
  ['dynamic({"a":5}).a + 1', 6],
  ['dynamic({"a":1}) == dynamic({"a":1})', true],
  ['tolong(dynamic({"a":"7"}).a)', 7],
]);

values(engine, 'arrays', [
  ['array_length(parse_json("{}"))', null],
  ['array_slice(dynamic([1,2,3,4,5]), -3, -2)', '[3,4]'],
  ['array_split(dynamic([1,2,3,4,5]), dynamic([1, -2]))', '[[1],[2,3],[4,5]]'],
  ['array_rotate_left(dynamic([1,2,3,4,5]), 2)', '[3,4,5,1,2]'],
  ['array_shift_right(dynamic([1,2,3]), 2, -1)', '[-1,-1,1]'],
  ['array_index_of(dynamic(["a","b","a"]), "a", 1)', 2],
  ['array_iff(dynamic([true,false,null]), dynamic([1,2,3]), 9)', '[1,9,null]'],
  // "Numeric condition values are considered true if not equal to 0. Non-numeric and non-boolean condition values are null."
  ['array_iff(dynamic([5,0,"true"]), 1, 2)', '[1,2,null]'],
  // "Null for irrelevant inputs (occurrence < 0 or length < -1)."
  ['array_index_of(dynamic(["a"]), "a", 0, -2)', null],
  // "If the array contains elements of non-numeric types, the result is null."
  ['array_sum(dynamic([1,"x"]))', null],
  ['array_sum(dynamic([1,2.5]))', 3.5],
  // "If count is less than zero, a null value is returned."
  ['repeat(1, -1)', null],
  // "The longer series will be truncated to the length of the shorter one; any non-numeric element will be ignored."
  ['series_dot_product(dynamic([1,2,4]), dynamic([4,2]))', 8],
  ['series_dot_product(dynamic([]), dynamic([4,2]))', null],
  ['series_cosine_similarity(dynamic([0,1]), dynamic([0,1,5]))', 1],
  ['zip(dynamic([1,3]), dynamic([2]))', '[[1,2],[3,null]]'],
  ['range(1h, 3h)', '["01:00:00","02:00:00","03:00:00"]'],
  ['range(5, 1)', '[]'],
  ['repeat(dynamic([1]), 2)', '[[1],[1]]'],
  ['set_union(dynamic([1,2]), dynamic([2,3]), dynamic([1]))', '[1,2,3]'],
  ['set_equals(dynamic([1,2]), dynamic([2,1,2]))', true],
  ['jaccard_index(dynamic([]), dynamic([]))', '"NaN"'],
]);

values(engine, 'sorting', [
  // "Numeric, datetime, and timespan elements; string elements; guid elements; all other elements."
  ['array_sort_asc(dynamic(["b", 10, true, "B", 2, null]))', '[2,10,"B","b",true,null]'],
  ['array_sort_asc(dynamic([null,"blue",null]), false)', '[null,null,"blue"]'],
  ['array_sort_desc(dynamic([1,3,2]))', '[3,2,1]'],
  ['array_sort_asc(dynamic([2,1]), dynamic(["b","a"]))[1]', '["a","b"]'],
  // "null is returned for every array that differs in length from the first one."
  ['isnull(array_sort_asc(dynamic([2,1]), dynamic(["b"]))[1])', true],
]);

values(engine, 'bags', [
  ['bag_merge(dynamic({"a":1}), dynamic({"a":2,"b":3}))', '{"a":1,"b":3}'],
  ['bag_remove_keys(dynamic({"a":{"x":1,"y":2.0},"b":3}), dynamic(["$.a.x", "b"]))', '{"a":{"y":2.0}}'],
  ['bag_remove_keys(dynamic({"a":1}), dynamic(["z"]))', '{"a":1}'],
  ['bag_set_key(dynamic({"a":1}), "a", "z")', '{"a":"z"}'],
  ['bag_set_key(dynamic({"a":1}), "$.b.c", dynamic([1]))', '{"a":1,"b":{"c":[1]}}'],
  ['bag_set_key(dynamic(null), "a", 1)', null],
  ['bag_has_key(dynamic({"a":{"b":1}}), "$.a.b")', true],
  ['bag_keys(parse_json("[1]"))', null],
  ['bag_zip(dynamic(["a","b"]), dynamic([1]))', '{"a":1,"b":null}'],
  ['bag_pack("a", 1, "b", dynamic(null))', '{"a":1,"b":null}'],
  // The example of treepath().
  ['treepath(parse_json(\'{"listProperty":[100,"abcde",{"x":"y"}]}\'))', `["['listProperty']","['listProperty'][0]","['listProperty'][0]['x']"]`],
  // Numbers keep their digits.
  ['dynamic_to_json(dynamic({"b":1.0,"a":12345678901234567890}))', '{"a":12345678901234567890,"b":1.0}'],
]);
