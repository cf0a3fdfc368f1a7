import * as vscode from 'vscode';
import type { WorkspacesView } from '../views/workspacesView';
import type { Command } from './command';

/** Shows only what a text is found in of the tenants, subscriptions and workspaces in Azure. Takes the text ('' shows all), or asks. */
export class FilterAzure implements Command {
  readonly id = 'huntbook.filterAzure';
  readonly #view: WorkspacesView;

  constructor(view: WorkspacesView) {
    this.#view = view;
  }

  async run(given?: unknown): Promise<void> {
    const filter = typeof given === 'string' ? given : await this.#ask();
    if (filter !== undefined) await this.#view.setFilter(filter.trim());
  }

  #ask(): Thenable<string | undefined> {
    return vscode.window.showInputBox({
      title: vscode.l10n.t('Show only workspaces in Azure with'),
      prompt: vscode.l10n.t('Part of the name of a workspace, subscription or tenant; empty shows all'),
      value: this.#view.filter,
    });
  }
}
