import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CancellationSource, neverCancelled } from '../../../../src/common/cancellation';
import { pause } from '../../../../src/workspaces/logAnalytics/wire/pause';
import { withRetries } from '../../../../src/workspaces/logAnalytics/wire/retries';
import { QueryScheduler, type Turn } from '../../../../src/workspaces/logAnalytics/wire/scheduler';
import { ServiceFailure } from '../../../../src/workspaces/logAnalytics/wire/serviceFailure';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const limits = { concurrentQueries: 2, concurrentSearches: 1, requests: 4, windowMs: 30_000 };
const query: Turn = { user: 'priya', endpoint: 'query' };
const quiet = { token: neverCancelled, progress: () => undefined };

/** Work that ends when it is told to. */
function work(name: string, log: string[]): { readonly start: () => Promise<string>; readonly end: () => void } {
  let end = (): void => undefined;
  const done = new Promise<string>((resolve) => (end = () => resolve(name)));
  return {
    start: () => {
      log.push(name);
      return done;
    },
    end: () => end(),
  };
}

async function settled(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

describe('the line of queries', () => {
  it('lets as many run as the service allows, the others in the order they came', async () => {
    const scheduler = new QueryScheduler(limits, Date.now);
    const log: string[] = [];
    const jobs = ['a', 'b', 'c', 'd'].map((name) => work(name, log));
    const sentences: string[] = [];
    const running = jobs.map((job, index) => scheduler.run(query, { ...quiet, progress: (sentence) => sentences.push(`${index}: ${sentence}`) }, job.start));
    await settled();
    expect(log).toEqual(['a', 'b']);
    expect(sentences.at(-2)).toBe('2: Waiting: 2 queries are running');
    expect(sentences.at(-1)).toBe('3: Waiting: 2 queries are running, 1 waits before this one');
    jobs[1]?.end();
    await settled();
    expect(log).toEqual(['a', 'b', 'c']);
    for (const job of jobs) job.end();
    expect(await Promise.all(running)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('counts users and endpoints by themselves', async () => {
    const scheduler = new QueryScheduler(limits, Date.now);
    const log: string[] = [];
    const turns: readonly Turn[] = [query, query, query, { ...query, user: 'adam' }, { ...query, endpoint: 'search' }, { ...query, endpoint: 'search' }];
    for (const [index, turn] of turns.entries()) void scheduler.run(turn, quiet, work(`${turn.user} ${turn.endpoint} ${index}`, log).start);
    await settled();
    expect(log).toEqual(['priya query 0', 'priya query 1', 'adam query 3', 'priya search 4']);
  });

  it('leaves its place to the next when one is cancelled or fails', async () => {
    const scheduler = new QueryScheduler(limits, Date.now);
    const log: string[] = [];
    const first = work('first', log);
    const failing = scheduler.run(query, quiet, () => Promise.reject(new Error('failed')));
    void scheduler.run(query, quiet, first.start);
    const source = new CancellationSource();
    const cancelled = scheduler.run(query, { ...quiet, token: source.token }, work('cancelled', log).start);
    source.cancel();
    await expect(failing).rejects.toThrow('failed');
    await expect(cancelled).rejects.toThrow('Stopped');
    void scheduler.run(query, quiet, work('next', log).start);
    await settled();
    expect(log).toEqual(['first', 'next']);
  });

  it('keeps to the number of requests in a time, and says when it goes on', async () => {
    const scheduler = new QueryScheduler(limits, Date.now);
    for (let index = 0; index < 4; index++) await scheduler.run(query, quiet, () => Promise.resolve());
    const sentences: string[] = [];
    let waited = 0;
    const fifth = scheduler.run(query, { ...quiet, progress: (sentence) => sentences.push(sentence) }, () => Promise.resolve('sent'), (ms) => (waited = ms));
    await vi.advanceTimersByTimeAsync(29_000);
    expect(sentences[0]).toBe('Waiting: 4 queries were sent in the last 30 s; going on in 30 s');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await fifth).toBe('sent');
    expect(waited).toBeGreaterThanOrEqual(29_900);
  });
});

describe('retries', () => {
  const failure = (status: number, retryAfterMs?: number): ServiceFailure => new ServiceFailure(status, [], 'api.test', retryAfterMs, undefined);
  const now = { now: Date.now, pause };

  it('wait as long as the service says, and say so', async () => {
    const sentences: string[] = [];
    const answers = [failure(429, 3_000), failure(429, 2_000)];
    const run = withRetries(now, { ...quiet, progress: (sentence) => sentences.push(sentence) }, async () => {
      const next = answers.shift();
      if (next) throw next;
      return 'fine';
    });
    await vi.advanceTimersByTimeAsync(4_900);
    expect(sentences).toEqual(['The service is busy: waiting 3 s', 'The service is busy: waiting 2 s', 'The service is busy: waiting 1 s', 'The service is busy: waiting 2 s', 'The service is busy: waiting 1 s']);
    await vi.advanceTimersByTimeAsync(200);
    expect(await run).toBe('fine');
  });

  it('without a time get longer, up to two minutes in all', async () => {
    const times: number[] = [];
    const run = withRetries(now, quiet, () => {
      times.push(Date.now());
      return Promise.reject(failure(429));
    }).catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(200_000);
    expect(await run).toBeInstanceOf(ServiceFailure);
    expect(times.map((time) => Math.round((time - (times[0] ?? 0)) / 1000))).toEqual([0, 5, 15, 35, 75]);
  });

  it.each([
    [500, 2],
    [503, 2],
    [504, 1],
    [400, 1],
    [403, 1],
  ])('of %s: %s calls', async (status, calls) => {
    let count = 0;
    const run = withRetries(now, quiet, () => {
      count++;
      return Promise.reject(failure(status));
    }).catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await run).toBeInstanceOf(ServiceFailure);
    expect(count).toBe(calls);
  });

  it('end at once when they are cancelled', async () => {
    const source = new CancellationSource();
    const impatient = { ...quiet, token: source.token };
    const run = withRetries(now, impatient, () => Promise.reject(failure(429, 60_000))).catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(1_500);
    source.cancel();
    expect(await run).toMatchObject({ data: { kind: 'cancelled' } });
    expect(vi.getTimerCount()).toBe(0);
  });
});
