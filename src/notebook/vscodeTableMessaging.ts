import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import { type HuntErrorData, describeError, toHuntError } from '../common/errors';
import { type FromRenderer, TABLE_RENDERER_ID, type ToRenderer } from '../common/rendererProtocol';
import type { EngineClient } from './engineClient';
import type { EngineHost } from './engineHost';
import type { ShownResults } from './vscodeCells';
import type { NotebookSessions } from './vscodeSessions';

/** Answers what the table renderers ask: pages and values come from the engine, and go to the editor that asked. */
export class TableMessaging implements Disposable {
  readonly #client: EngineClient;
  readonly #engine: EngineHost;
  readonly #shown: ShownResults;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #messaging = vscode.notebooks.createRendererMessaging(TABLE_RENDERER_ID);

  constructor(client: EngineClient, engine: EngineHost, sessions: NotebookSessions, shown: ShownResults, log: vscode.LogOutputChannel) {
    this.#client = client;
    this.#engine = engine;
    this.#shown = shown;
    this.#log = log;
    this.#store.add(
      this.#messaging.onDidReceiveMessage(({ editor, message }) => {
        this.#receive(editor, message as FromRenderer).catch((thrown: unknown) => this.#log.error(`A table's request failed: ${String(thrown)}`));
      }),
    );
    this.#store.add(
      sessions.onDidForget((resultIds) => {
        if (resultIds.length > 0) void this.#messaging.postMessage({ type: 'gone', resultIds } satisfies ToRenderer);
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #receive(editor: vscode.NotebookEditor, message: FromRenderer): Promise<void> {
    switch (message.type) {
      case 'readPage':
      case 'readValue':
      case 'attach':
        await this.#messaging.postMessage(await this.#answer(message), editor);
        return;
      case 'runAgain':
        await this.#runAgain(editor.notebook, message.resultId);
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        return;
    }
  }

  async #answer(message: Extract<FromRenderer, { readonly requestId: string }>): Promise<ToRenderer> {
    const { requestId } = message;
    try {
      if (message.type === 'attach') return { type: 'attached', requestId, live: await this.#isLive(message.resultId) };
      // Rows live in a running engine: one that was never started, or ended, has none, and is not started for them.
      if (this.#engine.state.kind !== 'running') return failed(requestId, { kind: 'resultGone', resultId: message.read.resultId });
      if (message.type === 'readPage') return { type: 'page', requestId, page: await this.#client.call('readPage', message.read) };
      return { type: 'value', requestId, value: await this.#client.call('readValue', message.read) };
    } catch (thrown) {
      return failed(requestId, toHuntError(thrown).data);
    }
  }

  async #isLive(resultId: string): Promise<boolean> {
    if (this.#engine.state.kind !== 'running') return false;
    try {
      await this.#client.call('readPage', { resultId, view: { sort: [], filter: '' }, offset: 0, count: 0 });
      return true;
    } catch {
      return false;
    }
  }

  async #runAgain(notebook: vscode.NotebookDocument, resultId: string): Promise<void> {
    const cell = notebook.getCells().find((candidate) => this.#shown.of(candidate)?.result.resultId === resultId);
    if (!cell) return;
    await vscode.commands.executeCommand('notebook.cell.execute', { ranges: [{ start: cell.index, end: cell.index + 1 }], document: notebook.uri });
  }
}

function failed(requestId: string, error: HuntErrorData): ToRenderer {
  return { type: 'failed', requestId, error, text: describeError(error) };
}
