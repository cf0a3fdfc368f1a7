import type { RouteClass } from './messages';

/** A request that came in. Secrets are left out. */
export interface LoggedRequest {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  /** Lower-case names; of `authorization` only the scheme. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Absent on token requests, which hold secrets. */
  readonly body?: string;
  /** Undefined for an unknown path. */
  readonly kind: RouteClass | undefined;
  /** What came of it: `aborted` when the client went away first. */
  readonly outcome: 'running' | 'answered' | 'aborted';
  /** Once the answer has begun. */
  readonly status?: number;
  /** The fault that hit it. */
  readonly fault?: string;
  /** A defect of the emulator that cut the answer off. */
  readonly mistake?: string;
}

export type RunningRequest = { -readonly [K in keyof LoggedRequest]: LoggedRequest[K] };

const MOST_KEPT = 10_000;

/** What the emulator was asked, oldest first, for assertions. */
export class RequestLog {
  readonly #entries: RunningRequest[] = [];
  readonly #waiting: { readonly isMet: () => boolean; readonly resolve: () => void }[] = [];

  all(): readonly LoggedRequest[] {
    return this.#entries;
  }

  of(kind: RouteClass): readonly LoggedRequest[] {
    return this.#entries.filter((entry) => entry.kind === kind);
  }

  clear(): void {
    this.#entries.length = 0;
  }

  /** Resolves when the log, now or after a later request or outcome, is as wanted. */
  async until(isMet: (log: readonly LoggedRequest[]) => boolean): Promise<void> {
    const met = (): boolean => isMet(this.#entries);
    if (met()) return;
    await new Promise<void>((resolve) => this.#waiting.push({ isMet: met, resolve }));
  }

  add(entry: RunningRequest): RunningRequest {
    this.#entries.push(entry);
    if (this.#entries.length > MOST_KEPT) this.#entries.shift();
    this.changed();
    return entry;
  }

  /** To be called when an entry changes. */
  changed(): void {
    for (const waiting of [...this.#waiting]) {
      if (!waiting.isMet()) continue;
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.resolve();
    }
  }
}

const secret = new Set(['authorization', 'x-identity-header', 'cookie']);

/** Headers without what a log must not hold: of a token only its scheme stays. */
export function withoutSecrets(headers: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string | undefined>> {
  const shown = ([name, value]: [string, string | undefined]): [string, string | undefined] =>
    secret.has(name) ? [name, `${/^Bearer(?= )/iu.exec(value ?? '')?.[0] ?? ''} …`] : [name, value];
  return Object.fromEntries(Object.entries(headers).map(shown));
}
