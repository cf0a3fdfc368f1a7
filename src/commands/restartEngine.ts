import * as vscode from 'vscode';
import type { EngineHost } from '../notebook/engineHost';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { Command } from './command';

/** Ends the engine process, which stops all queries and forgets all results, and starts it again with the settings of now. */
export class RestartEngine implements Command {
  readonly id = 'huntbook.restartEngine';
  readonly #engine: EngineHost;
  readonly #workspaces: Workspaces;

  constructor(engine: EngineHost, workspaces: Workspaces) {
    this.#engine = engine;
    this.#workspaces = workspaces;
  }

  async run(): Promise<void> {
    this.#engine.stop();
    await this.#workspaces.connect(this.#workspaces.chosen.id);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Huntbook: the local engine was restarted.'), 5000);
  }
}
