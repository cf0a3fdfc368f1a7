import * as vscode from 'vscode';
import { techniqueIds } from '../sentinel/tactics';
import { lineOfData } from '../views/dataText';
import { notebookTactics, tacticsFor } from './askTactics';
import { type Command, field, textField } from './command';
import type { Findings } from './findings';
import { neededCell } from './neededCell';
import { untilWritten } from './retry';
import { queryOf } from './shownResult';

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

async function textFor(given: unknown, name: string, title: string, prompt: string, value = ''): Promise<string | undefined> {
  const told = field(given, name);
  return typeof told === 'string' ? told : vscode.window.showInputBox({ title, prompt, value, ignoreFocusOut: true });
}
