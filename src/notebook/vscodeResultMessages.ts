import * as vscode from 'vscode';
import { HuntError, type HuntErrorData, describeError, toHuntError } from '../common/errors';
import type { FromRenderer, Question, ToRenderer } from '../common/rendererProtocol';
import { resultQuestions, wholeView } from '../common/resultViews';
import type { EngineClient } from './engineClient';
import type { EngineHost } from './engineHost';
import type { ResultOrigin, ResultPlace } from './resultOrigin';
import { NotebookOrigin } from './vscodeNotebookOrigin';
import type { ResultActions } from './vscodeResultActions';
import type { ResultSidecar } from './vscodeSidecar';

/** Stands for the notebook of tables that no cell of ours made. */
const HELD = 'other kernels';
const MOST_HELD = 30;

type Request = Extract<FromRenderer, { readonly requestId: string }>;

/** Answers what shown results ask, wherever they are shown: pages and values come from the engine, actions are done in the editor. */
export class ResultMessages {
  readonly #client: EngineClient;
  readonly #engine: EngineHost;
  readonly #actions: ResultActions;
  readonly #sidecar: ResultSidecar;
  /** Tables of other kernels that are, or are being, held. */
  readonly #held = new Map<string, Promise<unknown>>();

  constructor(client: EngineClient, engine: EngineHost, actions: ResultActions, sidecar: ResultSidecar) {
    this.#client = client;
    this.#engine = engine;
    this.#actions = actions;
    this.#sidecar = sidecar;
  }

  async receive(message: FromRenderer, place: ResultPlace): Promise<void> {
    switch (message.type) {
      case 'readPage':
      case 'readValue':
      case 'attach':
      case 'ask':
      case 'recallState':
        await place.post(await this.#answer(message, place));
        return;
      case 'hold':
        this.#hold(message);
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        return;
      default:
        await this.#actions.perform(message, place);
        return;
    }
  }

  async #answer(message: Request, { origin }: ResultPlace): Promise<ToRenderer> {
    const { requestId } = message;
    try {
      if (message.type === 'attach') return { type: 'attached', requestId, live: await this.#isLive(message.resultId, origin) };
      if (message.type === 'recallState') return { type: 'recalled', requestId, state: origin.recallState?.(message.resultId) ?? null };
      // Rows live in a running engine: one that was never started, or ended, has none, and is not started for them.
      if (this.#engine.state.kind !== 'running') return failed(requestId, { kind: 'resultGone', resultId: subjectOf(message) });
      if (message.type === 'ask') return { type: 'answer', requestId, answer: await this.#ask(message.question) };
      if (message.type === 'readPage') return { type: 'page', requestId, page: await this.#client.call('readPage', message.read) };
      return { type: 'value', requestId, value: await this.#client.call('readValue', message.read) };
    } catch (thrown) {
      return failed(requestId, toHuntError(thrown).data);
    }
  }

  /** The renderer's word is not trusted: it may ask these questions and no other method. */
  async #ask({ method, argument }: Question): Promise<unknown> {
    if (!resultQuestions.includes(method)) throw new HuntError({ kind: 'internal', message: `a renderer may not ask "${method}"` });
    return this.#client.call(method, argument);
  }

  /**
   * Tables of other kernels belong to no notebook of ours: the newest are held. No engine is started for them, for the renderer has all of
   * their rows.
   */
  #hold({ resultId, columns, rows }: Extract<FromRenderer, { readonly type: 'hold' }>): void {
    if (this.#engine.state.kind !== 'running') return;
    // Asked for each time: an engine that was started again holds nothing.
    const held = this.#isAtHand(resultId).then((isThere) =>
      isThere ? undefined : this.#client.call('holdRows', { resultId, notebookId: HELD, columns, rows }),
    );
    this.#held.delete(resultId);
    this.#held.set(
      resultId,
      held.catch(() => undefined),
    );
    const [oldest] = this.#held.keys();
    if (this.#held.size <= MOST_HELD || oldest === undefined) return;
    this.#held.delete(oldest);
    void this.#client.call('forget', { resultIds: [oldest] });
  }

  /** Are the rows at hand, or can they be read again from beside the notebook? */
  async #isLive(resultId: string, origin: ResultOrigin): Promise<boolean> {
    // Without an engine they are looked at as they are.
    await this.#held.get(resultId);
    if (await this.#isAtHand(resultId)) return true;
    const cell = origin instanceof NotebookOrigin ? origin.cell(resultId) : undefined;
    return cell ? this.#sidecar.restore(cell) : false;
  }

  async #isAtHand(resultId: string): Promise<boolean> {
    if (this.#engine.state.kind !== 'running') return false;
    try {
      await this.#client.call('readPage', { resultId, view: wholeView, offset: 0, count: 0 });
      return true;
    } catch {
      return false;
    }
  }
}

function subjectOf(message: Exclude<Request, { readonly type: 'attach' | 'recallState' }>): string {
  return message.type === 'ask' ? message.question.argument.resultId : message.read.resultId;
}

function failed(requestId: string, error: HuntErrorData): ToRenderer {
  return { type: 'failed', requestId, error, text: describeError(error) };
}
