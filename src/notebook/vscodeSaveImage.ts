import path from 'node:path';
import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import type { FromRenderer } from '../common/rendererProtocol';
import { fileStem } from './fileStem';

/** Of a picture as it travels: far above any chart. */
const MOST_CHARACTERS = 60_000_000;

/** Asks for a file and writes a picture that a view has drawn. @throws HuntError */
export async function saveImage({ name, format, base64 }: Extract<FromRenderer, { readonly type: 'saveImage' }>): Promise<void> {
  if (base64.length > MOST_CHARACTERS) throw new HuntError({ kind: 'refused', message: vscode.l10n.t('The picture is too large to be saved.') });
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = `${fileStem(name)}.${format}`;
  const picked = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Picture'),
    filters: { [format.toUpperCase()]: [format] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, file) } : {}),
  });
  if (!picked) return;
  await vscode.workspace.fs.writeFile(picked, Buffer.from(base64, 'base64'));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Saved {0}', path.basename(picked.path)), 5000);
}
