import type { AzureConnection } from '../../../common/azure';
import { HuntError } from '../../../common/errors';
import type { Caller } from './azureCall';
import { pause } from './pause';

/** What the service allows a user: https://learn.microsoft.com/azure/azure-monitor/service-limits#log-queries-and-language */
export interface ServiceLimits {
  readonly concurrentQueries: number;
  /** Of tables of the plans Basic and Auxiliary. */
  readonly concurrentSearches: number;
  readonly requests: number;
  readonly windowMs: number;
}

export const publishedLimits: ServiceLimits = { concurrentQueries: 5, concurrentSearches: 2, requests: 200, windowMs: 30_000 };

export interface Turn {
  /** Whose limits count: one user of one tenant. */
  readonly user: string;
  readonly endpoint: 'query' | 'search';
}

/** Whose limits count for what goes over a connection. */
export function userOf({ endpoints, credential, tenantId, accountId }: AzureConnection): string {
  return JSON.stringify([endpoints.logAnalytics, credential, tenantId, accountId]);
}

interface Waiting {
  readonly start: () => void;
  readonly progress: (sentence: string) => void;
}

interface Lane {
  running: number;
  readonly waiting: Waiting[];
}

/**
 * Keeps the queries of all notebooks within the service's limits: those that would be one too many wait in line, in the order they came,
 * instead of being refused.
 */
export class QueryScheduler {
  readonly #limits: ServiceLimits;
  readonly #now: () => number;
  readonly #lanes = new Map<string, Lane>();
  /** When each user's latest requests were sent. */
  readonly #sent = new Map<string, number[]>();

  constructor(limits: ServiceLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /**
   * Does the work when its turn has come.
   * @param onWait Told how long it waited, in milliseconds.
   * @throws HuntError `cancelled` while it waits; what the work throws.
   */
  async run<T>(turn: Turn, caller: Caller, work: () => Promise<T>, onWait: (milliseconds: number) => void = () => undefined): Promise<T> {
    const started = this.#now();
    const lane = this.#lane(turn);
    if (lane.running >= this.#most(turn) || lane.waiting.length > 0) await this.#wait(turn, lane, caller);
    else lane.running++;
    try {
      await this.#countRequest(turn.user, caller);
      onWait(this.#now() - started);
      return await work();
    } finally {
      this.#leave(turn, lane);
    }
  }

  #lane({ user, endpoint }: Turn): Lane {
    const key = `${endpoint} ${user}`;
    const lane = this.#lanes.get(key) ?? { running: 0, waiting: [] };
    this.#lanes.set(key, lane);
    return lane;
  }

  #most({ endpoint }: Turn): number {
    return endpoint === 'query' ? this.#limits.concurrentQueries : this.#limits.concurrentSearches;
  }

  #wait(turn: Turn, lane: Lane, { token, progress }: Caller): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        start: () => {
          registration.dispose();
          lane.running++;
          resolve();
        },
        progress,
      };
      lane.waiting.push(waiting);
      const registration = token.onCancellationRequested(() => {
        const place = lane.waiting.indexOf(waiting);
        if (place >= 0) lane.waiting.splice(place, 1);
        this.#tellPlaces(turn, lane);
        reject(new HuntError({ kind: 'cancelled' }));
      });
      this.#tellPlaces(turn, lane);
    });
  }

  #leave(turn: Turn, lane: Lane): void {
    lane.running--;
    lane.waiting.shift()?.start();
    this.#tellPlaces(turn, lane);
  }

  #tellPlaces(turn: Turn, lane: Lane): void {
    const what = turn.endpoint === 'query' ? 'queries' : 'searches';
    lane.waiting.forEach(({ progress }, place) => {
      const before = place === 0 ? '' : `, ${place} wait${place === 1 ? 's' : ''} before this one`;
      progress(`Waiting: ${this.#most(turn)} ${what} are running${before}`);
    });
  }

  /** Waits until the window of time has room for one more request. */
  async #countRequest(user: string, { token, progress }: Caller): Promise<void> {
    for (;;) {
      const now = this.#now();
      const sent = (this.#sent.get(user) ?? []).filter((time) => time > now - this.#limits.windowMs);
      this.#sent.set(user, sent);
      const [oldest] = sent;
      if (oldest === undefined || sent.length < this.#limits.requests) {
        sent.push(now);
        return;
      }
      const left = oldest + this.#limits.windowMs - now;
      progress(`Waiting: ${this.#limits.requests} queries were sent in the last ${this.#limits.windowMs / 1000} s; going on in ${Math.ceil(left / 1000)} s`);
      await pause(Math.max(1, Math.min(left, 1000)), token);
    }
  }
}
