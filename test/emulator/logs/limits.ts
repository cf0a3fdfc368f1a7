import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../http/clock';
import { type ServiceError, serviceError } from '../http/messages';

/** Limits of the query API: https://learn.microsoft.com/azure/azure-monitor/service-limits#log-queries-and-language */
export interface LogsLimits {
  readonly rows: number;
  /** Of the rows' JSON. */
  readonly bytes: number;
  readonly concurrent: number;
  /** For Basic and Auxiliary tables. */
  readonly concurrentSearches: number;
  readonly queued: number;
  readonly queuedMs: number;
  readonly requests: number;
  /** The time in which `requests` are allowed. */
  readonly windowMs: number;
  readonly workspaces: number;
  readonly cachedMs: number;
}

export const publishedLimits: LogsLimits = {
  rows: 500_000,
  bytes: 100 * 1024 * 1024,
  concurrent: 5,
  concurrentSearches: 2,
  queued: 200,
  queuedMs: 180_000,
  requests: 200,
  windowMs: 30_000,
  workspaces: 100,
  cachedMs: 120_000,
};

/** Lets a user's queries in: some at once, others in a queue, the rest not. */
export class QueryGate {
  readonly #limits: LogsLimits;
  readonly #clock: Clock;
  readonly #recent = new Map<string, number[]>();
  readonly #running = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();
  /** Most queries that one user ever had running at once. */
  peak = 0;

  constructor(limits: LogsLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** How many queries wait for others to end. */
  get queued(): number {
    return [...this.#waiting.values()].reduce((sum, queue) => sum + queue.length, 0);
  }

  /**
   * Waits until the user's query may run; the place is given back when `closed` is aborted.
   * @throws ServiceError 429 when there were too many requests, or too many wait, or it waited too long.
   */
  async enter(user: string, pool: 'query' | 'search', closed: AbortSignal): Promise<void> {
    this.#countRequest(user);
    const key = `${pool} ${user}`;
    const most = pool === 'query' ? this.#limits.concurrent : this.#limits.concurrentSearches;
    if ((this.#running.get(key) ?? 0) >= most) await this.#queue(key, closed);
    const running = (this.#running.get(key) ?? 0) + 1;
    this.#running.set(key, running);
    this.peak = Math.max(this.peak, running);
    const leave = (): void => {
      this.#running.set(key, (this.#running.get(key) ?? 1) - 1);
      this.#waiting.get(key)?.shift()?.();
    };
    if (closed.aborted) leave();
    else closed.addEventListener('abort', leave, { once: true });
  }

  #countRequest(user: string): void {
    const now = this.#clock.now();
    const recent = (this.#recent.get(user) ?? []).filter((time) => time > now - this.#limits.windowMs);
    this.#recent.set(user, recent);
    const [oldest = now] = recent;
    if (recent.length >= this.#limits.requests) throw throttled(Math.ceil((oldest + this.#limits.windowMs - now) / 1000));
    recent.push(now);
  }

  async #queue(key: string, closed: AbortSignal): Promise<void> {
    const queue = this.#waiting.get(key) ?? [];
    this.#waiting.set(key, queue);
    if (queue.length >= this.#limits.queued) throw throttled(30);
    const enough = new AbortController();
    const entered = await new Promise<boolean>((resolve) => {
      const enter = (): void => resolve(true);
      queue.push(enter);
      const giveUp = (): void => {
        const place = queue.indexOf(enter);
        if (place >= 0) queue.splice(place, 1);
        resolve(false);
      };
      closed.addEventListener('abort', giveUp, { once: true });
      delay(this.#limits.queuedMs, undefined, { signal: enough.signal }).then(giveUp, () => undefined);
    });
    enough.abort();
    if (!entered) throw throttled(30);
  }
}

function throttled(seconds: number): ServiceError {
  const error = serviceError(429, 'ThrottledError', 'Rate limit is exceeded', {
    innererror: { code: 'ThrottledError', message: `Too many queries. Try again in ${seconds} seconds.` },
  });
  return Object.assign(error, { headers: { 'retry-after': String(seconds) } });
}
