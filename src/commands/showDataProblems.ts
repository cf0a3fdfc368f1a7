import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { type Command, field, textField } from './command';

/** Lists what of a workspace's data could not be loaded, and opens the file that is picked at its line. */
export class ShowDataProblems implements Command {
  readonly id = 'huntbook.showDataProblems';
  readonly #workspaces: Workspaces;

  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
  }

  async run(node?: unknown): Promise<void> {
    const entry = this.#workspaces.find(textField(field(node, 'entry'), 'id') ?? this.#workspaces.chosen.id);
    if (entry?.state.kind !== 'connected' || entry.source.kind !== 'folder') return;
    const folder = entry.source.path;
    const items = entry.state.info.problems.map(({ file, line, message }) => ({
      label: path.relative(folder, path.resolve(folder, file)) || file,
      description: line === undefined ? '' : vscode.l10n.t('line {0}', line),
      detail: message,
      file: path.resolve(folder, file),
      line: line ?? 1,
    }));
    const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Data that could not be loaded'), matchOnDetail: true });
    if (!picked) return;
    const start = new vscode.Position(picked.line - 1, 0);
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(picked.file), { selection: new vscode.Range(start, start) });
  }
}
