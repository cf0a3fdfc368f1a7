import * as vscode from 'vscode';
import { type Command, field } from './command';

/** Takes a node of the Incidents view. */
export class CopyIncidentNumber implements Command {
  readonly id = 'huntbook.copyIncidentNumber';

  async run(node?: unknown): Promise<void> {
    const number = field(field(node, 'incident'), 'number');
    if (typeof number === 'number') await vscode.env.clipboard.writeText(String(number));
  }
}
