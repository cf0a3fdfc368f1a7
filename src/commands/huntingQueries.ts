import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import { huntbookMetadata, kqlCell, markdownCell, notebookText } from '../common/nbformat';
import type { HuntingQuery } from '../common/sentinelService';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import { analyticsRuleYaml } from '../sentinel/analyticsRule';
import { mappedColumns } from '../sentinel/bookmarkDraft';
import { markdownText } from '../sentinel/markdownText';
import { techniqueIds } from '../sentinel/tactics';
import { lineOfData } from '../views/dataText';
import type { HuntingRuns } from '../views/huntingRuns';
import { notebookTactics, tacticsFor } from './askTactics';
import { cellAt } from './cellTarget';
import { type Command, field, textField } from './command';
import type { Findings } from './findings';
import { untilWritten } from './retry';
import { queryOf, timespanOf } from './shownResult';

/**
 * Saves the query of a cell for everyone who hunts in the workspace. Takes `{cell, name, description, tactics, techniques}`; asks for what
 * is missing.
 */
export class SaveHuntingQuery implements Command {
  readonly id = 'huntbook.saveHuntingQuery';
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  async run(given?: unknown): Promise<void> {
    const { t } = vscode.l10n;
    const cell = neededCell(given);
    const name = textField(given, 'name') ?? (await vscode.window.showInputBox({ title: t('Name of the hunting query'), ignoreFocusOut: true }));
    if (name === undefined || name.trim() === '') return;
    const description = await textFor(given, 'description', t('Description'), t('What does it find, and what does that mean?'));
    const suggested = notebookTactics(cell.notebook);
    const tactics = description === undefined ? undefined : await tacticsFor(given, suggested.tactics);
    if (description === undefined || !tactics) return;
    const typed = await textFor(given, 'techniques', t('Techniques'), t('Of MITRE ATT&CK, as in T1078, T1110.003; may be empty'), suggested.techniques.join(', '));
    if (typed === undefined) return;
    const findings = this.#findings;
    const workspaceId = await findings.connect((findings.workspaces.ofNotebook(cell.notebook) ?? findings.workspaces.chosen).id);
    const query = { name: name.trim(), description, query: queryOf(cell), tactics, techniques: techniqueIds(typed) };
    const saved = await untilWritten(() => findings.call('saveHuntingQuery', { workspaceId, query }));
    if (!saved) return;
    await findings.record(cell.notebook, workspaceId, { what: 'huntingQuery', text: saved.name });
    vscode.window.setStatusBarMessage(t('The hunting query {0} is saved.', lineOfData(saved.name)), 8000);
  }
}

/** Makes a notebook of a hunting query. Takes a node of the Sentinel view or `{query, run}`. */
export class OpenHuntingQuery implements Command {
  readonly id = 'huntbook.openHuntingQuery';
  readonly #notebooks: HuntNotebooks;

  constructor(notebooks: HuntNotebooks) {
    this.#notebooks = notebooks;
  }

  async run(given?: unknown): Promise<void> {
    const query = field(given, 'query') as HuntingQuery | undefined;
    if (!query) return;
    const editor = await openQuery(this.#notebooks, query);
    if (field(given, 'run') === true) await this.#notebooks.runCell(editor, 1);
  }
}

/** The query in a notebook of its own, with what it is about. */
async function openQuery(notebooks: HuntNotebooks, saved: HuntingQuery): Promise<vscode.NotebookEditor> {
  const { name, description, query, tactics, techniques } = saved;
  const about = [`# ${markdownText(name)}`, ...(description === '' ? [] : [markdownText(description, 2000)])].join('\n\n');
  const metadata = { ...huntbookMetadata, huntbook: { tactics, techniques } };
  const cells = [markdownCell('about', about), kqlCell('query', query)];
  return notebooks.openUntitled(notebookText({ cells, metadata, nbformat: 4, nbformat_minor: 5 }), '');
}

/** Deletes a hunting query for everyone, when people are sure. Takes a node of the Sentinel view, or `{query, workspaceId, sure}`. */
export class DeleteHuntingQuery implements Command {
  readonly id = 'huntbook.deleteHuntingQuery';
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  async run(given?: unknown): Promise<void> {
    const query = field(given, 'query') as HuntingQuery | undefined;
    const workspaceId = textField(given, 'workspaceId');
    if (!query || workspaceId === undefined) return;
    const question = vscode.l10n.t('Delete the hunting query "{0}"?', lineOfData(query.name));
    if (!(await isSure(given, question, vscode.l10n.t('Everyone who uses the workspace loses it.')))) return;
    await this.#findings.call('deleteHuntingQuery', { workspaceId, id: query.id });
    this.#findings.changed(workspaceId);
  }
}

/**
 * Runs a set of hunting queries and shows how many rows each finds, and found the last time. Takes `{ids}`, nodes of the Sentinel view, or
 * asks.
 */
export class RunHuntingQueries implements Command {
  readonly id = 'huntbook.runHuntingQueries';
  readonly #findings: Findings;
  readonly #runs: HuntingRuns;

