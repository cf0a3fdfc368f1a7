import * as vscode from 'vscode';
import { kqlCell, huntbookMetadata, markdownCell, notebookText } from '../common/nbformat';
import type { Bookmark } from '../common/sentinelService';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import { markdownCode, markdownQuote, markdownText } from '../sentinel/markdownText';
import { lineOfData } from '../views/dataText';
import { type Command, field, textField } from './command';
import type { Findings } from './findings';
import { isSure } from './huntingQueries';
import { pickIncident } from './incidentPick';

/** Makes a notebook of a bookmark: its notes, its entities, its query. Takes a node of the Sentinel view. */
export class OpenBookmark implements Command {
  readonly id = 'huntbook.openBookmark';
  readonly #notebooks: HuntNotebooks;

  constructor(notebooks: HuntNotebooks) {
    this.#notebooks = notebooks;
  }

  async run(given?: unknown): Promise<void> {
    const bookmark = bookmarkOf(given);
    if (!bookmark) return;
    const { name, notes, entities, query, tactics, techniques, queryStart, queryEnd } = bookmark;
    const known = entities.map(({ kind, value }) => `- ${kind}: ${markdownCode(value)}`).join('\n');
    const about = [`# ${markdownText(name)}`, ...(notes === '' ? [] : [markdownQuote(notes)]), ...(known === '' ? [] : [known])].join('\n\n');
    const timespan = queryStart === undefined || queryEnd === undefined ? '' : `//| timespan: ${queryStart}/${queryEnd}\n`;
    const cells = [markdownCell('about', about), kqlCell('query', `${timespan}${query}`)];
    const metadata = { ...huntbookMetadata, huntbook: { tactics, techniques } };
    await this.#notebooks.openUntitled(notebookText({ cells, metadata, nbformat: 4, nbformat_minor: 5 }), '');
  }
}

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

function bookmarkOf(given: unknown): Bookmark | undefined {
  return field(given, 'bookmark') as Bookmark | undefined;
}
