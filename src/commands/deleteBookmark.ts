import * as vscode from 'vscode';
import { lineOfData } from '../views/dataText';
import { type Command, textField } from './command';
import type { Findings } from './findings';
import { isSure } from './isSure';
import { bookmarkOf } from './bookmarkTarget';

/** Deletes a bookmark for everyone, when people are sure. Takes a node of the Sentinel view, or `{bookmark, workspaceId, sure}`. */
export class DeleteBookmark implements Command {
  readonly id = 'huntbook.deleteBookmark';
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  async run(given?: unknown): Promise<void> {
    const bookmark = bookmarkOf(given);
    const workspaceId = textField(given, 'workspaceId');
    if (!bookmark || workspaceId === undefined) return;
    const question = vscode.l10n.t('Delete the bookmark "{0}"?', lineOfData(bookmark.name));
    if (!(await isSure(given, question, vscode.l10n.t('It is gone for everyone, from incidents too.')))) return;
    await this.#findings.call('deleteBookmark', { workspaceId, bookmarkId: bookmark.id });
    this.#findings.changed(workspaceId);
    for (const number of bookmark.incidentNumbers) this.#findings.pages.refresh(workspaceId, number);
  }
}
