import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import type { Column, WireRow } from '../common/kqlTypes';
import type { Bookmark } from '../common/sentinelService';
import { viewColumns, viewRows } from '../notebook/viewRows';
import { bookmarkOfRow, type BookmarkWords, entityMappings, suggestedName } from '../sentinel/bookmarkDraft';
import { lineOfData } from '../views/dataText';
import { notebookTactics, tacticsFor } from './askTactics';
import { type Command, field, textField } from './command';
import type { Findings, LinkedIncident } from './findings';
import { pickIncident } from './incidentPick';
import { untilWritten } from './retry';
import { queryOf, type ShownResult, shownResult, timespanOf, titleOf } from './shownResult';

/** Most rows that are bookmarked at once: a bookmark is for what people looked at. */
const MOST = 20;
/** Rows that are offered when nobody chose. */
const OFFERED = 200;

/**
 * Makes bookmarks of Sentinel of rows of a result, one a row. Takes `{cell, viewed, rows, name, notes, tactics, incidentNumber}`, where
 * `incidentNumber: null` attaches them to none; asks for what is missing.
 */
export class BookmarkRows implements Command {
  readonly id = 'huntbook.bookmarkRows';
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  async run(given?: unknown): Promise<void> {
    const result = shownResult(this.#findings.shown, given);
    const columns = viewColumns(result.saved.result.columns, result.viewed);
    const numbers = result.rows ?? (await this.#askRows(result, columns));
    if (numbers === undefined || numbers.length === 0) return;
    if (numbers.length > MOST) {
      const message = vscode.l10n.t('{0} rows are selected; {1} can be bookmarked at once. Select the ones that matter.', numbers.length, MOST);
      throw new HuntError({ kind: 'refused', message });
    }
    const rows = await viewRows(this.#findings.engine, result.viewed, numbers);
    const words = await askWords(result, columns, rows, given);
    const incident = words && (await this.#incident(result, given));
    if (!words || incident === undefined) return;
    const workspaceId = await this.#findings.connect(result.saved.result.workspace.id);
    const marked = rows.map((row, nth) => ({ row, nth: rows.length === 1 ? undefined : nth + 1 }));
    await this.#write(result, workspaceId, marked, { words, columns, incident });
  }

  /** Each bookmark is written once, also when one of them fails and is tried again. */
  async #write(result: ShownResult, workspaceId: string, marked: readonly MarkedRow[], writing: Writing): Promise<void> {
    const { words, columns, incident } = writing;
    const findings = this.#findings;
    const incidentNumber = incident?.number;
    const written: Bookmark[] = [];
    let isAttached = true;
    for (const { row, nth } of marked) {
      const bookmark = bookmarkOfRow(words, columns, row, nth);
      const made = await untilWritten(() => findings.call('addBookmark', { workspaceId, bookmark, incidentNumber }));
      if (!made) break;
      written.push(made);
      if (made.notAttached === undefined || incidentNumber === undefined) continue;
      const alone = vscode.l10n.t('The bookmark "{0}" is written, but not attached to incident #{1}.', made.name, incidentNumber);
      const attach = async (): Promise<null> => findings.call('attachBookmark', { workspaceId, number: incidentNumber, bookmarkId: made.id });
      if ((await untilWritten(attach, () => alone)) === undefined) isAttached = false;
    }
    if (written.length === 0) return;
    const text = written.map(({ name }) => name).join(', ');
    await findings.record(result.cell.notebook, workspaceId, { what: 'bookmark', text, incidentNumber });
    const where = incident && isAttached ? vscode.l10n.t(' and attached to incident #{0}', incident.number) : '';
    vscode.window.setStatusBarMessage(vscode.l10n.t('{0} of {1} bookmarks written{2}.', written.length, marked.length, where), 8000);
  }

  async #askRows(result: ShownResult, columns: readonly Column[]): Promise<readonly number[] | undefined> {
    const count = Math.min(OFFERED, result.saved.result.rowCount);
    const numbers = Array.from({ length: count }, (_, number) => number);
    const rows = await viewRows(this.#findings.engine, result.viewed, numbers);
    const items = rows.map((row, number) => ({
      label: vscode.l10n.t('Row {0}', number + 1),
      description: lineOfData(columns.map((_column, index) => String(row[index] ?? '')).filter((text) => text !== '').join(' · ')),
      number,
    }));
    const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Rows to bookmark'), canPickMany: true, matchOnDescription: true });
    return picked?.map(({ number }) => number);
  }

  /** Null: none. Undefined: people changed their mind. */
  async #incident(result: ShownResult, given: unknown): Promise<Pick<LinkedIncident, 'number'> | null | undefined> {
    const { t } = vscode.l10n;
    const named = field(given, 'incidentNumber');
    if (named === null) return null;
    if (typeof named === 'number') return { number: named };
    const workspaceId = result.saved.result.workspace.id;
    const linked = this.#findings.incidentOf(result.cell.notebook);
    const own = linked?.workspaceId === workspaceId ? linked : undefined;
    const items = [
      ...(own ? [{ label: t('Attach to incident #{0}', own.number), description: lineOfData(own.title), to: 'own' as const }] : []),
      { label: t('Attach to no incident'), description: '', to: 'none' as const },
      { label: t('Attach to another incident…'), description: '', to: 'other' as const },
    ];
    const to = (await vscode.window.showQuickPick(items, { title: t('Bookmark') }))?.to;
    if (to === 'own') return own;
    if (to === 'none') return null;
    if (to === undefined) return undefined;
    const number = await pickIncident(this.#findings.engine, await this.#findings.connect(workspaceId), t('Attach the bookmark to'));
    return number === undefined ? undefined : { number };
  }
}

interface MarkedRow {
  readonly row: WireRow;
  /** From 1, when there are several. */
  readonly nth: number | undefined;
}

interface Writing {
  readonly words: BookmarkWords;
  readonly columns: readonly Column[];
  readonly incident: Pick<LinkedIncident, 'number'> | null;
}

async function askWords(
  result: ShownResult,
  columns: readonly Column[],
  rows: readonly WireRow[],
  given: unknown,
): Promise<BookmarkWords | undefined> {
  const { t } = vscode.l10n;
  const suggested = suggestedName(titleOf(result), columns, rows.length === 1 ? rows[0] : undefined);
  const entities = rows.flatMap((row) => entityMappings(columns, row)).map(({ kind, value }) => `${kind} ${lineOfData(value)}`);
  const known = [...new Set(entities)];
  const prompt = known.length === 0 ? t('No column names an entity') : t('Entities: {0}', known.slice(0, 6).join(', ') + (known.length > 6 ? ', …' : ''));
  const name = textField(given, 'name') ?? (await vscode.window.showInputBox({ title: t('Name of the bookmark'), value: lineOfData(suggested), prompt, ignoreFocusOut: true }));
  if (name === undefined || name.trim() === '') return undefined;
  const told = field(given, 'notes');
  const notes = typeof told === 'string' ? told : await vscode.window.showInputBox({ title: t('Notes'), prompt: t('Markdown; may be empty'), ignoreFocusOut: true });
  if (notes === undefined) return undefined;
  const { tactics: suggestedTactics, techniques } = notebookTactics(result.cell.notebook);
  const tactics = await tacticsFor(given, suggestedTactics);
  if (!tactics) return undefined;
  return { name: name.trim(), notes, query: queryOf(result.cell), labels: [], tactics, techniques, timespan: timespanOf(result.cell) };
}
