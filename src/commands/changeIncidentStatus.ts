import * as vscode from 'vscode';
import type { IncidentStatus } from '../common/incidents';
import { statuses } from '../views/incidentFilter';
import type { CloseIncident } from './closeIncident';
import { type Command, field } from './command';
import type { IncidentWriter } from './incidentWriting';

/** Takes a node of the Incidents view or `{number, status, onConflict}`; asks for what is missing. To close one is a matter of its own. */
export class ChangeIncidentStatus implements Command {
  readonly id = 'huntbook.changeIncidentStatus';
  readonly #writer: IncidentWriter;
  readonly #close: CloseIncident;

  constructor(writer: IncidentWriter, close: CloseIncident) {
    this.#writer = writer;
    this.#close = close;
  }

  async run(given?: unknown): Promise<void> {
    const target = await this.#writer.target(given);
    if (!target) return;
    const status = statuses.find((known) => known === field(given, 'status')) ?? (await ask(target.incident.status));
    if (status === 'Closed') await this.#close.close(target, given);
    else if (status !== undefined) await this.#writer.change(target, { status }, given);
  }
}

async function ask(current: IncidentStatus): Promise<IncidentStatus | undefined> {
  const items = statuses.map((status) => ({
    label: status === 'Closed' ? vscode.l10n.t('Closed…') : status,
    description: status === current ? vscode.l10n.t('now') : '',
    status,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Status') }))?.status;
}
