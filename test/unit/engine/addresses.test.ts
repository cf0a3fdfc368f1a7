import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyRangePattern, prefixPattern, privatePattern } from '../../../src/engine/addresses';
import { parseAddress } from '../../../src/engine/routines/ipv6';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
  // Loads the language, which takes longer than a test may.
  await engine.value('1');
}, 60_000);
afterAll(() => engine.close());

/** Each line: an expression and its value. */
function values(lines: readonly (readonly [string, unknown])[]): void {
  for (const [expression, expected] of lines) {
    it(expression, async () => {
      expect(await engine.value(expression)).toBe(expected);
    });
  }
}

describe('IPv4', () => {
  values([
    ['ipv4_is_private("10.1.2.3")', true],
    ['ipv4_is_private("192.168.1.1/24")', true],
    ['ipv4_is_private("172.32.0.1")', false],
    ['ipv4_is_private("127.0.0.1")', false],
    ['ipv4_is_private("10.1.2")', null],
    ['ipv4_is_in_range("192.168.1.1", "192.168.1.255/24")', true],
    ['ipv4_is_in_range("192.168.2.1", "192.168.1.255/24")', false],
    ['ipv4_is_in_range("x", "192.168.1.255/24")', null],
    ['ipv4_is_in_range("1.2.3.4", "x")', null],
    ['ipv4_is_in_any_range("10.9.9.9", "192.168.0.0/16", "10.8.0.0/15")', true],
    ['ipv4_is_in_any_range("10.10.0.1", dynamic(["192.168.0.0/16", "10.8.0.0/15"]))', false],
    ['ipv4_is_match("192.168.1.1/30", "192.168.1.255/24")', true],
    ['ipv4_compare("1.1.1.2", "1.1.1.1")', 1],
    ['ipv4_compare("1.1.1.1", "1.1.1.2", 24)', 0],
    ['parse_ipv4("192.168.1.1/24")', 3232235776],
    ['parse_ipv4("256.1.1.1")', null],
    ['format_ipv4("192.168.1.77", 24)', '192.168.1.0'],
    ['format_ipv4_mask("192.168.1.77/24", 32)', '192.168.1.0/24'],
    ['format_ipv4("192.168.1.1", -1)', ''],
    ['ipv4_netmask_suffix("127.0.0.1/16")', 16],
    ['tostring(ipv4_range_to_cidr_list("1.1.128.0", "1.1.140.255"))', '["1.1.128.0/21","1.1.136.0/22","1.1.140.0/24"]'],
    // An address in a text has to stand between characters that are neither letters nor digits.
    ['has_ipv4("at 127.0.0.1 GET", "127.0.0.1")', true],
    ['has_ipv4("at 127.0.0.11 GET", "127.0.0.1")', false],
    ['has_any_ipv4_prefix("from 10.1.2.3", "192.", "10.1.")', true],
    ['has_ipv4_prefix("from 10.1.2.300", "10.1.")', false],
    ['has_ipv4_prefix("from 10.1.2.3", "10.1")', false],
  ]);
});

describe('IPv6', () => {
  values([
    ['parse_ipv6("192.168.255.255/24")', '0000:0000:0000:0000:0000:ffff:c0a8:ff00'],
    ['parse_ipv6_mask("fe80::85d:e82c:9446:7994/120", 124)', 'fe80:0000:0000:0000:085d:e82c:9446:7900'],
    ['parse_ipv6("1::2::3")', ''],
    ['ipv6_is_match("192.168.1.1", "::ffff:c0a8:0101")', true],
    ['ipv6_compare("fe80::2", "fe80::1")', 1],
    ['ipv6_is_in_range("a5e:f127::abcd", "a5e:f127::/112")', true],
    ['ipv6_is_in_any_range("::1", dynamic(["fe80::/10"]))', false],
  ]);
});

it('the patterns say what arithmetic says', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const numbers = fc.tuple(octet, octet, octet, octet);
  const number = (parts: readonly number[]): number => parts.reduce((all, part) => all * 256 + part, 0);
  fc.assert(
    fc.property(numbers, numbers, fc.integer({ min: 0, max: 32 }), fc.boolean(), (address, base, prefix, near) => {
      const tested = near ? [...base.slice(0, 3), address[3]] : address;
      const pattern = new RegExp(`^(?:${anyRangePattern([`${base.join('.')}/${prefix}`]) ?? ''})$`, 'u');
      const size = 2 ** (32 - prefix);
      expect(pattern.test(tested.join('.'))).toBe(Math.floor(number(tested) / size) === Math.floor(number(base) / size));
    }),
  );
  expect(new RegExp(`^${privatePattern}$`, 'u').test('172.31.255.255')).toBe(true);
  expect(prefixPattern('10.1', true)).toBeUndefined();
});

it('reads addresses', () => {
  expect(parseAddress('::')).toEqual({ bits: 0n, prefix: 128 });
  expect(parseAddress('10.0.0.1/8')).toEqual({ bits: 0xffff0a000001n, prefix: 104 });
  expect(parseAddress('1:2:3:4:5:6:7:8:9')).toBeUndefined();
  expect(parseAddress('1.2.3.4/33')).toBeUndefined();
});
