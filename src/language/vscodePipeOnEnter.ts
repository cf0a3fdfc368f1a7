import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import { KQL_LANGUAGE } from '../notebook/ipynb';

const SETTING = 'huntbook.language.pipeOnEnter';

const { None } = vscode.IndentAction;

/** Those of `language-configuration.json`, which a configuration that has rules replaces. */
const otherRules: readonly vscode.OnEnterRule[] = [
  { beforeText: /^\s*\/\/\|/u, action: { indentAction: None, appendText: '//| ' } },
  { beforeText: /^\s*\/\/(?!\|)\s.*$/u, afterText: /^\S.*$/u, action: { indentAction: None, appendText: '// ' } },
  { beforeText: /^\s*let\b.*;\s*$/u, action: { indentAction: None } },
];

const pipeRules: readonly vscode.OnEnterRule[] = [
  // An operator that is whole: not one that goes on with a comma or in brackets, nor the last of a statement.
  { beforeText: /^\s*\|.*[^\s,;({[|]\s*$/u, afterText: /^\s*$/u, action: { indentAction: None, appendText: '| ' } },
];

/** Begins the next operator at Enter, as long as the setting says so: a rule of the language's configuration, which costs no request. */
export class PipeOnEnter implements Disposable {
  readonly #store = new DisposableStore();
  #rule: vscode.Disposable | undefined;

  constructor() {
    this.#apply();
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SETTING)) this.#apply();
      }),
    );
  }

  dispose(): void {
    this.#rule?.dispose();
    this.#store.dispose();
  }

  #apply(): void {
    this.#rule?.dispose();
    this.#rule = undefined;
    if (!vscode.workspace.getConfiguration().get<boolean>(SETTING, true)) return;
    this.#rule = vscode.languages.setLanguageConfiguration(KQL_LANGUAGE, {
      onEnterRules: [...otherRules, ...pipeRules],
    });
  }
}
