import * as vscode from 'vscode';
import { toHuntError } from '../common/errors';
import type { FromRenderer } from '../common/rendererProtocol';
import type { ResultPlace } from './resultOrigin';
import { saveImage } from './vscodeSaveImage';

/** What a shown result asks to be done: everything that it does not do itself and that needs no answer. */
export type ResultAction = Exclude<FromRenderer, { readonly type: 'copy' } | { readonly requestId: string }>;

type ActionOf<T extends ResultAction['type']> = Extract<ResultAction, { readonly type: T }>;

/** Does one kind of action. What it throws is shown to people. */
export type ActionHandler<T extends ResultAction['type']> = (action: ActionOf<T>, place: ResultPlace) => Promise<void>;

/** Does in the editor what people choose on a result. Each feature says which kind of action it does. */
export class ResultActions {
  readonly #handlers = new Map<ResultAction['type'], (action: never, place: ResultPlace) => Promise<void>>();
  readonly #log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.on('newCell', ({ resultId, text }, { origin }) => origin.insertQuery(resultId, text));
    this.on('addToQuery', ({ resultId, operator }, { origin }) => origin.addToQuery(resultId, operator));
    this.on('runAgain', ({ resultId }, { origin }) => origin.runAgain(resultId));
    // A panel begins as the cell is, and then has a view of its own, which nobody keeps.
    this.on('keepState', async ({ resultId, state }, { origin, isPanel }) => {
      if (!isPanel) await origin.keepState?.(resultId, state);
    });
    this.on('saveImage', saveImage);
  }

  /** From now on actions of this kind are done so. */
  on<T extends ResultAction['type']>(type: T, handler: ActionHandler<T>): void {
    this.#handlers.set(type, handler);
  }

  async perform(action: ResultAction, place: ResultPlace): Promise<void> {
    const handler = this.#handlers.get(action.type) as ActionHandler<ResultAction['type']> | undefined;
    try {
      await handler?.(action, place);
    } catch (thrown) {
      const error = toHuntError(thrown);
      if (error.data.kind === 'cancelled') return;
      this.#log.error(`${action.type}: ${error.message}`);
      void vscode.window.showErrorMessage(error.message);
    }
  }
}
