import { hostileText, stringLiteral } from './hostileText';
import type { Random } from './randomness';

type Extreme = (random: Random, size: number) => string;

const wrap = (open: string, inner: string, close: string, size: number): string => open.repeat(size) + inner + close.repeat(size);

/** Deep or long forms of every kind of syntax; `size` is how deep or how many. */
const nested: readonly Extreme[] = [
  (_, size) => `print x = ${wrap('(', '1', ')', size)}`,
  (_, size) => `print x = ${'('.repeat(size)}`,
  (_, size) => `print x = ${wrap('not(', 'true', ')', size)}`,
  (_, size) => `print x = ${wrap('strcat("a", ', '"b"', ')', size)}`,
  (_, size) => `print x = ${wrap('iff(true, ', '1', ', 2)', size)}`,
  (_, size) => `print x = 1${' + 1'.repeat(size)}`,
  (_, size) => `print x = 1${' * 2 + 1'.repeat(size)}`,
  (_, size) => `print x = ${'-'.repeat(size)}1`,
  (_, size) => `print x = ${'- '.repeat(size)}1`,
  (_, size) => `T | where b${' and b'.repeat(size)}`,
  (_, size) => `T | where s == "a"${' or s == "b"'.repeat(size)}`,
  (_, size) => `T${' | where b'.repeat(size)}`,
  (_, size) => `T${' | extend l = l + 1'.repeat(size)}`,
  (_, size) => `T${' | take 1'.repeat(size)}`,
  (_, size) => `T${' | project s'.repeat(size)}`,
  (_, size) => `T${' | summarize by s'.repeat(size)}`,
  (_, size) => `T${' | join (T) on s'.repeat(Math.ceil(size / 20))}`,
  (_, size) => `union ${'T, '.repeat(size)}T`,
  (_, size) => wrap('(', 'T', ')', size),
  (_, size) => wrap('union (', 'T', ')', size),
  (_, size) => wrap('T | join (', 'T', ') on s', size),
  (_, size) => wrap('T | where s in (', 'T', ')', size),
  (_, size) => wrap('T | mv-apply j on (', 'take 1', ')', size),
  (_, size) => wrap('toscalar(', 'T', ')', size),
  (_, size) => `print x = ${wrap('[', '1', ']', size)}`,
  (_, size) => `print x = dynamic(${wrap('[', '1', ']', size)})`,
  (_, size) => `print x = dynamic(${wrap('{"a":', '1', '}', size)})`,
  (_, size) => `print x = parse_json('${wrap('[', '1', ']', size)}')`,
  (_, size) => `T | project x = j${'.a'.repeat(size)}`,
  (_, size) => `T | project x = j${'["a"]'.repeat(size)}`,
  (_, size) => `T | project x = j${'[0]'.repeat(size)}`,
  (_, size) => `let a0 = 1;\n${Array.from({ length: size }, (__, index) => `let a${index + 1} = a${index} + 1;`).join('\n')}\nprint a${size}`,
  (_, size) => `let f0 = (x:long) { x };\n${Array.from({ length: Math.ceil(size / 20) }, (__, index) => `let f${index + 1} = (x:long) { f${index}(x) + f${index}(x) };`).join('\n')}\nprint f${Math.ceil(size / 20)}(1)`,
  (_, size) => wrap('let f = () { ', '1', ' }; ', size),
  (_, size) => `T | where s in (${'"x", '.repeat(size)}"y")`,
  (_, size) => `T | project ${Array.from({ length: size }, (__, index) => `a${index} = s`).join(', ')}`,
  (_, size) => `T | extend ${Array.from({ length: size }, (__, index) => `a${index} = ${index}`).join(', ')}`,
  (_, size) => `print x = case(${'b, "x", '.repeat(Math.ceil(size / 50))}"z")`,
  (_, size) => `datatable(a:long)[${'1,'.repeat(size)}]`,
  (_, size) => `T | parse s with ${'* "a" '.repeat(Math.ceil(size / 10))}x`,
  (_, size) => `${';'.repeat(size)}T`,
  (_, size) => '|'.repeat(size),
  (_, size) => `T ${'{'.repeat(size)}`,
  (_, size) => `T | where s matches regex "${wrap('(', 'a', ')', size)}"`,
  (_, size) => `T | where s matches regex "${'a?'.repeat(size)}"`,
  (_, size) => `//| ${wrap('[', 'x', ']', size)}\nT`,
  (_, size) => `//| ${'a: '.repeat(size)}x\nT`,
];

export function nestedInput(random: Random, size: number): string {
  return random.pick(nested)(random, size);
}

/** Every nested form at one size: the corners that chance would take long to reach. */
export function everyNestedInput(size: number, random: Random): string[] {
  return nested.map((make) => make(random, size));
}

/** Texts of about `size` characters. */
const large: readonly Extreme[] = [
  (random, size) => `print x = ${stringLiteral(random, 'x'.repeat(size))}`,
  (random, size) => `T | where s == ${stringLiteral(random, repeatTo(hostileText(random) || "'", size))}`,
  (random, size) => `T | where s has ${stringLiteral(random, repeatTo("'; DROP TABLE canary; --", size))}`,
  (_, size) => `print ['${'n'.repeat(size)}'] = 1`,
  (_, size) => 'n'.repeat(size),
  (_, size) => `T${' '.repeat(size)}| count`,
  (_, size) => `T${'\n'.repeat(size)}| count`,
  (_, size) => `// ${'c'.repeat(size)}\nT`,
  (_, size) => `print ${'9'.repeat(size)}`,
  (_, size) => `print datetime(${'9'.repeat(size)})`,
  (_, size) => `print 1.${'9'.repeat(size)}d`,
  (_, size) => `print dynamic("${'d'.repeat(size)}")`,
  (_, size) => `print "${'u'.repeat(size)}`,
  (_, size) => `T | where s matches regex "${'a'.repeat(size)}"`,
  (_, size) => `//| name: ${'n'.repeat(size)}\nT`,
  (_, size) => `\`\`\`${'m'.repeat(size)}\`\`\``,
  (_, size) => '\0'.repeat(size),
  (_, size) => '\uD800'.repeat(size),
];

export function largeInput(random: Random, size: number): string {
  return random.pick(large)(random, size);
}

export function everyLargeInput(size: number, random: Random): string[] {
  return large.map((make) => make(random, size));
}

function repeatTo(text: string, size: number): string {
  return text.repeat(Math.ceil(size / text.length)).slice(0, size);
}
