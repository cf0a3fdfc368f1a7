import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import type { EngineHost } from '../notebook/engineHost';
import type { ActiveHunt } from '../notebook/vscodeActiveHunt';
import { timespanText } from '../notebook/timespanText';
import { notebookWorkspace } from '../notebook/vscodeNotebookMetadata';
import { isKqlFile } from '../notebook/vscodeKqlFiles';
import { huntTimespan } from '../notebook/vscodeTimespan';
import type { Workspaces } from '../notebook/vscodeWorkspaces';

/**
 * In the status bar: the workspace that queries go to, in Azure their time range, and the engine when there is something to say. Hidden
 * until Huntbook is used.
 */
export class WorkspaceStatus implements Disposable {
  readonly #hunt: ActiveHunt;
  readonly #engine: EngineHost;
  readonly #workspaces: Workspaces;
  readonly #store = new DisposableStore();
  readonly #item = this.#store.add(vscode.window.createStatusBarItem('huntbook.workspace', vscode.StatusBarAlignment.Left, 10));
  readonly #timespan = this.#store.add(vscode.window.createStatusBarItem('huntbook.timespan', vscode.StatusBarAlignment.Left, 9));

  constructor(engine: EngineHost, workspaces: Workspaces, hunt: ActiveHunt) {
    this.#hunt = hunt;
    this.#engine = engine;
    this.#workspaces = workspaces;
    this.#timespan.name = vscode.l10n.t('Huntbook Time Range');
    this.#timespan.command = 'huntbook.setTimespan';
    this.#item.name = vscode.l10n.t('Huntbook Workspace');
    const update = (): void => this.#update();
    this.#store.add(engine.onState(update));
    this.#store.add(workspaces.onDidChange(update));
    this.#store.add(hunt.onDidChange(update));
    this.#store.add(vscode.window.onDidChangeActiveTextEditor(update));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('huntbook.defaultTimespan')) this.#update();
      }),
    );
    this.#update();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #update(): void {
    const notebook = this.#hunt.editor?.notebook;
    const document = vscode.window.activeTextEditor?.document;
    const isFile = document !== undefined && isKqlFile(document);
    if (!notebook && !isFile && this.#engine.state.kind === 'stopped') {
      this.#item.hide();
      this.#timespan.hide();
      return;
    }
    const own = notebook && notebookWorkspace(notebook);
    const entry = notebook ? this.#workspaces.ofNotebook(notebook) : this.#workspaces.chosen;
    this.#updateTimespan(entry?.source.kind === 'logAnalytics' ? notebook : undefined);
    const name = (entry?.name ?? own?.name ?? '').replaceAll('$(', '$ (');
    const busy = this.#engine.state.kind === 'starting' || entry?.state.kind === 'connecting';
    const problem = this.#problem(entry === undefined, entry?.state.kind === 'failed');
    this.#item.text = `${problem === undefined ? (busy ? '$(sync~spin)' : '$(database)') : '$(warning)'} ${name}`;
    this.#item.tooltip = problem ?? (busy ? vscode.l10n.t('Huntbook: connecting {0}…', name) : vscode.l10n.t('Huntbook: queries go to {0}', name));
    this.#item.backgroundColor = problem === undefined ? undefined : new vscode.ThemeColor('statusBarItem.warningBackground');
    this.#item.command = own === undefined ? 'huntbook.selectWorkspace' : 'huntbook.selectNotebookWorkspace';
    this.#item.accessibilityInformation = { label: typeof this.#item.tooltip === 'string' ? this.#item.tooltip : name };
    this.#item.show();
  }

  /** The time range that a query of the notebook gets when it names none itself. */
  #updateTimespan(notebook: vscode.NotebookDocument | undefined): void {
    if (!notebook) {
      this.#timespan.hide();
      return;
    }
    const { timespan, from } = huntTimespan(notebook);
    const text = timespanText(timespan);
    this.#timespan.text = `$(calendar) ${text}`;
    this.#timespan.tooltip =
      from === 'notebook'
        ? vscode.l10n.t("Huntbook: queries that name no time range ask for the {0}, as this notebook says", text)
        : vscode.l10n.t('Huntbook: queries that name no time range ask for the {0}, as the setting says', text);
    this.#timespan.accessibilityInformation = { label: this.#timespan.tooltip };
    this.#timespan.show();
  }

  #problem(unknown: boolean, failed: boolean): string | undefined {
    const { state } = this.#engine;
    if (state.kind === 'lost') return vscode.l10n.t('Huntbook: the local engine stopped ({0}). It starts again with the next query; earlier results are lost.', state.message);
    if (unknown) return vscode.l10n.t('Huntbook: the workspace of this notebook is not known here');
    return failed ? vscode.l10n.t('Huntbook: the workspace is not connected') : undefined;
  }
}
