/**
 * Operators on text. https://learn.microsoft.com/kusto/query/datatypes-string-operators: `has` compares whole terms, maximal runs of
 * alphanumeric characters; operators without `_cs` ignore case, `==` does not.
 */
import { openEngine, values } from './expressions';

const engine = openEngine();

values(engine, 'terms end where letters and digits end', [
  ['"foo_bar" has "bar"', true],
  ['"foo-bar" has "foo"', true],
  ['"foo.bar" has "bar"', true],
  ['"foobar" has "foo"', false],
  ['"foo1" has "foo"', false],
  ['"1foo" has "foo"', false],
  ['"foo\\tbar" has "bar"', true],
  ['"größe" has "gr"', false],
  ['"äöÜ" has "ö"', false],
  ['"日本語 テスト" has "テスト"', true],
  ['"日本語テスト" has "テスト"', false],
  ['"a😀b" has "b"', true],
]);

values(engine, 'short terms and terms with punctuation', [
  ['"ab cd" has "ab"', true],
  ['"abc" has "ab"', false],
  ['"a b" has "a"', true],
  ['"C:\\\\Windows\\\\cmd.exe" has "cmd.exe"', true],
  ['"C:\\\\Windows\\\\xcmd.exe" has "cmd.exe"', false],
  ['"powershell -enc AAA" has "-enc"', true],
  ['"powershell -encoded" has "-enc"', false],
  ['"10.1.2.3 10.1.2.30" has "10.1.2.3"', true],
  ['"10.1.2.30" has "10.1.2.3"', false],
  ['"x" has ""', true],
]);

values(engine, 'case', [
  ['"North AMERICA" has "america"', true],
  ['"North AMERICA" has_cs "america"', false],
  ['"North AMERICA" has_cs "AMERICA"', true],
  ['"ÀÉ" =~ "àé"', true],
  ['"a" == "A"', false],
  ['"Ärger" startswith "äR"', true],
  ['"Ärger" startswith_cs "ä"', false],
  ['"Ärger" endswith "GER"', true],
  ['"Ärger" contains "RGE"', true],
  ['"Ärger" contains_cs "RGE"', false],
  ['"a" !~ "A"', false],
]);

values(engine, 'beginnings and ends of terms', [
  ['"foobar baz" hasprefix "foo"', true],
  ['"foobar baz" hasprefix "bar"', false],
  ['"foobar baz" hasprefix "BA"', true],
  ['"foobar baz" hasprefix_cs "BA"', false],
  ['"foobar baz" hassuffix "bar"', true],
  ['"foobar baz" hassuffix "foo"', false],
  ['"foobar baz" !hassuffix_cs "BAR"', true],
  ['"foo_bar" hasprefix "bar"', true],
]);

values(engine, 'several terms', [
  ['"a b c" has_any ("x", "B")', true],
  ['"abc" has_any ("a", "b")', false],
  ['"a b c" has_any (dynamic(["x", "c"]))', true],
  ['"a b c" has_all ("A", "c")', true],
  ['"a b c" has_all ("a", "d")', false],
  ['"a b c" has_all (dynamic(["b", "a"]))', true],
  ['has_any_index("this is an example", dynamic(["x", "example"]))', 1],
  ['has_any_index("this is an example", dynamic(["x"]))', -1],
]);

values(engine, 'regular expressions are those of RE2', [
  ['"abc" matches regex "^a.c$"', true],
  ['"abc" matches regex "B"', false],
  ['"abc" matches regex "(?i)B"', true],
  ['"a\\nb" matches regex "a.b"', false],
  ['"a\\nb" matches regex "(?s)a.b"', true],
  ['"a\\nb" matches regex "^b"', false],
  ['"a\\nb" matches regex "(?m)^b"', true],
  ['"aaa" matches regex "^a{2}$"', false],
  ['"é" matches regex @"^\\pL$"', true],
  ['"x1" matches regex @"\\bx\\d\\b"', true],
  ['extract("(?P<n>[0-9]+)", 1, "a12b")', '12'],
  ['extract("a(b)?", 1, "a")', ''],
  ['extract("([0-9]+)", 1, "a12", typeof(long))', 12],
  ['replace_regex("a1b22", @"([a-z])(\\d+)", @"\\2\\1")', '1a22b'],
  ['countof("aaaa", "aa")', 3],
  ['countof("aaaa", "aa", "regex")', 2],
  ['extract_all(@"(?P<k>\\w)=(?P<v>\\w)", dynamic(["v"]), "a=1 b=2")', '["1","2"]'],
]);

values(engine, 'positions', [
  // The examples of indexof() and indexof_regex().
  ['indexof("abcdefg", "cde", 1, 4)', 2],
  ['indexof("abcdefg", "cde", 1, 2)', -1],
  ['indexof("abcdefg", "cde", -5)', 2],
  ['indexof("abcdefgabcdefg", "cde", 1, 10, 2)', 9],
  ['indexof("abcdefgabcdefg", "cde", 1, -1, 3)', -1],
  ['indexof("abc", "c", 0, -2)', null],
  ['indexof_regex("abcabcdefg", @"a.c", 0, 9, 2)', 3],
  ['indexof_regex("ababaa", @"a.a", 0, -1, 2)', -1],
  ['indexof_regex("abcabc", @"a|ab", -1)', null],
  ['indexof_regex("x foo foo", @"\\bfoo\\b", 3)', 6],
  ['substring("😀bc", 1, 1)', 'b'],
  ['substring("abc", -2)', 'bc'],
  ['substring("abc", 5)', ''],
  ['strlen("😀ä")', 2],
  ['string_size("😀ä")', 6],
  ['reverse("ä😀")', '😀ä'],
]);
