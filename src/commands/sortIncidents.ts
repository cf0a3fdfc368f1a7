import * as vscode from 'vscode';
import { type IncidentOrder, readOrder } from '../views/incidentFilter';
import type { IncidentsView } from '../views/incidentsView';
import type { Command } from './command';

/** Chooses the order of the incidents. Takes an `IncidentOrder`, or asks. */
export class SortIncidents implements Command {
  readonly id = 'huntbook.sortIncidents';
  readonly #incidents: IncidentsView;

  constructor(incidents: IncidentsView) {
    this.#incidents = incidents;
  }

  async run(given?: unknown): Promise<void> {
    const order = given === undefined ? await ask(this.#incidents.order) : readOrder(given);
    if (order) await this.#incidents.setOrder(order);
  }
}

async function ask(current: IncidentOrder): Promise<IncidentOrder | undefined> {
  const { t } = vscode.l10n;
  const choices: readonly (readonly [label: string, order: IncidentOrder])[] = [
    [t('Newest first'), { orderBy: 'createdTime', descending: true }],
    [t('Oldest first'), { orderBy: 'createdTime', descending: false }],
    [t('Last changed first'), { orderBy: 'lastModifiedTime', descending: true }],
    [t('Most severe first'), { orderBy: 'severity', descending: true }],
    [t('Highest number first'), { orderBy: 'number', descending: true }],
    [t('Lowest number first'), { orderBy: 'number', descending: false }],
  ];
  const items = choices.map(([label, order]) => ({
    label,
    description: order.orderBy === current.orderBy && order.descending === current.descending ? t('in use') : '',
    order,
  }));
  return (await vscode.window.showQuickPick(items, { title: t('Order of the incidents') }))?.order;
}
