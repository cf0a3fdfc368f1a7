import * as vscode from 'vscode';
import { HuntError } from '../common/errors';

/**
 * Opens a page of a portal. The address may come from the service: nothing but the web is opened.
 * @throws HuntError `refused`.
 */
export async function openInBrowser(address: string): Promise<void> {
  if (URL.canParse(address) && new URL(address).protocol === 'https:') {
    await vscode.env.openExternal(vscode.Uri.parse(address, true));
    return;
  }
  throw new HuntError({ kind: 'refused', message: vscode.l10n.t('{0} is not an address of the web.', address) });
}
