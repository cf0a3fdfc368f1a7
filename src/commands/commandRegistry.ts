import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import { toHuntError } from '../common/errors';
import type { Command } from './command';

/** Registers commands; a failure becomes a message with a way to the log. */
export class CommandRegistry implements Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();

  constructor(commands: readonly Command[], log: vscode.LogOutputChannel) {
    this.#log = log;
    for (const command of commands) {
      this.#store.add(vscode.commands.registerCommand(command.id, (...given: unknown[]) => this.#run(command, given)));
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #run(command: Command, given: readonly unknown[]): Promise<unknown> {
    try {
      return await command.run(...given);
    } catch (thrown) {
      const error = toHuntError(thrown);
      if (error.data.kind === 'cancelled') return undefined;
      this.#log.error(`${command.id}: ${error.message}`);
      void this.#show(error.message);
      return undefined;
    }
  }

  /** Not waited for: the message may stay for long. */
  async #show(message: string): Promise<void> {
    const showLog = vscode.l10n.t('Show Log');
    if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) this.#log.show(true);
  }
}
