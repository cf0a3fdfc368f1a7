const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** A process that ran this long has recovered: its next end counts as the first. */
const CALM_MS = 5 * 60_000;

/** How long to wait before a process that ended is started again: twice as long each time it ends soon. */
export class RestartBackoff {
  readonly #now: () => number;
  #ends = 0;
  #lastEnd = Number.NEGATIVE_INFINITY;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The process has ended. @returns Milliseconds. */
  ended(): number {
    const now = this.#now();
    this.#ends = now - this.#lastEnd > CALM_MS ? 1 : this.#ends + 1;
    this.#lastEnd = now;
    return Math.min(FIRST_WAIT_MS * 2 ** (this.#ends - 1), LONGEST_WAIT_MS);
  }
}
