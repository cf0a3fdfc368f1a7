import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { HuntError, toHuntError } from '../common/errors';
import { NOTEBOOK_TYPE } from '../notebook/vscodeCells';
import { currentNotebookText } from '../notebook/vscodeNotebookText';
import { type Command, field, textField } from './command';

/**
 * Writes the active notebook as one HTML file without scripts. Takes `{path, redact}`, or asks. `redact`: with tokens in place of accounts,
 * addresses and hosts.
 */
export class ExportReport implements Command {
  readonly id = 'huntbook.exportReport';

  async run(given?: unknown): Promise<void> {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    if (notebook?.notebookType !== NOTEBOOK_TYPE) throw new HuntError({ kind: 'notFound', what: 'notebook', name: 'in the active editor' });
    const wish = field(given, 'redact');
    const redact = typeof wish === 'boolean' ? wish : await askRedaction();
    if (redact === undefined) return;
    const named = textField(given, 'path');
    const file = named === undefined ? await askFile(notebook) : vscode.Uri.file(named);
    if (!file) return;
    const { writeReport } = await import('../report/writeReport');
    const source = path.posix.basename(notebook.uri.path);
    await write(file, writeReport({ notebook: currentNotebookText(notebook), source, redact }));
    if (named === undefined) void offerToOpen(file);
  }
}

async function askRedaction(): Promise<boolean | undefined> {
  const { t } = vscode.l10n;
  const whole = { label: t('With all names'), detail: t('As the notebook shows them.'), redact: false };
  const hidden = {
    label: t('Redacted'),
    detail: t('Accounts, IP addresses and hosts become tokens. Equal names have equal tokens; nothing in the file leads back to them.'),
    redact: true,
  };
  return (await vscode.window.showQuickPick([whole, hidden], { title: t('Export as HTML report') }))?.redact;
}

async function askFile(notebook: vscode.NotebookDocument): Promise<vscode.Uri | undefined> {
  const name = `${path.posix.basename(notebook.uri.path, '.ipynb')}.html`;
  const folder = notebook.isUntitled ? vscode.workspace.workspaceFolders?.[0]?.uri : vscode.Uri.joinPath(notebook.uri, '..');
  return vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    filters: { [vscode.l10n.t('HTML report')]: ['html'] },
    saveLabel: vscode.l10n.t('Export'),
  });
}

async function write(file: vscode.Uri, html: string): Promise<void> {
  try {
    if (file.scheme === 'file') await writeFile(file.fsPath, html);
    else await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(html));
  } catch (thrown) {
    const { data } = toHuntError(thrown);
    throw data.kind === 'storage' ? new HuntError({ ...data, path: file.fsPath }, { cause: thrown }) : thrown;
  }
}

async function offerToOpen(file: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open');
  const message = vscode.l10n.t('The report is in {0}.', path.posix.basename(file.path));
  if ((await vscode.window.showInformationMessage(message, open)) === open) await vscode.env.openExternal(file);
}
