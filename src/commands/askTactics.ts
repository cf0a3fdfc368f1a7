import * as vscode from 'vscode';
import { tactics } from '../sentinel/tactics';
import { spacedName } from '../sentinel/incidentSummary';
import { field } from './command';

/** Tactics of `{tactics}`; asks otherwise. Undefined when people change their mind. */
export async function tacticsFor(given: unknown, suggested: readonly string[]): Promise<readonly string[] | undefined> {
  const named = field(given, 'tactics');
  if (Array.isArray(named)) return named.filter((one): one is string => typeof one === 'string');
  const items = tactics.map((tactic) => ({ label: spacedName(tactic), picked: suggested.includes(tactic), tactic }));
  const title = vscode.l10n.t('Tactics; may be none');
  const picked = await vscode.window.showQuickPick(items, { title, canPickMany: true });
  return picked?.map(({ tactic }) => tactic);
}

export interface NotebookTactics {
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
}

/** Tactics and techniques that the notebook says it is about: `metadata.huntbook.tactics`. */
export function notebookTactics(notebook: vscode.NotebookDocument): NotebookTactics {
  const ours = field(field(notebook.metadata, 'metadata'), 'huntbook');
  return { tactics: texts(field(ours, 'tactics')), techniques: texts(field(ours, 'techniques')) };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
