import * as vscode from 'vscode';
import type { TableNode } from '../views/workspaceNodes';
import { kqlName } from '../common/kqlLiterals';
import { type Command, field } from './command';

/** Copies the columns of a table as KQL writes a schema: `Table (Name:type, …)`. Takes a node of the Workspaces view. */
export class CopySchema implements Command {
  readonly id = 'huntbook.copySchema';

  async run(node?: unknown): Promise<void> {
    if (field(node, 'kind') !== 'table') return;
    const { table } = node as TableNode;
    const columns = table.columns.map(({ name, type }) => `  ${kqlName(name)}:${type}`).join(',\n');
    await vscode.env.clipboard.writeText(`${kqlName(table.name)} (\n${columns}\n)\n`);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Copied the schema of {0}', table.name), 3000);
  }
}
