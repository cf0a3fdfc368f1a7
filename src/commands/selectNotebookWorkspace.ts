import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import { notebookWorkspace, setNotebookWorkspace } from '../notebook/vscodeNotebookMetadata';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { Command } from './command';
import { pickWorkspace } from './workspacePick';

/** Chooses the workspace of the notebook in the active editor; it stands in the file. Takes a name or id, '' for the folder's, or asks. */
export class SelectNotebookWorkspace implements Command {
  readonly id = 'huntbook.selectNotebookWorkspace';
  readonly #workspaces: Workspaces;

  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
  }

  async run(given?: unknown): Promise<void> {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    if (!notebook) return;
    const name = typeof given === 'string' ? given : await this.#ask(notebook);
    if (name === undefined) return;
    const entry = name === '' ? undefined : this.#workspaces.named(name);
    if (name !== '' && !entry) throw new HuntError({ kind: 'notFound', what: 'workspace', name });
    await setNotebookWorkspace(notebook, entry && { name: entry.name, id: entry.source.kind === 'logAnalytics' ? entry.id : undefined });
  }

  async #ask(notebook: vscode.NotebookDocument): Promise<string | undefined> {
    const own = notebookWorkspace(notebook);
    const { chosen } = this.#workspaces;
    const follow = {
      label: vscode.l10n.t("The folder's: {0}", chosen.name),
      description: own === undefined ? vscode.l10n.t('in use') : '',
      iconPath: new vscode.ThemeIcon('link'),
    };
    const current = own === undefined ? '' : (this.#workspaces.ofNotebook(notebook)?.id ?? '');
    const picked = await pickWorkspace(this.#workspaces, vscode.l10n.t('Workspace of this notebook'), current, [follow]);
    if (!picked) return undefined;
    return 'entry' in picked ? picked.entry.id : '';
  }
}
