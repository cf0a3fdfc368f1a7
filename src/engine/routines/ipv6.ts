import { routine, type Routine } from './routine';

interface Address {
  readonly bits: bigint;
  /** Leading bits that count, of 128. */
  readonly prefix: number;
}

const ALL = (1n << 128n) - 1n;
const octets = /^(.*?)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/u;

/**
 * An IPv6 or IPv4 address with an optional prefix. An IPv4 address alone, also after `::`, is `::ffff:a.b.c.d`, and its prefix counts from
 * the 96th bit.
 */
export function parseAddress(text: string): Address | undefined {
  const [address = '', suffix, ...more] = text.trim().split('/');
  if (more.length > 0) return undefined;
  const dotted = octets.exec(address);
  const groups = dotted ? mixedGroups(dotted) : groupsOf(address);
  if (!groups) return undefined;
  const bits = groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
  if (suffix === undefined) return { bits, prefix: 128 };
  const length = /^\d{1,3}$/u.test(suffix) ? Number(suffix) : 999;
  if (length > (dotted ? 32 : 128)) return undefined;
  return { bits, prefix: dotted ? 96 + length : length };
}

function mixedGroups(dotted: RegExpExecArray): number[] | undefined {
  const [, head = '', ...numbers] = dotted;
  const values = numbers.map(Number);
  if (values.some((value) => value > 255)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = values;
  const start = head === '' || head === '::' ? '::ffff:' : head;
  return groupsOf(`${start}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`);
}

function groupsOf(address: string): number[] | undefined {
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const [left, right] = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (!left || [...left, ...(right ?? [])].some((group) => !/^[0-9a-f]{1,4}$/iu.test(group))) return undefined;
  const missing = 8 - left.length - (right?.length ?? 0);
  if (right ? missing < 1 : missing !== 0) return undefined;
  const zeros = Array.from({ length: missing }, () => '0');
  return [...left, ...zeros, ...(right ?? [])].map((group) => Number.parseInt(group, 16));
}

const masked = (bits: bigint, prefix: number): bigint => bits & (ALL ^ ((1n << BigInt(128 - prefix)) - 1n));

function canonical(bits: bigint): string {
  return bits.toString(16).padStart(32, '0').replace(/(?<=.)(?=(?:.{4})+$)/gu, ':');
}

function limitOf(prefix: string | null): number | undefined {
  const value = Number(prefix);
  return prefix !== null && Number.isInteger(value) && value >= 0 && value <= 128 ? value : undefined;
}

function inRange(address: Address, range: Address): boolean {
  return masked(masked(address.bits, address.prefix), range.prefix) === masked(range.bits, range.prefix);
}

const truth = (value: boolean): string => (value ? 'true' : 'false');

export const ipv6Routines: readonly Routine[] = [
  routine('ipv6_text', 2, (text, prefix) => {
    const address = parseAddress(text ?? '');
    const limit = limitOf(prefix ?? null);
    return address && limit !== undefined ? canonical(masked(address.bits, Math.min(address.prefix, limit))) : null;
  }),
  routine('ipv6_prefix', 1, (text) => parseAddress(text ?? '')?.prefix.toString() ?? null),
  /** `-1`, `0` or `1`, under the shortest of the prefixes. */
  routine('ipv6_order', 3, (first, second, prefix) => {
    const a = parseAddress(first ?? '');
    const b = parseAddress(second ?? '');
    const limit = limitOf(prefix ?? null);
    if (!a || !b || limit === undefined) return null;
    const shortest = Math.min(a.prefix, b.prefix, limit);
    const [x, y] = [masked(a.bits, shortest), masked(b.bits, shortest)];
    return x < y ? '-1' : x > y ? '1' : '0';
  }),
  /** The ranges are a JSON array. */
  routine('ipv6_in_any_range', 2, (text, ranges) => {
    const address = parseAddress(text ?? '');
    if (!address || typeof ranges !== 'string') return null;
    const list: unknown = JSON.parse(ranges);
    const parsed = (Array.isArray(list) ? (list as unknown[]) : [list]).map((range) => (typeof range === 'string' ? parseAddress(range) : undefined));
    if (parsed.some((range) => range !== undefined && inRange(address, range))) return truth(true);
    return parsed.includes(undefined) ? null : truth(false);
  }),
  /** Fewest CIDR ranges that cover an IPv4 range, as JSON. */
  routine('ipv4_range_list', 2, (first, last) => {
    const from = parseAddress(first ?? '');
    const to = parseAddress(last ?? '');
    const embedded = 0xffffn << 32n;
    if (!from || !to || from.bits >> 32n !== 0xffffn || to.bits >> 32n !== 0xffffn) return null;
    const ranges: string[] = [];
    let next = from.bits - embedded;
    const end = to.bits - embedded;
    while (next <= end) {
      let size = 0;
      while (size < 32 && (next & ((1n << BigInt(size + 1)) - 1n)) === 0n && next + (1n << BigInt(size + 1)) - 1n <= end) size++;
      ranges.push(`${[24n, 16n, 8n, 0n].map((shift) => String((next >> shift) & 255n)).join('.')}/${32 - size}`);
      next += 1n << BigInt(size);
    }
    return JSON.stringify(ranges);
  }),
];
