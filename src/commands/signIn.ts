import * as vscode from 'vscode';
import type { Command } from './command';

/** Says what there is instead of a sign-in: workspaces in Azure are not part of this version. */
export class SignIn implements Command {
  readonly id = 'huntbook.signIn';

  async run(): Promise<void> {
    const connect = vscode.l10n.t('Connect Local Workspace…');
    const message = vscode.l10n.t(
      'Microsoft Sentinel workspaces in Azure arrive with a later version of Huntbook. This version hunts in the sample workspace and in folders of exported logs.',
    );
    if ((await vscode.window.showInformationMessage(message, connect)) === connect) {
      await vscode.commands.executeCommand('huntbook.connectLocalWorkspace');
    }
  }
}
