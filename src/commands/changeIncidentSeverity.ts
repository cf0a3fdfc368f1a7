import * as vscode from 'vscode';
import type { Severity } from '../common/incidents';
import { severities } from '../views/incidentFilter';
import { severityIcon } from '../views/incidentItem';
import { type Command, field } from './command';
import type { IncidentWriter } from './incidentWriting';

/** Takes a node of the Incidents view or `{number, severity, onConflict}`; asks for what is missing. */
export class ChangeIncidentSeverity implements Command {
  readonly id = 'huntbook.changeIncidentSeverity';
  readonly #writer: IncidentWriter;

  constructor(writer: IncidentWriter) {
    this.#writer = writer;
  }

  async run(given?: unknown): Promise<void> {
    const target = await this.#writer.target(given);
    if (!target) return;
    const severity = severities.find((known) => known === field(given, 'severity')) ?? (await ask(target.incident.severity));
    if (severity !== undefined) await this.#writer.change(target, { severity }, given);
  }
}

async function ask(current: Severity): Promise<Severity | undefined> {
  const items = severities.map((severity) => ({
    label: severity,
    description: severity === current ? vscode.l10n.t('now') : '',
    iconPath: severityIcon(severity),
    severity,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Severity') }))?.severity;
}
