import type { Disposable } from './disposable';

export interface PollerOptions {
  /** Milliseconds between the end of one look and the next; 0: none. Asked each time. */
  readonly interval: () => number;
  /** Is anyone looking? When not, nothing is asked, and the next look comes when someone is. */
  readonly isActive: () => boolean;
  /** What it throws makes the next looks rarer. */
  readonly look: () => Promise<void>;
  readonly timers?: { setTimeout(work: () => void, ms: number): unknown; clearTimeout(timer: never): void };
}

/** Longest wait after failures, in intervals. */
const MOST_PATIENCE = 16;

/** Looks again and again while someone is looking; twice as rarely after each failure, until one succeeds. */
export class Poller implements Disposable {
  readonly #options: PollerOptions;
  #timer: unknown;
  #patience = 1;
  #isLooking = false;
  #isDisposed = false;
  /** A look was due while nobody was looking. */
  #isDue = false;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#schedule();
  }

  /** Someone looks now, or no longer; or the interval is another. */
  changed(): void {
    if (this.#isDue && this.#options.isActive()) void this.#look();
    else if (!this.#isDue) this.#schedule();
  }

  /** It has been looked just now, by whomever. */
  looked(): void {
    this.#patience = 1;
    this.#isDue = false;
    this.#schedule();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#clear();
  }

  #schedule(): void {
    this.#clear();
    const interval = this.#options.interval();
    if (this.#isDisposed || this.#isLooking || interval <= 0) return;
    const timers = this.#options.timers ?? globalThis;
    this.#timer = timers.setTimeout(() => void this.#look(), interval * this.#patience);
  }

  #clear(): void {
    const timers: { clearTimeout(timer: never): void } = this.#options.timers ?? globalThis;
    timers.clearTimeout(this.#timer as never);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    if (this.#isLooking || this.#isDisposed) return;
    this.#isDue = !this.#options.isActive();
    if (this.#isDue) return;
    this.#isLooking = true;
    try {
      await this.#options.look();
      this.#patience = 1;
    } catch {
      this.#patience = Math.min(MOST_PATIENCE, this.#patience * 2);
    } finally {
      this.#isLooking = false;
      this.#schedule();
    }
  }
}
