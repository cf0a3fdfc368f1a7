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
  // The line of the table, when it has the first operators.
  { beforeText: /^[^\s|/].*\|\s*\w.*[^\s,;({[|]\s*$/u, afterText: /^\s*$/u, action: { indentAction: None, appendText: '| ' } },
];

/** A line that begins with two pipes: the rule's, and one that was written. */
const twoPipes = /^(\s*)\| \|/u;

/**
 * Begins the next operator at Enter, as long as the setting says so: a rule of the language's configuration, which costs no request.
 * Someone who types the pipe by habit, or inserts an operator with its pipe, still gets one.
 */
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
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges: [change, ...others], reason }) => {
        const isWritten = change?.text.startsWith('|') === true && others.length === 0 && reason === undefined;
        if (isWritten && document.languageId === KQL_LANGUAGE && this.#rule) void oneEnough(document, change.range.start);
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

/** Each is a round trip to the window: someone who types fast pauses within so many. */
const MOST_ATTEMPTS = 100;

/** Takes the rule's pipe away from before another one that was written at a place. */
async function oneEnough(document: vscode.TextDocument, { line, character }: vscode.Position): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document !== document) return;
  // Whoever types on meanwhile makes the edit fail: then it is tried on what is there.
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const indent = twoPipes.exec(document.lineAt(line).text)?.[1];
    if (indent === undefined || character !== indent.length + 2) return;
    const first = new vscode.Range(line, indent.length, line, indent.length + 2);
    if (await editor.edit((edit) => edit.delete(first), { undoStopBefore: false, undoStopAfter: false })) return;
  }
}
