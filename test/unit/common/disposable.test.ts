import { describe, expect, it } from 'vitest';
import { type Disposable, DisposableStore, toDisposable } from '../../../src/common/disposable';

function recorder(): { log: string[]; resource: (name: string) => Disposable } {
  const log: string[] = [];
  return { log, resource: (name) => toDisposable(() => log.push(name)) };
}

describe('a store', () => {
  it('disposes what it owns in reverse order, once', () => {
    const { log, resource } = recorder();
    const store = new DisposableStore();
    store.add(resource('first'));
    store.add(resource('second'));
    store.dispose();
    store.dispose();
    expect(log).toEqual(['second', 'first']);
  });

  it('disposes at once what comes late', () => {
    const { log, resource } = recorder();
    const store = new DisposableStore();
    store.dispose();
    store.add(resource('late'));
    expect(log).toEqual(['late']);
    expect(store.isDisposed).toBe(true);
  });
});
