import * as vscode from 'vscode';
import { type Command, field, textField } from './command';

/** Takes a node of the Incidents view. */
export class CopyIncidentTitle implements Command {
  readonly id = 'huntbook.copyIncidentTitle';

  async run(node?: unknown): Promise<void> {
    const title = textField(field(node, 'incident'), 'title');
    if (title !== undefined) await vscode.env.clipboard.writeText(title);
  }
}
