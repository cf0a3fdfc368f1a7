import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
  await engine.value('1');
}, 60_000);
afterAll(() => engine.close());

/** Each line: an expression and its value. */
function values(lines: readonly (readonly [string, unknown])[]): void {
  for (const [expression, expected] of lines) {
    it(`${expression} is ${JSON.stringify(expected)}`, async () => {
      expect(await engine.value(expression)).toEqual(expected);
    });
  }
}

describe('nulls', () => {
  // https://learn.microsoft.com/kusto/query/scalar-data-types/null-values
  values([
    ['long(null) == 1', false],
    ['long(null) != 1', true],
    ['isnull(long(null) == long(null))', true],
    ['isnull(long(null) < 1)', true],
    ['not(long(null) == 1)', true],
    ['long(null) in (1, 2)', false],
    ['long(null) !in (1, 2)', true],
    ['isnull("")', false],
    ['isempty("")', true],
    ['isempty(dynamic(null))', true],
    ['isnotempty(long(null))', false],
    ['coalesce(long(null), 5)', 5],
    ['coalesce("", "b")', 'b'],
    ['tostring(long(null))', ''],
    ['strcat("a", tostring(datetime(null)), "b")', 'ab'],
    ['iff(bool(null), 1, 2)', 2],
    ['isnull(1 / 0)', true],
    ['isnull(toint("x"))', true],
    ['isnull(dynamic({"a":null}).a)', true],
    ['isnull(dynamic({"a":1}).b)', true],
    ['tostring(dynamic({"a":1}).b)', ''],
  ]);
});

describe('terms', () => {
  // https://learn.microsoft.com/kusto/query/datatypes-string-operators#what-is-a-term
  values([
    ['"North America" has "america"', true],
    ['"NorthAmerica" has "america"', false],
    ['"North-America" has "america"', true],
    ['"a_b" has "b"', true],
    ['"cmd.exe /c whoami" has "cmd.exe"', true],
    ['"xcmd.exe" has "cmd.exe"', false],
    ['"xcmd.exe" has ".exe"', true],
    ['"" has "a"', false],
    ['"a" has ""', true],
    ['"North America" has_cs "america"', false],
    ['"North America" has_cs "America"', true],
    ['"foobar baz" hasprefix "foo"', true],
    ['"foobar baz" hasprefix "bar"', false],
    ['"foobar baz" hassuffix "bar"', true],
    ['"foobar baz" hassuffix "foo"', false],
    ['"North America" !has "south"', true],
    ['"a b c" has_any ("x", "B")', true],
    ['"a b c" has_any (dynamic(["x", "y"]))', false],
    ['"a b c" has_all ("a", "C")', true],
    ['"a b c" has_all ("a", "x")', false],
    ['"naïve äpfel" has "äpfel"', true],
    ['"50% (off)" has "(off)"', true],
    ['"a.b" has "a.b"', true],
    ['"axb" has "a.b"', false],
  ]);
});

