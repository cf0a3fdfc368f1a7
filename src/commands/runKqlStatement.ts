import * as vscode from 'vscode';
import { isKqlFile, type KqlFiles } from '../notebook/vscodeKqlFiles';
import type { Command } from './command';

/**
 * Runs the selection of a `.kql` file, or the query that the caret is in, and shows the result in a panel beside it. Takes the URI of the
 * file and a range in it, or goes by the active editor.
 */
export class RunKqlStatement implements Command {
  readonly id = 'huntbook.runKqlStatement';
  readonly #files: KqlFiles;

  constructor(files: KqlFiles) {
    this.#files = files;
  }

  async run(uri?: unknown, place?: unknown): Promise<void> {
    // A button of the editor's title gives the URI too; the caret is the editor's.
    const editor = vscode.window.visibleTextEditors.find(
      (candidate) => candidate.document.uri.toString() === (uri instanceof vscode.Uri ? uri.toString() : activeUri()),
    );
    if (place instanceof vscode.Range && uri instanceof vscode.Uri) {
      await this.#files.run(await vscode.workspace.openTextDocument(uri), place, {});
    } else if (editor && isKqlFile(editor.document)) {
      await this.#files.run(editor.document, editor.selection, {});
    }
  }
}

function activeUri(): string | undefined {
  return vscode.window.activeTextEditor?.document.uri.toString();
}