  constructor(findings: Findings, runs: HuntingRuns) {
    this.#findings = findings;
    this.#runs = runs;
  }

  async run(given?: unknown, selected?: unknown): Promise<void> {
    const workspaceId = await this.#findings.connect(textField(given, 'workspaceId') ?? this.#findings.workspaces.chosen.id);
    const all = await this.#findings.call('listHuntingQueries', { workspaceId });
    if (all.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('The workspace has no hunting queries yet: save a cell as one.'));
      return;
    }
    const nodes = Array.isArray(selected) ? selected : [given];
    const ids = field(given, 'ids') ?? nodes.flatMap((node) => textField(field(node, 'query'), 'id') ?? []);
    const named = Array.isArray(ids) && ids.length > 0 ? all.filter(({ id }) => ids.includes(id)) : await pickQueries(all);
    if (named && named.length > 0) this.#runs.open(workspaceId, named);
  }
}

/** Writes a draft of an analytics rule of a cell, in the format of the Azure-Sentinel repository. Takes `{cell, name}`. */
export class DraftAnalyticsRule implements Command {
  readonly id = 'huntbook.draftAnalyticsRule';
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  async run(given?: unknown): Promise<void> {
    const { t } = vscode.l10n;
    const cell = neededCell(given);
    const name = textField(given, 'name') ?? (await vscode.window.showInputBox({ title: t('Name of the rule') }));
    if (name === undefined || name.trim() === '') return;
    const saved = this.#findings.shown.of(cell);
    const columns = saved?.result.columns ?? [];
    const rows = saved?.result.preview.rows ?? [];
    const content = analyticsRuleYaml({
      id: randomUUID(),
      name: name.trim(),
      description: t('Drafted from a hunt. Say what it finds, and what to do then.'),
      severity: 'Medium',
      query: queryOf(cell),
      period: timespanOf(cell) ?? 'P1D',
      ...notebookTactics(cell.notebook),
      entities: mappedColumns(columns, rows),
    });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'yaml', content }));
  }
}

function neededCell(given: unknown): vscode.NotebookCell {
  const cell = cellAt(textField(given, 'cell') ?? given);
  if (cell) return cell;
  throw new HuntError({ kind: 'refused', message: vscode.l10n.t('Select a KQL cell first.') });
}

async function textFor(given: unknown, name: string, title: string, prompt: string, value = ''): Promise<string | undefined> {
  const told = field(given, name);
  return typeof told === 'string' ? told : vscode.window.showInputBox({ title, prompt, value, ignoreFocusOut: true });
}

export async function isSure(given: unknown, question: string, detail: string): Promise<boolean> {
  if (field(given, 'sure') === true) return true;
  const yes = vscode.l10n.t('Delete');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

async function pickQueries(all: readonly HuntingQuery[]): Promise<readonly HuntingQuery[] | undefined> {
  const items = all.map((query) => ({ label: lineOfData(query.name), description: query.tactics.join(', '), picked: true, query }));
  const title = vscode.l10n.t('Hunting queries to run');
  return (await vscode.window.showQuickPick(items, { title, canPickMany: true, matchOnDescription: true }))?.map(({ query }) => query);
}
