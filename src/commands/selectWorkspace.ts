import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { Command } from './command';
import { pickWorkspace } from './workspacePick';

/** Chooses the workspace that the opened folder works with. Takes its name or id, or asks. */
export class SelectWorkspace implements Command {
  readonly id = 'huntbook.selectWorkspace';
  readonly #workspaces: Workspaces;

  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
  }

  async run(given?: unknown): Promise<void> {
    const id = typeof given === 'string' ? this.#idOf(given) : await this.#ask();
    if (id === undefined) return;
    await this.#workspaces.choose(id);
    await this.#workspaces.connect(id);
  }

  #idOf(idOrName: string): string {
    const entry = this.#workspaces.find(idOrName);
    if (!entry) throw new HuntError({ kind: 'notFound', what: 'workspace', name: idOrName });
    return entry.id;
  }

  async #ask(): Promise<string | undefined> {
    const connect = { label: vscode.l10n.t('Connect local workspace…'), iconPath: new vscode.ThemeIcon('add') };
    const title = vscode.l10n.t('Workspace of this folder');
    const picked = await pickWorkspace(this.#workspaces, title, this.#workspaces.chosen.id, [connect]);
    if (picked === connect) await vscode.commands.executeCommand('huntbook.connectLocalWorkspace');
    return picked && 'entry' in picked ? picked.entry.id : undefined;
  }
}
