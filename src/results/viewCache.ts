import type { CancellationToken } from '../common/cancellation';
import { HuntError } from '../common/errors';

/** So much of what was made for views is kept, of all results together: 32 whole orders of 500,000 rows. */
const DEFAULT_BYTES = 64 * 1024 * 1024;

interface Entry<T> {
  readonly value: Promise<T>;
  /** 0 until it is made. */
  bytes: number;
}

/** What was made for views, bounded by its memory: the least recently used goes first. */
export class ViewCache<T extends { readonly byteLength: number }> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #limit: number;
  #bytes = 0;

  constructor(limit = DEFAULT_BYTES) {
    this.#limit = limit;
  }

  /** What is kept under the key, or is made now. One that was stopped or failed is made again when it is asked for again. */
  async use(key: string, make: () => Promise<T>, token: CancellationToken): Promise<T> {
    const known = this.#entries.get(key);
    const entry = known ?? { value: make(), bytes: 0 };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    try {
      const value = await entry.value;
      this.#weigh(key, entry, value.byteLength);
      return value;
    } catch (thrown) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      // Made for someone else, who stopped waiting: make it for this caller.
      if (known && isCancelled(thrown) && !token.isCancellationRequested) return this.use(key, make, token);
      throw thrown;
    }
  }

  /** Drops what is kept under keys that begin so. */
  forget(prefix: string): void {
    for (const key of [...this.#entries.keys()].filter((kept) => kept.startsWith(prefix))) this.#delete(key);
  }

  #weigh(key: string, entry: Entry<T>, bytes: number): void {
    if (entry.bytes > 0 || this.#entries.get(key) !== entry) return;
    entry.bytes = bytes;
    this.#bytes += bytes;
    for (const [oldest] of this.#entries) {
      if (this.#bytes <= this.#limit || oldest === key) break;
      this.#delete(oldest);
    }
  }

  #delete(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0;
    this.#entries.delete(key);
  }
}

function isCancelled(thrown: unknown): boolean {
  return thrown instanceof HuntError && thrown.data.kind === 'cancelled';
}
