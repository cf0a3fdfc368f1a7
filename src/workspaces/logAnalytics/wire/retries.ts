import type { AzureWire, Caller } from './azureCall';
import type { Pause } from './pause';
import { ServiceFailure } from './serviceFailure';

/** Longest that a throttled call is repeated; then people decide. */
const MOST_WAIT_MS = 120_000;
/** Waits when the service does not say how long. */
const usualWaits = [5_000, 10_000, 20_000, 40_000] as const;
/** Failures behind which nothing may be wrong: one more try. */
const passing: ReadonlySet<number> = new Set([500, 502, 503]);
const PASSING_WAIT_MS = 1_000;
const SECOND = 1_000;

/**
 * Repeats a call while the service says that it is busy, and once after a failure that may have passed.
 * @returns what the call gives, with the time spent waiting told to `onWait`.
 * @throws ServiceFailure when the service stays busy, HuntError `cancelled`.
 */
export async function withRetries<T>(
  { now, pause }: Pick<AzureWire, 'now' | 'pause'>,
  caller: Caller,
  work: () => Promise<T>,
  onWait: (milliseconds: number) => void = () => undefined,
  mostWaitMs = MOST_WAIT_MS,
): Promise<T> {
  let waited = 0;
  let throttled = 0;
  let failed = false;
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      if (!(thrown instanceof ServiceFailure)) throw thrown;
      const isBusy = thrown.status === 429;
      if (!isBusy && (failed || !passing.has(thrown.status))) throw thrown;
      const wait = isBusy ? (thrown.retryAfterMs ?? usualWaits[throttled] ?? MOST_WAIT_MS) : PASSING_WAIT_MS;
      if (waited + wait > mostWaitMs) throw thrown;
      if (isBusy) throttled++;
      else failed = true;
      const reason = isBusy ? 'The service is busy' : `The service answered ${thrown.status}`;
      const started = now();
      await waitAloud(wait, reason, caller, pause);
      waited += wait;
      onWait(now() - started);
    }
  }
}

/** Waits and says for how long, second by second. */
async function waitAloud(milliseconds: number, reason: string, { token, progress }: Caller, pause: Pause): Promise<void> {
  for (let left = milliseconds; left > 0; left -= SECOND) {
    progress(`${reason}: waiting ${Math.ceil(left / SECOND)} s`);
    await pause(Math.min(left, SECOND), token);
  }
}
