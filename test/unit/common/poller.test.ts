import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Poller } from '../../../src/common/poller';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function poller(interval = 1000) {
  const state = { isActive: true, fails: false, looks: 0, interval };
  const made = new Poller({
    interval: () => state.interval,
    isActive: () => state.isActive,
    look: async () => {
      state.looks++;
      if (state.fails) throw new Error('no answer');
    },
  });
  return { state, made };
}

describe('Poller', () => {
  it('looks once an interval', async () => {
    const { state, made } = poller();
    await vi.advanceTimersByTimeAsync(3500);
    expect(state.looks).toBe(3);
    made.dispose();
    await vi.advanceTimersByTimeAsync(5000);
    expect(state.looks).toBe(3);
  });

  it('waits twice as long after each failure, and as before after a success', async () => {
    const { state } = poller();
    state.fails = true;
    // Looks at 1, 3, 7 and 15 s.
    await vi.advanceTimersByTimeAsync(14_900);
    expect(state.looks).toBe(3);
    state.fails = false;
    await vi.advanceTimersByTimeAsync(100);
    expect(state.looks).toBe(4);
    await vi.advanceTimersByTimeAsync(1000);
    expect(state.looks).toBe(5);
  });

  it('asks nothing while nobody looks, and at once when someone does again', async () => {
    const { state, made } = poller();
    state.isActive = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.looks).toBe(0);
    state.isActive = true;
    made.changed();
    await vi.advanceTimersByTimeAsync(0);
    expect(state.looks).toBe(1);
  });

  it('does nothing when it is off, and begins when it is switched on', async () => {
    const { state, made } = poller(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.looks).toBe(0);
    state.interval = 500;
    made.changed();
    await vi.advanceTimersByTimeAsync(500);
    expect(state.looks).toBe(1);
  });

  it('waits a whole interval after others have looked', async () => {
    const { state, made } = poller();
    await vi.advanceTimersByTimeAsync(900);
    made.looked();
    await vi.advanceTimersByTimeAsync(900);
    expect(state.looks).toBe(0);
  });
});
