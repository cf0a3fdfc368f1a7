import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import { HuntError, type HuntErrorData, describeError, toHuntError } from '../common/errors';
import { type FromRenderer, type Question, TABLE_RENDERER_ID, type ToRenderer } from '../common/rendererProtocol';
import { resultQuestions } from '../common/resultViews';
import type { EngineClient } from './engineClient';
import type { EngineHost } from './engineHost';
import type { ResultActions } from './vscodeResultActions';
import type { ShownResults } from './vscodeCells';
import type { NotebookSessions } from './vscodeSessions';

/** Answers what the table renderers ask: pages and values come from the engine, and go to the editor that asked. */
export class TableMessaging implements Disposable {
  readonly #client: EngineClient;
  readonly #engine: EngineHost;
  readonly #shown: ShownResults;
  readonly #actions: ResultActions;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #messaging = vscode.notebooks.createRendererMessaging(TABLE_RENDERER_ID);

  constructor(
    client: EngineClient,
    engine: EngineHost,
    sessions: NotebookSessions,
    shown: ShownResults,
    actions: ResultActions,
    log: vscode.LogOutputChannel,
  ) {
    this.#actions = actions;
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
      case 'ask':
        await this.#messaging.postMessage(await this.#answer(message), editor);
        return;
      case 'runAgain':
        await this.#runAgain(editor.notebook, message.resultId);
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        return;
      default:
        await this.#actions.perform(editor.notebook, message);
        return;
    }
  }

  async #answer(message: Extract<FromRenderer, { readonly requestId: string }>): Promise<ToRenderer> {
    const { requestId } = message;
    try {
      if (message.type === 'attach') return { type: 'attached', requestId, live: await this.#isLive(message.resultId) };
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

function subjectOf(message: Exclude<Extract<FromRenderer, { readonly requestId: string }>, { readonly type: 'attach' }>): string {
  return message.type === 'ask' ? message.question.argument.resultId : message.read.resultId;
}

function failed(requestId: string, error: HuntErrorData): ToRenderer {
  return { type: 'failed', requestId, error, text: describeError(error) };
}