describe('strings', () => {
  values([
    ['"FABRIKAM" contains "brik"', true],
    ['"FABRIKAM" contains_cs "brik"', false],
    ['"Fabrikam" startswith "fab"', true],
    ['"Fabrikam" startswith_cs "fab"', false],
    ['"Fabrikam" endswith "KAM"', true],
    ['"Fabrikam" !endswith "KAM"', false],
    ['"a" =~ "A"', true],
    ['"a" !~ "A"', false],
    ['"a" == "A"', false],
    ['"a" in~ ("A", "b")', true],
    ['"a" in ("A", "b")', false],
    ['"a" !in~ ("A")', false],
    ['"Fabrikam" matches regex "b.*k"', true],
    ['"a\\nb" matches regex "a.b"', false],
    ["\"it's\" == 'it\\'s'", true],
    ['@"c:\\dir"', 'c:\\dir'],
    ['strcat("a", 1, true)', 'a1True'],
    ['substring("abcdefg", 1, 2)', 'bc'],
    ['substring("123456", -2, 2)', '56'],
    ['split("aa_bb", "_")', '["aa","bb"]'],
    ['split("aaa_bbb_ccc", "_", 1)', '["bbb"]'],
    ['tostring(split("a_b", "_")[1])', 'b'],
    ['replace_string("aXbX", "X", "-")', 'a-b-'],
    ['replace_regex("a1b22", @"(\\d+)", @"<\\1>")', 'a<1>b<22>'],
    ['extract("x=([0-9.]+)", 1, "hello x=45.6|wo")', '45.6'],
    ['extract("x=([0-9.]+)", 1, "nothing")', ''],
    ['extract("(\\\\d+)", 1, "a12", typeof(long))', 12],
    ['extract_all(@"(\\d)", "a1b2")', '["1","2"]'],
    ['trim("--", "--a--")', 'a'],
    ['trim_end(@"\\d+", "abc123")', 'abc'],
    ['strlen("äö")', 2],
    ['indexof("abcdefg", "cde")', 2],
    ['countof("aaaa", "aa")', 3],
    ['reverse("abc")', 'cba'],
    ['tolower("ABC")', 'abc'],
    ['strcat_array(dynamic(["a", 1]), "->")', 'a->1'],
    ['parse_json("{\\"a\\": [1, 2]}").a[1]', '2'],
    ['tostring(parse_json("not json"))', 'not json'],
    ['base64_decode_tostring("S3VzdG8=")', 'Kusto'],
    ['url_decode("a%20b")', 'a b'],
    ['hash_sha256("World")', '78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524'],
  ]);
});

describe('numbers', () => {
  values([
    ['7 / 2', 3],
    ['-7 / 2', -3],
    ['7.0 / 2', 3.5],
    ['-7 % 3', 2],
    ['1 + 2 * 3', 7],
    ['bin(4.5, 1)', 4],
    ['bin(-3, 5)', -5],
    ['round(2.5)', 2],
    ['round(2.15, 1)', 2.2],
    ['toint("12")', 12],
    ['tolong("0x10")', 16],
    ['tolong(3.9)', 3],
    ['todouble("1.5")', 1.5],
    ['tobool("TRUE")', true],
    ['1.0 / 0', 'Infinity'],
    ['9223372036854775807', '9223372036854775807'],
    ['tostring(1.0)', '1'],
    ['decimal(1.10)', '1.1'],
    ['2 - -3', 5],
  ]);
});

describe('times', () => {
  values([
    ['now()', '2024-05-06T07:08:09.1234567Z'],
    ['ago(1d)', '2024-05-05T07:08:09.1234567Z'],
    ['now() - datetime(2024-05-06)', '07:08:09.1234567'],
    ['datetime(2024-05-06) + 1.5h', '2024-05-06T01:30:00.0000000Z'],
    ['bin(datetime(2024-05-06 10:59), 1h)', '2024-05-06T10:00:00.0000000Z'],
    ['bin(datetime(2024-05-08), 7d)', '2024-05-06T00:00:00.0000000Z'],
    ['startofweek(datetime(2024-05-08))', '2024-05-05T00:00:00.0000000Z'],
    ['startofmonth(datetime(2024-05-08), 1)', '2024-06-01T00:00:00.0000000Z'],
    ['endofday(datetime(2024-05-08 10:00))', '2024-05-08T23:59:59.9999999Z'],
    ['endofyear(datetime(2024-05-08))', '2024-12-31T23:59:59.9999999Z'],
    ['dayofweek(datetime(2024-05-08))', '3.00:00:00'],
    ['hourofday(datetime(2024-05-08 13:10))', 13],
    ['datetime_diff("day", datetime(2024-05-08), datetime(2024-05-06 23:00))', 2],
    ['datetime_diff("month", datetime(2024-05-08), datetime(2023-05-08))', 12],
    ['datetime_add("month", 1, datetime(2024-01-31))', '2024-02-29T00:00:00.0000000Z'],
    ['datetime_part("year", datetime(2024-05-08))', 2024],
    ['format_datetime(datetime(2024-05-08 09:05:07.1234567), "yyyy-MM-dd HH:mm:ss.fff")', '2024-05-08 09:05:07.123'],
    ['format_timespan(time(1.02:03:04), "d.hh:mm:ss")', '1.02:03:04'],
    ['todatetime("2024-05-08T10:00:00.1234567Z")', '2024-05-08T10:00:00.1234567Z'],
    ['todatetime("2024-05-08T10:00:00+02:00")', '2024-05-08T08:00:00.0000000Z'],
    ['isnull(todatetime("nonsense"))', true],
    ['totimespan("1.02:03:04.5")', '1.02:03:04.5000000'],
    ['1d / 1h', 24],
    ['2 * 1h', '02:00:00'],
    ['tostring(datetime(2024-05-08))', '2024-05-08T00:00:00.0000000Z'],
    ['tostring(-90m)', '-01:30:00'],
    ['make_datetime(2024, 5, 8)', '2024-05-08T00:00:00.0000000Z'],
    ['unixtime_seconds_todatetime(0)', '1970-01-01T00:00:00.0000000Z'],
    ['datetime(2024-05-06) between (datetime(2024-05-05) .. 2d)', true],
    ['5 !between (1 .. 4)', true],
  ]);
});

