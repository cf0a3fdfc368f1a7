import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import { describeFilter } from '../views/incidentFilter';
import { groupings, type IncidentGrouping } from '../views/incidentGroups';
import type { IncidentsView } from '../views/incidentsView';
import { commonFilters, type SavedFilter, withSavedFilter } from '../views/savedFilters';
import { type Command, field, textField } from './command';
import type { IncidentWriter } from './incidentWriting';
import type { Workspaces } from '../notebook/vscodeWorkspaces';

/** Keeps the filter in force under a name. Takes `{name}`, or asks. */
export class SaveIncidentFilter implements Command {
  readonly id = 'huntbook.saveIncidentFilter';
  readonly #view: IncidentsView;

  constructor(view: IncidentsView) {
    this.#view = view;
  }

  async run(given?: unknown): Promise<void> {
    const { filter } = this.#view;
    const title = vscode.l10n.t('Name of the filter');
    const name = textField(given, 'name') ?? (await vscode.window.showInputBox({ title, prompt: describeFilter(filter) }));
    if (name === undefined || name.trim() === '') return;
    await this.#view.setSavedFilters(withSavedFilter(this.#view.savedFilters, { name: name.trim(), filter }));
  }
}

/** Shows the incidents of a filter that was kept, or that everyone wants: those assigned to oneself first. Takes `{name}`, or asks. */
export class UseIncidentFilter implements Command {
  readonly id = 'huntbook.useIncidentFilter';
  readonly #view: IncidentsView;
  readonly #writer: IncidentWriter;
  readonly #workspaces: Workspaces;

  constructor(view: IncidentsView, writer: IncidentWriter, workspaces: Workspaces) {
    this.#view = view;
    this.#writer = writer;
    this.#workspaces = workspaces;
  }

  async run(given?: unknown): Promise<void> {
    // Who is signed in may not be known; the other filters are there all the same.
    const me = await this.#writer.me(this.#workspaces.chosen.id).catch(() => undefined);
    const common = commonFilters(me);
    const name = textField(given, 'name');
    const chosen = name === undefined ? await this.#ask(common) : [...common, ...this.#view.savedFilters].find((one) => one.name === name);
    if (chosen) await this.#view.setFilter(chosen.filter);
    else if (name !== undefined) throw new HuntError({ kind: 'notFound', what: 'filter', name });
  }

  /** A filter that was kept can be forgotten here. */
  #ask(common: readonly SavedFilter[]): Promise<SavedFilter | undefined> {
    const { t } = vscode.l10n;
    const forget = { iconPath: new vscode.ThemeIcon('trash'), tooltip: t('Forget this filter') };
    const itemOf = (saved: SavedFilter, isOwn: boolean): FilterItem => ({
      label: saved.name,
      description: describeFilter(saved.filter),
      iconPath: new vscode.ThemeIcon(isOwn ? 'bookmark' : 'filter'),
      buttons: isOwn ? [forget] : [],
      saved,
    });
    const picker = vscode.window.createQuickPick<FilterItem>();
    const show = (): void => {
      picker.items = [...common.map((one) => itemOf(one, false)), ...this.#view.savedFilters.map((one) => itemOf(one, true))];
    };
    picker.title = t('Show incidents');
    picker.onDidTriggerItemButton(({ item }) => {
      const kept = this.#view.savedFilters.filter(({ name }) => name !== item.saved.name);
      void this.#view.setSavedFilters(kept).then(show);
    });
    show();
    return new Promise<SavedFilter | undefined>((resolve) => {
      picker.onDidAccept(() => resolve(picker.selectedItems[0]?.saved));
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    }).finally(() => picker.dispose());
  }
}

interface FilterItem extends vscode.QuickPickItem {
  readonly saved: SavedFilter;
}

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
