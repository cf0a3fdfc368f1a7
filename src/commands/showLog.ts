import type * as vscode from 'vscode';
import type { Command } from './command';

export class ShowLog implements Command {
  readonly id = 'huntbook.showLog';
  readonly #log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  run(): void {
    this.#log.show();
  }
}
