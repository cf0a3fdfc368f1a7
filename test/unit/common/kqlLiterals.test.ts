import { describe, expect, it, vi } from 'vitest';
import { kqlComment, kqlDatetime, kqlLiteral, kqlName, kqlString, kqlStringArray } from '../../../src/common/kqlLiterals';
import { parse } from '../../../src/kql/analysis';

// Loading the language takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** The value that KQL reads out of the literal. */
function valueOf(literal: string): unknown {
  const nodes = [...parse(`print ${literal}`).walk()].filter((node) => node.kind === 'StringLiteralExpression');
  expect(nodes).toHaveLength(1);
  return nodes[0]?.literalText;
}

const hostile = [
  'plain',
  '',
  'with "quotes" and \'others\'',
  'back\\slash \\" \\\\',
  'C:\\new\\table',
  'line\nbreak\r\nand\ttab',
  '"; SecurityEvent | take 1 //',
  'right\u202eleft\u200bzero',
  '\u0000\u0007\u001b[31m',
  '\u2028\u2029\ufeff',
  'grüße 狩り 🕵️ e\u0301',
  '```x``` ~~~y~~~ @"z"',
];

describe('kqlString', () => {
  it.each(hostile)('reads back as it was: %j', (text) => {
    expect(valueOf(kqlString(text))).toBe(text);
  });

  it('shows what cannot be seen', () => {
    expect(kqlString('a\u202eb\u0000\nc')).toBe('"a\\u202eb\\u0000\\nc"');
  });

  it('writes halves of surrogate pairs as escapes', () => {
    expect(kqlString('a\ud83d')).toBe('"a\\ud83d"');
    expect(kqlString('🕵')).toBe('"🕵"');
  });
});

describe('kqlLiteral', () => {
  it.each([
    [true, 'bool', 'bool(true)'],
    [null, 'bool', 'bool(null)'],
    [-5, 'int', 'int(-5)'],
    ['9223372036854775807', 'long', 'long(9223372036854775807)'],
    [1.5, 'real', 'real(1.5)'],
    ['NaN', 'real', 'real(nan)'],
    ['Infinity', 'real', 'real(+inf)'],
    ['-Infinity', 'real', 'real(-inf)'],
    ['1.25', 'decimal', 'decimal(1.25)'],
    ['2024-05-06T07:08:09.1234567Z', 'datetime', 'datetime(2024-05-06T07:08:09.1234567Z)'],
    ['-1.02:03:04.0000001', 'timespan', 'timespan(-1.02:03:04.0000001)'],
    ['74be27de-1e4e-49d9-b579-fe0b331d3642', 'guid', 'guid(74be27de-1e4e-49d9-b579-fe0b331d3642)'],
    [null, 'string', '""'],
    ['a"b', 'string', '"a\\"b"'],
    ['{"a":[1,null]}', 'dynamic', 'dynamic({"a":[1,null]})'],
    [null, 'dynamic', 'dynamic(null)'],
  ] as const)('writes %j of type %s', (value, type, literal) => {
    expect(kqlLiteral(value, type)).toBe(literal);
  });

  // JSON's escapes are not all KQL's, and its line breaks stand between values.
  it.each(['"a\\/b"', '"\\b\\f"', '"\\\\/"', '[1,\n2]', '"\u2028\u202e"', '{"x\\"]) | take 1 //": "y"}'])('keeps JSON within its literal: %s', (json) => {
    const literals = [...parse(`print ${kqlLiteral(json, 'dynamic')} | take 1`).walk()].filter((node) => node.kind === 'DynamicExpression');
    expect(literals).toHaveLength(1);
    expect(JSON.parse(literals[0]?.text.replace(/^dynamic\(|\)$/gu, '') ?? '')).toEqual(JSON.parse(json));
  });
});

describe('kqlStringArray', () => {
  it('is dynamic JSON', () => {
    expect(kqlStringArray([])).toBe('dynamic([])');
    expect(kqlStringArray(['a', 'b"c'])).toBe('dynamic(["a", "b\\"c"])');
  });

  it('puts many one on a line', () => {
    expect(kqlStringArray(['a', 'b', 'c', 'd'])).toBe('dynamic([\n    "a",\n    "b",\n    "c",\n    "d"\n])');
  });

  it.each(hostile)('is JSON whatever the text: %j', (text) => {
    const [, json = ''] = /^dynamic\((.*)\)$/s.exec(kqlStringArray([text])) ?? [];
    expect(JSON.parse(json)).toEqual([text]);
  });
});

describe('kqlDatetime', () => {
  it.each([
    ['2026-11-20T08:05:09Z', 'datetime(2026-11-20T08:05:09Z)'],
    ['2026-11-20T08:05:09.1234567Z', 'datetime(2026-11-20T08:05:09.123Z)'],
    ['2026-11-20T08:05:09+02:00', 'datetime(2026-11-20T06:05:09Z)'],
    ['now) | take 1', 'datetime(null)'],
    ['', 'datetime(null)'],
  ])('%j is %s', (time, literal) => {
    expect(kqlDatetime(time)).toBe(literal);
  });
});

describe('kqlName', () => {
  it.each([
    ['Account', 'Account'],
    ['my result', '["my result"]'],
    ['a"]; x', '["a\\"]; x"]'],
    ['1st', '["1st"]'],
  ])('%j is %s', (name, text) => {
    expect(kqlName(name)).toBe(text);
  });
});

describe('kqlComment', () => {
  it('never leaves its line', () => {
    expect(kqlComment('a\nSecurityEvent\r\u2028b  c')).toBe('// a SecurityEvent b c');
  });
});
