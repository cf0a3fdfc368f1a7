import type * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import type { EngineClient } from './engineClient';
import type { EngineHost } from './engineHost';
import { CellPanels } from './vscodeCellPanels';
import type { ShownResults } from './vscodeCells';
import { ResultActions } from './vscodeResultActions';
import { ResultDiff } from './vscodeResultDiff';
import { ResultExport } from './vscodeResultExport';
import { ResultMessages } from './vscodeResultMessages';
import { ResultPanels } from './vscodeResultPanels';
import type { NotebookSessions } from './vscodeSessions';
import { ResultSidecar } from './vscodeSidecar';
import { TableMessaging } from './vscodeTableMessaging';

/** Everything on the editor's side of shown results, put together. */
export class Results implements Disposable {
  /** Other features do theirs of what people choose on a result by `actions.on`. */
  readonly actions: ResultActions;
  readonly panels: ResultPanels;
  readonly cellPanels: CellPanels;
  readonly files: ResultExport;
  readonly diff: ResultDiff;
  readonly #store = new DisposableStore();

  constructor(
    extensionUri: vscode.Uri,
    client: EngineClient,
    engine: EngineHost,
    sessions: NotebookSessions,
    readonly shown: ShownResults,
    log: vscode.LogOutputChannel,
  ) {
    this.actions = new ResultActions(log);
    const sidecar = this.#store.add(new ResultSidecar(client, engine, sessions, shown, log));
    const messages = new ResultMessages(client, engine, this.actions, sidecar);
    this.#store.add(new TableMessaging(messages, sessions, shown, log));
    this.panels = this.#store.add(new ResultPanels(extensionUri, messages, engine, sessions.onDidForget, log));
    this.cellPanels = this.#store.add(new CellPanels(this.panels, this.actions, shown));
    this.files = new ResultExport(client);
    this.diff = new ResultDiff(client, this.panels);
    this.actions.on('export', async ({ viewed, columns, format }, place) => {
      const title = place.title(viewed.resultId);
      await this.files.export({ viewed, columns, format, title, folder: place.origin.folder });
    });
    this.actions.on('diff', ({ resultId }, { origin }) => this.diff.compare({ left: resultId }, origin));
  }

  dispose(): void {
    this.#store.dispose();
  }
}
