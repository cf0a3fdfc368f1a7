import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import { KQL_LANGUAGE } from './ipynb';
import { isKqlFile, type KqlFiles } from './vscodeKqlFiles';

const SETTING = 'huntbook.language.codeLens';

/** "Run" above each query of a `.kql` file, "Stop" above the one that runs. */
export class RunLens implements vscode.CodeLensProvider, Disposable {
  readonly #files: KqlFiles;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(files: KqlFiles) {
    this.#files = files;
    this.#store.add(vscode.languages.registerCodeLensProvider({ language: KQL_LANGUAGE }, this));
    this.#store.add(files.onDidChange(() => this.#changed.fire()));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SETTING)) this.#changed.fire();
      }),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!isKqlFile(document) || !vscode.workspace.getConfiguration().get<boolean>(SETTING, true)) return [];
    const { scriptQueries } = await import('./scriptRun');
    const running = this.#files.runningLine(document.uri);
    return scriptQueries(document.getText()).map(({ start }) => {
      const at = document.positionAt(start);
      const place = new vscode.Range(at, at);
      return new vscode.CodeLens(
        place,
        at.line === running
          ? { title: vscode.l10n.t('$(stop-circle) Stop'), command: 'huntbook.stopKqlStatement', arguments: [document.uri] }
          : { title: vscode.l10n.t('$(play) Run'), command: 'huntbook.runKqlStatement', arguments: [document.uri, place] },
      );
    });
  }

  dispose(): void {
    this.#store.dispose();
  }
}
