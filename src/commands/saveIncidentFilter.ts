import * as vscode from 'vscode';
import { describeFilter } from '../views/incidentFilter';
import type { IncidentsView } from '../views/incidentsView';
import { withSavedFilter } from '../views/savedFilters';
import { type Command, textField } from './command';

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
