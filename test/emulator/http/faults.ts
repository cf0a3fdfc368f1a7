import type { RouteClass } from './messages';

/** What goes wrong. Sizes are bytes of the answer's body. */
export type FaultEffect =
  /** The answer comes later. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** The answer comes when {@link Faults.release} is called; `body`: its head at once, the body then. */
  | { readonly kind: 'hold'; readonly part?: 'answer' | 'body' }
  /** An error answer instead of the real one; a body that is a text is sent as a page of HTML. */
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  /** 429; `retryAfter` in seconds, or a text sent as it is (an HTTP date); none: no such header. */
  | { readonly kind: 'throttle'; readonly retryAfter?: number | string }
  /** The connection is reset when so much of the body is out. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** The connection is reset before anything is answered. */
  | { readonly kind: 'refuse' }
  /** The body ends early, though the answer looks complete. */
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  /** The answer of a query says that it is not whole: a `PartialError` beside the rows. */
  | { readonly kind: 'partial'; readonly message?: string }
  /** The body is no JSON. */
  | { readonly kind: 'malformed' }
  /** The body comes in pieces of `bytes`, one every `everyMs`. */
  | { readonly kind: 'trickle'; readonly bytes: number; readonly everyMs: number }
  /** 401; with `claims`, a claims challenge. */
  | { readonly kind: 'unauthorized'; readonly claims?: string };

export interface Fault {
  readonly on: RouteClass | 'all';
  readonly effect: FaultEffect;
  /** How many matching requests it hits: 1 unless told; `Infinity` until it is removed. */
  readonly times?: number;
  /** How many matching requests pass first. */
  readonly after?: number;
  readonly method?: string;
  /** Matched against path and query. */
  readonly path?: RegExp;
}

interface Armed {
  readonly fault: Fault;
  passes: number;
  left: number;
}

/** The faults that wait for requests. A request is hit by the oldest one that matches it. */
export class Faults {
  #armed: Armed[] = [];
  #held: (() => void)[] = [];
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  /** @returns removes the fault. */
  add(fault: Fault): () => void {
    const armed = { fault, passes: fault.after ?? 0, left: fault.times ?? 1 };
    this.#armed.push(armed);
    return () => (this.#armed = this.#armed.filter((other) => other !== armed));
  }

  /** Removes all faults and lets go what they hold. */
  clear(): void {
    this.#armed = [];
    this.release();
  }

  /** How many faults have requests left to hit. */
  get armed(): number {
    return this.#armed.length;
  }

  /** How many requests are held back. */
  get held(): number {
    return this.#held.length;
  }

  /** Resolves when so many requests are held back. */
  async untilHeld(count: number): Promise<void> {
    if (this.#held.length >= count) return;
    await new Promise<void>((resolve) => this.#waiting.push({ count, resolve }));
    this.#waiting = this.#waiting.filter((waiting) => this.#held.length < waiting.count);
  }

  /** Answers what was held back. */
  release(): void {
    for (const resume of this.#held.splice(0)) resume();
  }

  /** Waits for {@link release}; fails when the request is no longer wanted. */
  async hold(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const resume = (): void => {
        this.#held = this.#held.filter((other) => other !== resume);
        if (signal.aborted) reject(new Error('The held request is no longer wanted.'));
        else resolve();
      };
      this.#held.push(resume);
      for (const waiting of this.#waiting) if (this.#held.length >= waiting.count) waiting.resolve();
      signal.addEventListener('abort', resume, { once: true });
    });
  }

  /** The effect on a request, which uses it up. */
  take(kind: RouteClass, method: string, path: string): FaultEffect | undefined {
    for (const armed of this.#armed) {
      const { fault } = armed;
      if (fault.on !== 'all' && fault.on !== kind) continue;
      if (fault.method !== undefined && fault.method !== method) continue;
      if (fault.path && !fault.path.test(path)) continue;
      if (armed.passes > 0) {
        armed.passes--;
        continue;
      }
      armed.left--;
      if (armed.left <= 0) this.#armed = this.#armed.filter((other) => other !== armed);
      return fault.effect;
    }
    return undefined;
  }
}
