import * as vscode from 'vscode';
import { type Command, field } from './command';
import type { IncidentWriter } from './incidentWriting';

/** Takes a node of the Incidents view or `{number, labels, onConflict}`; asks for what is missing. */
export class EditIncidentLabels implements Command {
  readonly id = 'huntbook.editIncidentLabels';
  readonly #writer: IncidentWriter;

  constructor(writer: IncidentWriter) {
    this.#writer = writer;
  }

  async run(given?: unknown): Promise<void> {
    const target = await this.#writer.target(given);
    if (!target) return;
    const listed = field(given, 'labels');
    const labels = Array.isArray(listed) ? listed.map(String) : await ask(target.incident.labels);
    if (labels) await this.#writer.change(target, { labels }, given);
  }
}

async function ask(current: readonly string[]): Promise<readonly string[] | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Labels'),
    prompt: vscode.l10n.t('Separated by commas; empty for none'),
    value: current.join(', '),
  });
  return text?.split(',').flatMap((label) => (label.trim() === '' ? [] : [label.trim()]));
}
