import * as vscode from 'vscode';
import { field } from './command';

/** Asks before something is gone for everyone; `{sure: true}` has answered. */
export async function isSure(given: unknown, question: string, detail: string): Promise<boolean> {
  if (field(given, 'sure') === true) return true;
  const yes = vscode.l10n.t('Delete');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}
