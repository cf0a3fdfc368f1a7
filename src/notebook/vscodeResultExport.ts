import path from 'node:path';
import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import type { Exported, ExportFormat } from '../common/resultFiles';
import type { Viewed } from '../common/resultViews';
import type { EngineClient } from './engineClient';
import { fileStem } from './fileStem';

export interface WantedExport {
  readonly viewed: Viewed;
  /** In the order to write; absent: all. */
  readonly columns?: readonly number[] | undefined;
  /** Of the result, for the name of the file and for messages. */
  readonly title: string;
  /** Absent: asked for with the file. */
  readonly format?: ExportFormat | undefined;
  /** Absolute; absent: asked for. */
  readonly path?: string | undefined;
  /** Where the dialog begins. */
  readonly folder?: string | undefined;
}

/** What people choose from, the usual first. The format's name is the file's extension. */
export const exportFormats: readonly { readonly format: ExportFormat; readonly label: string }[] = [
  { format: 'csv', label: 'CSV' },
  { format: 'xlsx', label: 'Excel' },
  { format: 'parquet', label: 'Parquet' },
  { format: 'jsonl', label: vscode.l10n.t('JSON lines') },
  { format: 'tsv', label: 'TSV' },
];

const integers = new Intl.NumberFormat();

/** Writes results to files: asks where, shows how far it is, and offers the file at the end. */
export class ResultExport {
  readonly #client: EngineClient;
  /** Where the last file went. */
  #folder: string | undefined;

  constructor(client: EngineClient) {
    this.#client = client;
  }

  /** @returns undefined when people changed their mind. @throws HuntError */
  async export(wanted: WantedExport): Promise<Exported | undefined> {
    const file = wanted.path ?? (await this.#ask(wanted));
    if (file === undefined) return undefined;
    const format = exportFormats.find((known) => known.format === path.extname(file).slice(1).toLowerCase())?.format ?? wanted.format;
    if (!format) {
      const extensions = exportFormats.map((known) => `.${known.format}`).join(', ');
      throw new HuntError({ kind: 'refused', message: vscode.l10n.t('The extension of the file says its format: {0}.', extensions) });
    }
    const exported = await this.#write(wanted, file, format);
    void offer(file, format, exported);
    return exported;
  }

  async #ask({ title, format, folder }: WantedExport): Promise<string | undefined> {
    const first = exportFormats.find((known) => known.format === format) ?? exportFormats[0];
    const ordered = [...exportFormats].sort((left, right) => Number(right === first) - Number(left === first));
    const name = `${fileStem(title)}.${first?.format ?? 'csv'}`;
    const begin = this.#folder ?? folder ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    const picked = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Export Result'),
      saveLabel: vscode.l10n.t('Export'),
      filters: Object.fromEntries(ordered.map((known) => [known.label, [known.format]])),
      ...(begin === undefined ? {} : { defaultUri: vscode.Uri.file(path.join(begin, name)) }),
    });
    if (!picked) return undefined;
    if (picked.scheme !== 'file') throw new HuntError({ kind: 'notFound', what: 'folder on this machine', name: picked.toString() });
    this.#folder = path.dirname(picked.fsPath);
    return picked.fsPath;
  }

  async #write({ viewed, columns, title }: WantedExport, file: string, format: ExportFormat): Promise<Exported> {
    const shown = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Exporting {0}', title), cancellable: true };
    return vscode.window.withProgress(shown, (progress, token) =>
      this.#client.call('exportResult', { ...viewed, ...(columns ? { columns } : {}), format, path: file }, token, (rows) =>
        progress.report({ message: vscode.l10n.t('{0} rows', integers.format(rows)) }),
      ),
    );
  }
}

/** Not waited for: the message may stay for long. */
async function offer(file: string, format: ExportFormat, { rows, bytes, remarks }: Exported): Promise<void> {
  const open = vscode.l10n.t('Open');
  const reveal = vscode.l10n.t('Reveal');
  const told = vscode.l10n.t('Exported {0} rows ({1}) to {2}.', integers.format(rows), sizeText(bytes), path.basename(file));
  // No editor of VS Code shows Parquet.
  const choices = format === 'parquet' ? [reveal] : [open, reveal];
  const show = remarks.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const answer = await show([told, ...remarks].join(' '), ...choices);
  const uri = vscode.Uri.file(file);
  if (answer === reveal) await vscode.commands.executeCommand('revealFileInOS', uri);
  if (answer === open && format === 'xlsx') await vscode.env.openExternal(uri);
  else if (answer === open) await vscode.commands.executeCommand('vscode.open', uri);
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return vscode.l10n.t('{0} bytes', bytes);
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
