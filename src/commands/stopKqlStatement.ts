import * as vscode from 'vscode';
import type { KqlFiles } from '../notebook/vscodeKqlFiles';
import type { Command } from './command';

/** Stops the query of a `.kql` file that runs. Takes the URI of the file, or goes by the active editor. */
export class StopKqlStatement implements Command {
  readonly id = 'huntbook.stopKqlStatement';
  readonly #files: KqlFiles;

  constructor(files: KqlFiles) {
    this.#files = files;
  }

  run(uri?: unknown): void {
    const file = uri instanceof vscode.Uri ? uri : vscode.window.activeTextEditor?.document.uri;
    if (file) this.#files.stop(file);
  }
}
