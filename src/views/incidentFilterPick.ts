import * as vscode from 'vscode';
import { type IncidentFilter, describePeriod, periods, severities, statuses } from './incidentFilter';
import { severityIcon } from './incidentItem';

/** One line of the picker. Of the lines with the same `only`, one can be chosen. */
interface Choice extends vscode.QuickPickItem {
  readonly only?: 'owner' | 'period';
  readonly chosenIn: (filter: IncidentFilter) => boolean;
  readonly addTo: (filter: IncidentFilter) => IncidentFilter;
}

/** Asks for a filter in one picker: any statuses and severities, one owner, one period. Undefined when people change their mind. */
export async function pickIncidentFilter(current: IncidentFilter, owners: readonly string[]): Promise<IncidentFilter | undefined> {
  const choices = allChoices(owners);
  const picker = vscode.window.createQuickPick<Choice>();
  picker.title = vscode.l10n.t('Show incidents with');
  picker.placeholder = vscode.l10n.t('Nothing chosen in a group means all of it');
  picker.canSelectMany = true;
  picker.items = choices;
  picker.selectedItems = choices.filter((choice) => choice.kind !== vscode.QuickPickItemKind.Separator && choice.chosenIn(current));
  let before = picker.selectedItems;
  picker.onDidChangeSelection((selected) => {
    const kept = withoutRivals(selected, before);
    before = kept;
    if (kept.length < selected.length) picker.selectedItems = kept;
  });
  try {
    return await new Promise<IncidentFilter | undefined>((resolve) => {
      picker.onDidAccept(() => resolve(filterOf(picker.selectedItems)));
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}

function filterOf(choices: readonly Choice[]): IncidentFilter {
  return choices.reduce<IncidentFilter>((filter, choice) => choice.addTo(filter), { statuses: [], severities: [] });
}

/** A newly chosen line replaces the one chosen before where only one can be. */
function withoutRivals(selected: readonly Choice[], before: readonly Choice[]): readonly Choice[] {
  const added = selected.filter((choice) => !before.includes(choice) && choice.only !== undefined);
  return selected.filter((choice) => added.includes(choice) || !added.some((rival) => rival.only === choice.only));
}

function allChoices(owners: readonly string[]): readonly Choice[] {
  return [
    separator(vscode.l10n.t('Status')),
    ...statuses.map((status) => ({
      label: status,
      chosenIn: (filter: IncidentFilter) => filter.statuses.includes(status),
      addTo: (filter: IncidentFilter) => ({ ...filter, statuses: [...filter.statuses, status] }),
    })),
    separator(vscode.l10n.t('Severity')),
    ...severities.map((severity) => ({
      label: severity,
      iconPath: severityIcon(severity),
      chosenIn: (filter: IncidentFilter) => filter.severities.includes(severity),
      addTo: (filter: IncidentFilter) => ({ ...filter, severities: [...filter.severities, severity] }),
    })),
    separator(vscode.l10n.t('Created (one)')),
    ...periods.map((hours) => ({
      label: vscode.l10n.t('In the last {0}', describePeriod(hours)),
      only: 'period' as const,
      chosenIn: (filter: IncidentFilter) => filter.createdWithinHours === hours,
      addTo: (filter: IncidentFilter) => ({ ...filter, createdWithinHours: hours }),
    })),
    separator(vscode.l10n.t('Owner (one)')),
    ...['unassigned', ...owners].map((owner) => ({
      label: owner,
      only: 'owner' as const,
      chosenIn: (filter: IncidentFilter) => filter.owner === owner,
      addTo: (filter: IncidentFilter) => ({ ...filter, owner }),
    })),
  ];
}

function separator(label: string): Choice {
  return { label, kind: vscode.QuickPickItemKind.Separator, chosenIn: () => false, addTo: (filter) => filter };
}
