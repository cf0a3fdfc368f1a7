import { neverCancelled } from '../../src/common/cancellation';
import type { Column, WireRow } from '../../src/common/kqlTypes';
import { toHuntError } from '../../src/common/errors';
import type { FromRenderer, ToRenderer } from '../../src/common/rendererProtocol';
import type { ResultQuestions } from '../../src/common/resultViews';
import { resultAnswers } from '../../src/results/resultAnswers';
import { keepRows, type OpenStore, openStore } from '../unit/results/openStore';

/** The extension host's side of the protocol over the real result store, for renderer tests that need its answers. Runs in Node. */
export class StoreHost {
  readonly #open: OpenStore;
  readonly #answers: ReturnType<typeof resultAnswers>;

  private constructor(open: OpenStore) {
    this.#open = open;
    this.#answers = resultAnswers(open.store, open);
  }

  static async open(): Promise<StoreHost> {
    return new StoreHost(await openStore());
  }

  /** Keeps rows as they travel; a result of the same id is replaced. */
  async keep(resultId: string, columns: readonly Column[], rows: readonly WireRow[]): Promise<void> {
    await keepRows(this.#open, { resultId, columns, rows });
  }

  /** Keeps rows that SQL makes, as columns `c0`, `c1`, … in the stored types: for large results. */
  async make(resultId: string, columns: readonly Column[], sql: string): Promise<void> {
    await this.#open.store.create({ resultId, notebookId: 'notebook', columns, sql }, neverCancelled);
  }

  /** Answers a message of a renderer; undefined for messages that no store answers. */
  async reply(message: FromRenderer): Promise<ToRenderer | undefined> {
    if (!('requestId' in message)) return undefined;
    const { requestId } = message;
    try {
      switch (message.type) {
        case 'attach':
          return { type: 'attached', requestId, live: this.#open.store.find(message.resultId) !== undefined };
        case 'readPage':
          return { type: 'page', requestId, page: await this.#open.store.readPage(message.read, neverCancelled) };
        case 'readValue':
          return { type: 'value', requestId, value: await this.#open.store.readValue(message.read, neverCancelled) };
        case 'ask':
          return { type: 'answer', requestId, answer: await this.ask(message.question.method, message.question.argument) };
        default:
          return undefined;
      }
    } catch (thrown) {
      const error = toHuntError(thrown);
      return { type: 'failed', requestId, error: error.data, text: error.message };
    }
  }

  async ask<N extends keyof ResultQuestions>(method: N, argument: ResultQuestions[N]['argument']): Promise<unknown> {
    return this.#answers[method](argument as never, neverCancelled, () => undefined);
  }

  async close(): Promise<void> {
    await this.#open.close();
  }
}
