import * as vscode from 'vscode';
import type { TemplateGrouping, TemplateSorting } from '../templates/templateOrder';
import { groupingNames, sortingNames, type TemplatesView } from '../views/templatesView';
import { type Command, textField } from './command';

/** Filters the Templates view by words. Takes `{text}`; asks without it. */
export class FilterTemplates implements Command {
  readonly id = 'huntbook.filterTemplates';
  readonly #view: TemplatesView;

  constructor(view: TemplatesView) {
    this.#view = view;
  }

  async run(given?: unknown): Promise<void> {
    const filter =
      textField(given, 'text') ??
      (await vscode.window.showInputBox({
        title: vscode.l10n.t('Filter templates'),
        prompt: vscode.l10n.t('Words of the title, description, tactic, technique, table or author'),
        value: this.#view.look.filter,
      }));
    if (filter !== undefined) await this.#view.setLook({ filter: filter.trim() });
  }
}

export class ClearTemplateFilter implements Command {
  readonly id = 'huntbook.clearTemplateFilter';
  readonly #view: TemplatesView;

  constructor(view: TemplatesView) {
    this.#view = view;
  }

  async run(): Promise<void> {
    await this.#view.setLook({ filter: '' });
  }
}

/** Groups and sorts the Templates view. Takes `{grouping, sorting}`; asks without them. */
export class ArrangeTemplates implements Command {
  readonly id = 'huntbook.arrangeTemplates';
  readonly #view: TemplatesView;

  constructor(view: TemplatesView) {
    this.#view = view;
  }

  async run(given?: unknown): Promise<void> {
    const groupings = groupingNames();
    const sortings = sortingNames();
    const grouping = Object.keys(groupings).find((name) => name === textField(given, 'grouping')) as TemplateGrouping | undefined;
    const sorting = Object.keys(sortings).find((name) => name === textField(given, 'sorting')) as TemplateSorting | undefined;
    if (grouping !== undefined || sorting !== undefined) {
      await this.#view.setLook({ ...(grouping === undefined ? {} : { grouping }), ...(sorting === undefined ? {} : { sorting }) });
      return;
    }
    const { look } = this.#view;
    const picked = await vscode.window.showQuickPick(
      [
        { label: vscode.l10n.t('Group'), kind: vscode.QuickPickItemKind.Separator, change: {} },
        ...Object.entries(groupings).map(([name, label]) => item(label, name === look.grouping, { grouping: name as TemplateGrouping })),
        { label: vscode.l10n.t('Sort'), kind: vscode.QuickPickItemKind.Separator, change: {} },
        ...Object.entries(sortings).map(([name, label]) => item(label, name === look.sorting, { sorting: name as TemplateSorting })),
      ],
      { title: vscode.l10n.t('Arrange templates') },
    );
    if (picked) await this.#view.setLook(picked.change);
  }
}

function item<T>(label: string, isNow: boolean, change: T): { readonly label: string; readonly description: string; readonly change: T } {
  return { label, description: isNow ? vscode.l10n.t('now') : '', change };
}
