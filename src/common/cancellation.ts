import { type Disposable, toDisposable } from './disposable';
import { HuntError } from './errors';

/**
 * A request to stop. Shaped as VS Code's `CancellationToken`, so that the editor's tokens are ours without an
 * adapter, while the core stays free of `vscode`.
 */
export interface CancellationToken {
  readonly isCancellationRequested: boolean;
  readonly onCancellationRequested: (listener: () => void) => Disposable;
}

/** The token of work that nobody can stop. */
export const neverCancelled: CancellationToken = {
  isCancellationRequested: false,
  onCancellationRequested: () => toDisposable(() => undefined),
};

/** The side that asks for the stop. */
export class CancellationSource implements Disposable {
  readonly #controller = new AbortController();
  readonly token: CancellationToken = tokenFromSignal(this.#controller.signal);

  cancel(): void {
    this.#controller.abort();
  }

  dispose(): void {
    // Listeners go with the controller; nothing else is held.
  }
}

/** A token that follows an AbortSignal. A listener added after the abort is called at once. */
export function tokenFromSignal(signal: AbortSignal): CancellationToken {
  return {
    get isCancellationRequested() {
      return signal.aborted;
    },
    onCancellationRequested(listener) {
      if (signal.aborted) {
        listener();
        return toDisposable(() => undefined);
      }
      const onAbort = (): void => {
        listener();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      return toDisposable(() => {
        signal.removeEventListener('abort', onAbort);
      });
    },
  };
}

/** Throws the `cancelled` error when the token asks to stop. Call after each await. */
export function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new HuntError({ kind: 'cancelled' });
}
