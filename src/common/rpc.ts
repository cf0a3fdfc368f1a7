import { CancellationSource, type CancellationToken } from './cancellation';
import { type Disposable, DisposableStore, toDisposable } from './disposable';
import { HuntError, type HuntErrorData, toHuntError } from './errors';

/** A pipe for messages between two processes. `post` must keep order; messages are structured-cloneable. */
export interface Channel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
  onClose(listener: (reason: string) => void): Disposable;
}

/**
 * A service as a map from method name to signature. Every method takes one argument and is asynchronous on the
 * caller's side; a method may report progress any number of times before it answers.
 */
export interface Method {
  readonly argument: unknown;
  readonly answer: unknown;
  readonly progress?: unknown;
}
export type Service<S> = { readonly [name in keyof S]: Method };

/** Parts of a method's signature. */
export type Argument<M> = M extends { readonly argument: infer A } ? A : never;
export type Answer<M> = M extends { readonly answer: infer R } ? R : never;
export type Progress<M> = M extends { readonly progress: infer P } ? P : never;

/** The serving side: one function a method. */
export type Handlers<S extends Service<S>> = {
  readonly [name in keyof S]: (
    argument: Argument<S[name]>,
    token: CancellationToken,
    progress: (report: Progress<S[name]>) => void,
  ) => Promise<Answer<S[name]>>;
};

type Envelope =
  | { readonly t: 'request'; readonly id: number; readonly method: string; readonly argument: unknown }
  | { readonly t: 'cancel'; readonly id: number }
  | { readonly t: 'progress'; readonly id: number; readonly report: unknown }
  | { readonly t: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly t: 'failure'; readonly id: number; readonly error: HuntErrorData };

interface Pending {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: HuntError) => void;
  readonly progress: (report: unknown) => void;
}

/** The calling side. Cancelling a call tells the server; the call then ends as the server ends it. */
export class RpcClient<S extends Service<S>> implements Disposable {
  readonly #channel: Channel;
  readonly #pending = new Map<number, Pending>();
  readonly #store = new DisposableStore();
  #nextId = 1;
  #closed: string | undefined;

  constructor(channel: Channel) {
    this.#channel = channel;
    this.#store.add(channel.onMessage((message) => this.#receive(message as Envelope)));
    this.#store.add(channel.onClose((reason) => this.#close(reason)));
  }

  /**
   * Calls a method of the other side.
   * @throws HuntError as the server threw it, or `engineLost` when the channel closes first.
   */
  async call<N extends keyof S & string>(
    method: N,
    argument: Argument<S[N]>,
    token?: CancellationToken,
    onProgress?: (report: Progress<S[N]>) => void,
  ): Promise<Answer<S[N]>> {
    if (this.#closed !== undefined) throw new HuntError({ kind: 'engineLost', message: this.#closed });
    if (token?.isCancellationRequested) throw new HuntError({ kind: 'cancelled' });
    const id = this.#nextId++;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, progress: (report) => onProgress?.(report as Progress<S[N]>) });
    });
    this.#channel.post({ t: 'request', id, method, argument } satisfies Envelope);
    const registration = token?.onCancellationRequested(() => {
      if (this.#pending.has(id)) this.#channel.post({ t: 'cancel', id } satisfies Envelope);
    });
    try {
      return (await answer) as Answer<S[N]>;
    } finally {
      registration?.dispose();
    }
  }

  dispose(): void {
    this.#close('disposed');
    this.#store.dispose();
  }

  #receive(message: Envelope): void {
    if (message.t === 'request' || message.t === 'cancel') return;
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if (message.t === 'progress') {
      pending.progress(message.report);
      return;
    }
    this.#pending.delete(message.id);
    if (message.t === 'answer') pending.resolve(message.answer);
    else pending.reject(new HuntError(message.error));
  }

  #close(reason: string): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    for (const pending of this.#pending.values()) pending.reject(new HuntError({ kind: 'engineLost', message: reason }));
    this.#pending.clear();
  }
}

/** Serves requests from a channel until disposed or closed; then every running request is cancelled. */
export function serve<S extends Service<S>>(channel: Channel, handlers: Handlers<S>): Disposable {
  const running = new Map<number, CancellationSource>();
  const store = new DisposableStore();

  const answer = async (id: number, method: string, argument: unknown): Promise<void> => {
    const source = new CancellationSource();
    running.set(id, source);
    try {
      const handler = Object.hasOwn(handlers, method) ? handlers[method as keyof S] : undefined;
      if (!handler) throw new HuntError({ kind: 'internal', message: `no method "${method}"` });
      const report = (progress: unknown): void => channel.post({ t: 'progress', id, report: progress } satisfies Envelope);
      const result = await handler(argument as Argument<S[keyof S]>, source.token, report);
      channel.post({ t: 'answer', id, answer: result } satisfies Envelope);
    } catch (thrown) {
      channel.post({ t: 'failure', id, error: toHuntError(thrown).data } satisfies Envelope);
    } finally {
      running.delete(id);
    }
  };

  const cancelAll = (): void => {
    for (const source of running.values()) source.cancel();
  };

  store.add(
    channel.onMessage((raw) => {
      const message = raw as Envelope;
      if (message.t === 'request') void answer(message.id, message.method, message.argument);
      else if (message.t === 'cancel') running.get(message.id)?.cancel();
    }),
  );
  store.add(channel.onClose(cancelAll));
  store.add(toDisposable(cancelAll));
  return store;
}
