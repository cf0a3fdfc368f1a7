import * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import { HuntError } from '../common/errors';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { Command } from './command';
import { pickWorkspace } from './workspacePick';

/** Chooses the workspace that the opened folder works with. Takes its name or id, or asks. */
export class SelectWorkspace implements Command {
  readonly id = 'huntbook.selectWorkspace';
  readonly #workspaces: Workspaces;
  readonly #accounts: AzureAccounts;

  constructor(workspaces: Workspaces, accounts: AzureAccounts) {
    this.#workspaces = workspaces;
    this.#accounts = accounts;
  }

  async run(given?: unknown): Promise<void> {
    const id = typeof given === 'string' ? this.#idOf(given) : await this.#ask();
    if (id === undefined) return;
    await this.#workspaces.choose(id);
    await this.#accounts.withSignIn(() => this.#workspaces.connect(id));
  }

  #idOf(idOrName: string): string {
    const entry = this.#workspaces.named(idOrName);
    if (!entry) throw new HuntError({ kind: 'notFound', what: 'workspace', name: idOrName });
    return entry.id;
  }

  async #ask(): Promise<string | undefined> {
    const connect = { label: vscode.l10n.t('Connect local workspace…'), iconPath: new vscode.ThemeIcon('add') };
    const title = vscode.l10n.t('Workspace of this folder');
    const enter = { label: vscode.l10n.t('Enter a workspace id of Azure…'), iconPath: new vscode.ThemeIcon('edit') };
    const signIn = { label: vscode.l10n.t('Sign in to Azure…'), iconPath: new vscode.ThemeIcon('azure') };
    const picked = await pickWorkspace(this.#workspaces, title, this.#workspaces.chosen.id, [connect, enter, signIn]);
    if (picked === connect) await vscode.commands.executeCommand('huntbook.connectLocalWorkspace');
    if (picked === enter) await vscode.commands.executeCommand('huntbook.enterWorkspaceId');
    if (picked === signIn) await vscode.commands.executeCommand('huntbook.signIn');
    return picked && 'entry' in picked ? picked.entry.id : undefined;
  }
}
