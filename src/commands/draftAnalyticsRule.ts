import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { analyticsRuleYaml } from '../sentinel/analyticsRule';
import { mappedColumns } from '../sentinel/bookmarkDraft';
import { notebookTactics } from './askTactics';
import { type Command, textField } from './command';
import type { Findings } from './findings';
import { neededCell } from './neededCell';
import { queryOf, timespanOf } from './shownResult';

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