describe('dynamic values', () => {
  values([
    ['dynamic([1,2,3])[-1]', '3'],
    ['dynamic({"a":{"b":"x"}}).a.b', '"x"'],
    ['tostring(dynamic({"a":{"b":"x"}}).a.b)', 'x'],
    ['dynamic({"a b":1})["a b"]', '1'],
    ['dynamic({"a":5}).a == 5', true],
    ['dynamic({"a":"x"}).a == "x"', true],
    ['dynamic({"a":"x"}).b == "x"', false],
    ['array_length(dynamic([1,2]))', 2],
    ['isnull(array_length(parse_json("{\\"a\\":1}")))', true],
    ['pack_array(1, "a", 2.5)', '[1,"a",2.5]'],
    ['bag_pack("a", 1, "b", "x")', '{"a":1,"b":"x"}'],
    ['set_union(dynamic([1,2]), dynamic([2,3]))', '[1,2,3]'],
    ['set_difference(dynamic([1,2,3]), dynamic([2]))', '[1,3]'],
    ['set_has_element(dynamic(["a"]), "a")', true],
    ['array_slice(dynamic([1,2,3,4]), 1, 2)', '[2,3]'],
    ['array_concat(dynamic([1]), dynamic([2, 3]))', '[1,2,3]'],
    ['array_sort_asc(dynamic([3, 1, 2]))', '[1,2,3]'],
    ['"b" in (dynamic(["a", "b"]))', true],
    ['bag_keys(dynamic({"a":1,"b":2}))', '["a","b"]'],
    ['gettype(dynamic([1]))', 'array'],
  ]);
});

describe('internet addresses', () => {
  values([
    ['ipv4_is_private("10.1.2.3")', true],
    ['ipv4_is_private("172.32.0.1")', false],
    ['isnull(ipv4_is_private("x"))', true],
    ['ipv4_is_in_range("192.168.1.6", "192.168.1.0/24")', true],
    ['ipv4_is_in_range("192.168.2.6", "192.168.1.0/23")', false],
    ['ipv4_is_in_any_range("10.0.0.5", dynamic(["192.168.0.0/16", "10.0.0.0/8"]))', true],
    ['ipv4_is_match("192.168.1.1", "192.168.1.255/24")', true],
    ['parse_ipv4("192.168.1.1")', 3232235777],
    ['isnull(parse_ipv4("1.2.3.400"))', true],
    ['has_ipv4("05:04:54 127.0.0.1 GET", "127.0.0.1")', true],
    ['has_ipv4("05:04:54 127.0.0.12 GET", "127.0.0.1")', false],
    ['has_any_ipv4_prefix("a 192.168.1.1 b", "192.168.")', true],
    ['parse_ipv6("127.0.0.1")', '0000:0000:0000:0000:0000:ffff:7f00:0001'],
    ['parse_ipv6(":fe80::85d:e82c:9446:7994")', ''],
  ]);
});
