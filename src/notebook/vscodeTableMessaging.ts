import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import { type FromRenderer, TABLE_RENDERER_ID, type ToRenderer } from '../common/rendererProtocol';
import type { ResultPlace } from './resultOrigin';
import type { ShownResults } from './vscodeCells';
import { NotebookOrigin } from './vscodeNotebookOrigin';
import type { ResultMessages } from './vscodeResultMessages';
import type { NotebookSessions } from './vscodeSessions';

/** Brings what the renderers in notebooks ask to {@link ResultMessages}, and the answers to the editor that asked. */
export class TableMessaging implements Disposable {
  readonly #store = new DisposableStore();

  constructor(messages: ResultMessages, sessions: NotebookSessions, shown: ShownResults, log: vscode.LogOutputChannel) {
    const messaging = vscode.notebooks.createRendererMessaging(TABLE_RENDERER_ID);
    const post = async (message: ToRenderer, editor?: vscode.NotebookEditor): Promise<void> => {
      await messaging.postMessage(message, editor);
    };
    this.#store.add(
      messaging.onDidReceiveMessage(({ editor, message }) => {
        const origin = new NotebookOrigin(editor.notebook, shown);
        const title = (resultId: string): string => origin.title(resultId);
        const place: ResultPlace = { origin, isPanel: false, title, post: (answer) => post(answer, editor) };
        messages.receive(message as FromRenderer, place).catch((thrown: unknown) => log.error(`A result's request failed: ${String(thrown)}`));
      }),
    );
    this.#store.add(
      sessions.onDidForget((resultIds) => {
        if (resultIds.length > 0) void post({ type: 'gone', resultIds });
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }
}
