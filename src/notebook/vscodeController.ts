import * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import { type Disposable, DisposableStore } from '../common/disposable';
import { type HuntError, toHuntError } from '../common/errors';
import { KQL_LANGUAGE } from './ipynb';
import { NOTEBOOK_TYPE, isHuntNotebook } from './vscodeCells';
import type { CellDiagnostics } from './vscodeDiagnostics';
import { failureOutputs, outcomeOutputs } from './vscodeOutputs';
import type { RunningCells } from './vscodeRunningCells';
import type { RunWishes } from './vscodeRunWishes';
import type { NotebookSession } from './vscodeSession';
import type { NotebookSessions } from './vscodeSessions';

export const CONTROLLER_ID = 'huntbook.kql';

/**
 * Runs KQL cells of Jupyter notebooks. Cells of one notebook run one after another in the order they were asked for; after a failure
 * the rest of that request does not run. Interrupting a cell stops its query in the engine.
 */
export class HuntController implements Disposable {
  readonly #sessions: NotebookSessions;
  readonly #diagnostics: CellDiagnostics;
  readonly #running: RunningCells;
  readonly #wishes: RunWishes;
  readonly #accounts: AzureAccounts;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #controller = this.#store.add(
    vscode.notebooks.createNotebookController(CONTROLLER_ID, NOTEBOOK_TYPE, vscode.l10n.t('Huntbook (KQL)')),
  );
  /** The last request of each session; the next one waits for it. */
  readonly #queues = new WeakMap<NotebookSession, Promise<void>>();

  constructor(
    sessions: NotebookSessions,
    diagnostics: CellDiagnostics,
    running: RunningCells,
    wishes: RunWishes,
    accounts: AzureAccounts,
    log: vscode.LogOutputChannel,
  ) {
    this.#sessions = sessions;
    this.#diagnostics = diagnostics;
    this.#running = running;
    this.#wishes = wishes;
    this.#accounts = accounts;
    this.#log = log;
    this.#controller.supportedLanguages = [KQL_LANGUAGE];
    this.#controller.supportsExecutionOrder = true;
    this.#controller.description = vscode.l10n.t('Hunts in Microsoft Sentinel and local workspaces');
    this.#controller.executeHandler = (cells, notebook) => this.#enqueue(cells, notebook);
    for (const notebook of vscode.workspace.notebookDocuments) this.#prefer(notebook);
    this.#store.add(vscode.workspace.onDidOpenNotebookDocument((notebook) => this.#prefer(notebook)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  #prefer(notebook: vscode.NotebookDocument): void {
    if (isHuntNotebook(notebook)) this.#controller.updateNotebookAffinity(notebook, vscode.NotebookControllerAffinity.Preferred);
  }

  #enqueue(cells: readonly vscode.NotebookCell[], notebook: vscode.NotebookDocument): Promise<void> {
    const session = this.#sessions.of(notebook);
    const executions = cells.map((cell) => this.#controller.createNotebookCellExecution(cell));
    const before = this.#queues.get(session) ?? Promise.resolve();
    const request = before.then(() => this.#runAll(session, executions));
    this.#queues.set(session, request);
    return request;
  }

  async #runAll(session: NotebookSession, executions: readonly vscode.NotebookCellExecution[]): Promise<void> {
    let stopped = false;
    for (const execution of executions) {
      stopped ||= execution.token.isCancellationRequested;
      if (stopped) execution.end(undefined);
      else stopped = !(await this.#run(session, execution));
    }
  }

  /** Answers whether the cell succeeded. Never throws, so that the queue goes on. */
  async #run(session: NotebookSession, execution: vscode.NotebookCellExecution): Promise<boolean> {
    const { cell, token } = execution;
    execution.executionOrder = session.nextExecutionOrder();
    execution.start(Date.now());
    this.#diagnostics.clear(cell.document.uri);
    const wish = this.#wishes.take(cell);
    const report = (sentence: string): void => this.#running.report(cell, sentence);
    let failure: HuntError | undefined;
    let succeeded = false;
    try {
      const outcome = await this.#accounts.withSignIn(() => session.run(cell, wish, token, report));
      succeeded = true;
      await execution.replaceOutput(outcomeOutputs(outcome, cell.notebook, session.sources));
      if (outcome.kind === 'result') this.#completeWalkthrough(outcome.result.usedResults.length > 0);
    } catch (thrown) {
      succeeded = false;
      failure = toHuntError(thrown);
      if (failure.data.kind === 'internal') this.#log.error(thrown instanceof Error ? thrown : String(thrown));
      await this.#fail(execution, failure);
    } finally {
      this.#running.finished(cell, failure);
      execution.end(succeeded, Date.now());
    }
    return succeeded;
  }

  async #fail(execution: vscode.NotebookCellExecution, error: HuntError): Promise<void> {
    const { cell } = execution;
    try {
      this.#diagnostics.show(cell.document, error);
      await execution.replaceOutput(failureOutputs(error, cell.document.getText()));
    } catch (late) {
      this.#log.warn(`The notebook was closed while a cell ran: ${String(late)}`);
    }
  }

  #completeWalkthrough(chained: boolean): void {
    void vscode.commands.executeCommand('setContext', 'huntbook.hasRun', true);
    if (chained) void vscode.commands.executeCommand('setContext', 'huntbook.hasChained', true);
  }
}
