import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { describeFilter } from '../views/incidentFilter';
import type { IncidentsView } from '../views/incidentsView';
import { commonFilters, type SavedFilter } from '../views/savedFilters';
import { type Command, textField } from './command';
import type { IncidentWriter } from './incidentWriting';

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
