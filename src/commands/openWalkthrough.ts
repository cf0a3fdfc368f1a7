import * as vscode from 'vscode';
import type { Command } from './command';

export class OpenWalkthrough implements Command {
  readonly id = 'huntbook.openWalkthrough';
  readonly #extensionId: string;

  constructor(extensionId: string) {
    this.#extensionId = extensionId;
  }

  async run(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${this.#extensionId}#start`);
  }
}
