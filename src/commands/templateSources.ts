import * as vscode from 'vscode';
import type { Command } from './command';

/** Opens the setting that names the sources of templates. */
export class EditTemplateSources implements Command {
  readonly id = 'huntbook.editTemplateSources';

  async run(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.openSettings', '@id:huntbook.templates.sources,huntbook.templates.mirror');
  }
}
