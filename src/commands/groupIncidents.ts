import * as vscode from 'vscode';
import { groupings, type IncidentGrouping } from '../views/incidentGroups';
import type { IncidentsView } from '../views/incidentsView';
import { type Command, field } from './command';

/** Puts the incidents together by status, severity, owner or tactic. Takes `{grouping}`, or asks. */
export class GroupIncidents implements Command {
  readonly id = 'huntbook.groupIncidents';
  readonly #view: IncidentsView;

  constructor(view: IncidentsView) {
    this.#view = view;
  }

  async run(given?: unknown): Promise<void> {
    const named = groupings.find((grouping) => grouping === field(given, 'grouping'));
    const grouping = named ?? (await this.#ask());
    if (grouping !== undefined) await this.#view.setGrouping(grouping);
  }

  async #ask(): Promise<IncidentGrouping | undefined> {
    const { t } = vscode.l10n;
    const labels: Readonly<Record<IncidentGrouping, string>> = {
      none: t('No groups'),
      status: t('Status'),
      severity: t('Severity'),
      owner: t('Owner'),
      tactic: t('Tactic'),
    };
    const current = this.#view.grouping;
    const items = groupings.map((grouping) => ({ label: labels[grouping], description: grouping === current ? t('in use') : '', grouping }));
    return (await vscode.window.showQuickPick(items, { title: t('Group incidents by') }))?.grouping;
  }
}
