import { routine, type Routine } from './routine';

/** Constants of RFC 3492. */
const BASE = 36;
const LEAST = 1;
const MOST = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_CODE = 128;

const codesOf = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);

function adapted(delta: number, count: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / DAMP) : delta >> 1;
  rest += Math.floor(rest / count);
  let steps = 0;
  while (rest > ((BASE - LEAST) * MOST) / 2) {
    rest = Math.floor(rest / (BASE - LEAST));
    steps += BASE;
  }
  return steps + Math.floor(((BASE - LEAST + 1) * rest) / (rest + SKEW));
}

const threshold = (step: number, bias: number): number => Math.max(LEAST, Math.min(MOST, step - bias));
const digit = (value: number): string => String.fromCharCode(value < 26 ? value + 97 : value + 22);

function valueOf(character: string): number | undefined {
  const value = Number.parseInt(character, 36);
  return Number.isNaN(value) ? undefined : /\d/u.test(character) ? value + 26 : value - 10;
}

export function encode(text: string): string {
  const codes = codesOf(text);
  const basic = codes.filter((code) => code < FIRST_CODE);
  let output = String.fromCodePoint(...basic) + (basic.length > 0 && basic.length < codes.length ? '-' : '');
  let [current, delta, bias, handled] = [FIRST_CODE, 0, FIRST_BIAS, basic.length];
  while (handled < codes.length) {
    const from = current;
    const next = codes.filter((code) => code >= from).reduce((least, code) => Math.min(least, code));
    delta += (next - current) * (handled + 1);
    current = next;
    for (const code of codes) {
      if (code < current) delta++;
      if (code !== current) continue;
      let rest = delta;
      for (let step = BASE; ; step += BASE) {
        const limit = threshold(step, bias);
        if (rest < limit) break;
        output += digit(limit + ((rest - limit) % (BASE - limit)));
        rest = Math.floor((rest - limit) / (BASE - limit));
      }
      output += digit(rest);
      bias = adapted(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled++;
    }
    delta++;
    current++;
  }
  return output;
}

/** Undefined when it is no punycode. */
export function decode(text: string): string | undefined {
  const cut = text.lastIndexOf('-');
  const codes = codesOf(text.slice(0, Math.max(0, cut)));
  const rest = text.slice(cut + 1);
  let [current, place, bias, index] = [FIRST_CODE, 0, FIRST_BIAS, 0];
  while (index < rest.length) {
    const before = place;
    let weight = 1;
    for (let step = BASE; ; step += BASE) {
      const value = valueOf(rest.charAt(index++));
      if (value === undefined) return undefined;
      place += value * weight;
      const limit = threshold(step, bias);
      if (value < limit) break;
      weight *= BASE - limit;
      if (place > Number.MAX_SAFE_INTEGER) return undefined;
    }
    bias = adapted(place - before, codes.length + 1, before === 0);
    current += Math.floor(place / (codes.length + 1));
    if (current > 0x10ffff) return undefined;
    place %= codes.length + 1;
    codes.splice(place++, 0, current);
  }
  return String.fromCodePoint(...codes);
}

const isPlain = (text: string): boolean => codesOf(text).every((code) => code < FIRST_CODE);
const labels = (domain: string, change: (label: string) => string): string => domain.split(/[.。．｡]/u).map(change).join('.');

/** Punycode, of a text and of the labels of a domain. */
export const punycodeRoutines: readonly Routine[] = [
  routine('punycode_encode', 1, (text) => encode(text ?? '')),
  routine('punycode_decode', 1, (text) => decode(text ?? '') ?? null),
  routine('punycode_domain_encode', 1, (domain) => labels(domain ?? '', (label) => (isPlain(label) ? label : `xn--${encode(label)}`))),
  routine('punycode_domain_decode', 1, (domain) => labels(domain ?? '', (label) => (/^xn--/iu.test(label) ? (decode(label.slice(4)) ?? label) : label))),
];
