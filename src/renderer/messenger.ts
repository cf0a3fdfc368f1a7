/**
 * Requests to the extension host and their answers. Messages reach every renderer instance of an editor, so each
 * request has an id that no other instance makes; answers to ids we did not ask, or gave up on, are dropped.
 */
import type { Disposable } from '../common/disposable';
import type { Page, ReadPage, ReadValue } from '../common/engineProtocol';
import type { WireValue } from '../common/kqlTypes';
import type { FromRenderer, Question, ToRenderer } from '../common/rendererProtocol';
import type { ResultQuestions } from '../common/resultViews';
import type { RendererContext } from './rendererApi';

/** A host that died answers nothing; after this long a request has failed, in milliseconds. */
const patienceMs = 60_000;

/** The host could not answer. `gone`: the rows are no longer held anywhere. */
export class RequestFailure extends Error {
  constructor(
    message: string,
    readonly gone: boolean,
  ) {
    super(message);
    this.name = 'RequestFailure';
  }
}

type Request = Extract<FromRenderer, { requestId: string }>;
type RequestBody = Request extends infer R ? (R extends Request ? Omit<R, 'requestId'> : never) : never;

interface Pending {
  readonly resolve: (answer: ToRenderer) => void;
  readonly reject: (failure: RequestFailure) => void;
  readonly timer: number;
}

export class Messenger implements Disposable {
  readonly #context: RendererContext;
  readonly #pending = new Map<string, Pending>();
  readonly #goneListeners = new Set<(resultIds: readonly string[]) => void>();
  readonly #subscription: Disposable | undefined;
  readonly #prefix = crypto.randomUUID();
  #nextId = 1;

  constructor(context: RendererContext) {
    this.#context = context;
    this.#subscription = context.onDidReceiveMessage?.((message) => {
      this.#receive(message);
    });
  }

  /** Whether there is anyone to ask. */
  get connected(): boolean {
    return this.#context.postMessage !== undefined && this.#subscription !== undefined;
  }

  async attach(resultId: string): Promise<boolean> {
    const answer = await this.#ask({ type: 'attach', resultId });
    return answer.type === 'attached' && answer.live;
  }

  async readPage(read: ReadPage): Promise<Page> {
    const answer = await this.#ask({ type: 'readPage', read });
    if (answer.type !== 'page') throw new RequestFailure('The answer is not a page of rows.', false);
    return answer.page;
  }

  async readValue(read: ReadValue): Promise<WireValue> {
    const answer = await this.#ask({ type: 'readValue', read });
    if (answer.type !== 'value') throw new RequestFailure('The answer is not a value.', false);
    return answer.value;
  }

  /** What was remembered of how a result is looked at; null when nothing was, or nobody can say. */
  async recallState(resultId: string): Promise<unknown> {
    const answer = await this.#ask({ type: 'recallState', resultId }).catch(() => undefined);
    return answer?.type === 'recalled' ? answer.state : null;
  }

  /** Asks a question about a result. @throws RequestFailure */
  async ask<N extends keyof ResultQuestions>(method: N, argument: ResultQuestions[N]['argument']): Promise<ResultQuestions[N]['answer']> {
    const answer = await this.#ask({ type: 'ask', question: { method, argument } as Question });
    if (answer.type !== 'answer') throw new RequestFailure('The answer does not fit the question.', false);
    return answer.answer as ResultQuestions[N]['answer'];
  }

  /** Sends what needs no answer. */
  tell(message: Exclude<FromRenderer, Request>): void {
    this.#context.postMessage?.(message);
  }

  /** Tells when rows of results are lost. */
  onGone(listener: (resultIds: readonly string[]) => void): Disposable {
    this.#goneListeners.add(listener);
    return { dispose: () => void this.#goneListeners.delete(listener) };
  }

  dispose(): void {
    this.#subscription?.dispose();
    for (const pending of this.#pending.values()) clearTimeout(pending.timer);
    this.#pending.clear();
    this.#goneListeners.clear();
  }

  #ask(body: RequestBody): Promise<ToRenderer> {
    return new Promise((resolve, reject) => {
      if (!this.connected) {
        reject(new RequestFailure('Huntbook is not running here.', true));
        return;
      }
      const requestId = `${this.#prefix}:${this.#nextId++}`;
      const timer = window.setTimeout(() => {
        this.#pending.delete(requestId);
        reject(new RequestFailure('Huntbook did not answer.', false));
      }, patienceMs);
      this.#pending.set(requestId, { resolve, reject, timer });
      this.#context.postMessage?.({ ...body, requestId });
    });
  }

  #receive(raw: unknown): void {
    if (typeof raw !== 'object' || raw === null || !('type' in raw)) return;
    const message = raw as ToRenderer;
    if (message.type === 'gone') {
      for (const listener of this.#goneListeners) listener(message.resultIds);
      return;
    }
    const pending = this.#pending.get(message.requestId);
    if (!pending) return;
    this.#pending.delete(message.requestId);
    clearTimeout(pending.timer);
    if (message.type === 'failed') {
      const { kind } = message.error;
      pending.reject(new RequestFailure(message.text, kind === 'resultGone' || kind === 'engineLost'));
    } else {
      pending.resolve(message);
    }
  }
}
