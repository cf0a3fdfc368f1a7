/**
 * A small seeded generator (sfc32): the same seed gives the same sequence on every machine. Not for secrets.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** Streams of different labels are independent, so that a change in one table leaves the others as they are. */
  constructor(label: string) {
    const seeds = [hash(label, 0x9e3779b9), hash(label, 0x243f6a88), hash(label, 0xb7e15162)] as const;
    [this.#a, this.#b, this.#c] = seeds;
    for (let round = 0; round < 12; round++) this.next();
  }

  /** At least 0, less than 1. */
  next(): number {
    return this.#bits() / 4_294_967_296;
  }

  #bits(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + result;
    this.#c |= 0;
    return result >>> 0;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** A number from `low` up to `high`. */
  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** Bell-shaped around 0, never beyond ±3 (sum of six uniform numbers). */
  bell(): number {
    let sum = -3;
    for (let index = 0; index < 6; index++) sum += this.next();
    return sum;
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[Math.floor(this.next() * choices.length)];
    if (choice === undefined) throw new RangeError('nothing to pick from');
    return choice;
  }

  /** Picks by weight. */
  weighted<T>(choices: readonly (readonly [weight: number, choice: T])[]): T {
    let total = 0;
    for (const [weight] of choices) total += weight;
    let left = this.next() * total;
    for (const [weight, choice] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    return this.pick(choices)[1];
  }

  /** Some of the choices, all different, in a random order. */
  sample<T>(choices: readonly T[], count: number): T[] {
    const left = [...choices];
    for (let index = left.length - 1; index > 0; index--) {
      const other = this.whole(0, index);
      const moved = left[index] as T;
      left[index] = left[other] as T;
      left[other] = moved;
    }
    return left.slice(0, count);
  }

  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.#word();
    return text.length === digits ? text : text.slice(0, digits);
  }

  guid(): string {
    const [second, third] = [this.#word(), this.#word()];
    return `${this.#word()}-${second.slice(0, 4)}-4${second.slice(5)}-a${third.slice(1, 4)}-${third.slice(4)}${this.#word()}`;
  }

  /** Eight hexadecimal digits. */
  #word(): string {
    return this.#bits().toString(16).padStart(8, '0');
  }
}

/** FNV-1a over UTF-16 code units, mixed with a start value. */
function hash(text: string, start: number): number {
  let value = 0x811c9dc5 ^ start;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value;
}
