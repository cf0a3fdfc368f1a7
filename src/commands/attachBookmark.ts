import * as vscode from 'vscode';
import { type Command, field, textField } from './command';
import type { Findings } from './findings';
import { pickIncident } from './incidentPick';
import { bookmarkOf } from './bookmarkTarget';

/** Attaches a bookmark to an incident. Takes a node of the Sentinel view, or `{bookmark, workspaceId, number}`; asks for the incident. */
export class AttachBookmark implements Command {
  readonly id = 'huntbook.attachBookmark';
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  async run(given?: unknown): Promise<void> {
    const bookmark = bookmarkOf(given);
    const id = textField(given, 'workspaceId');
    if (!bookmark || id === undefined) return;
    const workspaceId = await this.#findings.connect(id);
    const named = field(given, 'number');
    const number = typeof named === 'number' ? named : await pickIncident(this.#findings.engine, workspaceId, vscode.l10n.t('Attach the bookmark to'));
    if (number === undefined) return;
    await this.#findings.call('attachBookmark', { workspaceId, number, bookmarkId: bookmark.id });
    this.#findings.changed(workspaceId, number);
  }
}
