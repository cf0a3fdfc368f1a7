import * as vscode from 'vscode';
import type { TableState } from '../common/templatePage';
import type { BrokenTemplate, Template, TemplateEntry } from '../common/templates';
import { spacedName } from '../sentinel/incidentSummary';
import { markdownCode, markdownText } from '../sentinel/markdownText';
import { appendData, lineOfData } from './dataText';

/** What the view knows of an entry beside what it says of itself. */
export interface TemplateItemState {
  /** Where in the tree: an entry may stand in several groups. */
  readonly place: string;
  /** Of the workspace in use; undefined when none is connected: then nothing is said about data. */
  readonly tables: readonly TableState[] | undefined;
  readonly isNew: boolean;
  readonly isFavourite: boolean;
  /** A notebook was made of an earlier version. */
  readonly isChanged: boolean;
  /** Another of the source has the same title: the file's name tells them apart. */
  readonly isAmbiguous: boolean;
}

export function templateItem(entry: TemplateEntry, state: TemplateItemState): vscode.TreeItem {
  if (entry.kind === 'broken') return brokenItem(entry, state);
  const item = new vscode.TreeItem(lineOfData(entry.title), vscode.TreeItemCollapsibleState.None);
  const missing = missingTables(state.tables ?? []);
  item.id = `${state.place}/${entry.id}`;
  item.contextValue = ['template', ...(state.isFavourite ? ['favourite'] : []), ...(state.isChanged ? ['changed'] : [])].join('.');
  item.iconPath = dataIcon(entry, state.tables, missing);
  item.description = descriptionOf(entry, state);
  item.tooltip = templateTooltip(entry, state.tables, missing);
  item.command = { command: 'huntbook.openTemplate', title: vscode.l10n.t('Open Template'), arguments: [{ kind: 'entry', entry }] };
  return item;
}

function brokenItem(entry: BrokenTemplate, { place }: TemplateItemState): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(fileName(entry.id)), vscode.TreeItemCollapsibleState.None);
  item.id = `${place}/${entry.id}`;
  item.contextValue = 'broken';
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  item.description = vscode.l10n.t('cannot be read');
  item.tooltip = entry.message;
  return item;
}

function descriptionOf(entry: Template, { isNew, isChanged, isAmbiguous }: TemplateItemState): string {
  const marks = [
    ...(isNew ? [vscode.l10n.t('new')] : []),
    ...(isChanged ? [vscode.l10n.t('changed since you used it')] : []),
    ...(entry.superseded === undefined ? [] : [vscode.l10n.t('superseded')]),
    ...(isAmbiguous ? [lineOfData(fileName(entry.id))] : []),
  ];
  return [...marks, ...entry.tactics.map((tactic) => lineOfData(spacedName(tactic)))].join(', ');
}

function fileName(id: string): string {
  return id.split(/[/:]/).at(-1) ?? id;
}

function missingTables(tables: readonly TableState[]): readonly string[] {
  return tables.filter(({ state }) => state === 'empty' || state === 'absent').map(({ name }) => name);
}

function dataIcon(template: Template, tables: readonly TableState[] | undefined, missing: readonly string[]): vscode.ThemeIcon {
  if (template.superseded !== undefined) return new vscode.ThemeIcon('archive', new vscode.ThemeColor('disabledForeground'));
  if (!tables || tables.length === 0 || tables.some(({ state }) => state === 'unknown')) {
    return new vscode.ThemeIcon(template.query ? 'search' : 'notebook-template');
  }
  if (missing.length === 0) return new vscode.ThemeIcon('pass', new vscode.ThemeColor('charts.green'));
  return missing.length < tables.length
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground'));
}

function templateTooltip(template: Template, tables: readonly TableState[] | undefined, missing: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('**');
  appendData(markdown, template.title);
  markdown.appendMarkdown('**\n\n');
  appendData(markdown, template.description);
  const tactics = template.tactics.map((tactic) => markdownText(spacedName(tactic)));
  const attack = [...tactics, ...template.techniques.map((id) => markdownCode(id, 20))];
  if (attack.length > 0) markdown.appendMarkdown(`\n\nMITRE ATT&CK: ${attack.join(', ')}`);
  const lines = [
    ...(template.superseded === undefined ? [] : [vscode.l10n.t('Superseded: {0}', template.superseded)]),
    ...(template.tables.length === 0 ? [] : [`${vscode.l10n.t('Tables')}: ${template.tables.join(', ')}`]),
    ...(tables && tables.length > 0 && !tables.some(({ state }) => state === 'unknown') ? [dataLine(missing)] : []),
    [template.version === '' ? '' : vscode.l10n.t('Version {0}', template.version), template.author, template.lastChange?.slice(0, 10) ?? '']
      .filter((part) => part !== '')
      .join(' · '),
  ];
  for (const line of lines.filter((text) => text !== '')) {
    markdown.appendMarkdown('\n\n');
    appendData(markdown, line);
  }
  return markdown;
}

function dataLine(missing: readonly string[]): string {
  return missing.length === 0
    ? vscode.l10n.t('The workspace in use has data in all of them.')
    : vscode.l10n.t('The workspace in use has no data in {0}.', missing.join(', '));
}
