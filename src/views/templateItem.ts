import * as vscode from 'vscode';
import { spacedName } from '../sentinel/incidentSummary';
import { markdownCode, markdownText } from '../sentinel/markdownText';
import type { Template, TemplateEntry } from '../templates/template';
import { appendData, lineOfData } from './dataText';

/** Row counts of the tables of the workspace in use, by name. */
export type TableData = ReadonlyMap<string, number>;

/** @param data Undefined when no workspace is connected: then nothing is said about data. */
export function templateItem(entry: TemplateEntry, data: TableData | undefined): vscode.TreeItem {
  if (entry.kind === 'broken') return brokenItem(entry.id, entry.message);
  const item = new vscode.TreeItem(lineOfData(entry.title), vscode.TreeItemCollapsibleState.None);
  const missing = data ? entry.tables.filter((table) => (data.get(table) ?? 0) === 0) : [];
  item.id = `template/${entry.id}`;
  item.contextValue = 'template';
  item.iconPath = dataIcon(entry, data, missing);
  item.description = entry.tactics.map(spacedName).join(', ');
  item.tooltip = templateTooltip(entry, data, missing);
  item.command = { command: 'huntbook.previewTemplate', title: vscode.l10n.t('Preview Template'), arguments: [{ kind: 'entry', entry }] };
  return item;
}

function brokenItem(id: string, message: string): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(id), vscode.TreeItemCollapsibleState.None);
  item.id = `template/${id}`;
  item.contextValue = 'broken';
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  item.description = vscode.l10n.t('cannot be read');
  item.tooltip = message;
  return item;
}

function dataIcon(template: Template, data: TableData | undefined, missing: readonly string[]): vscode.ThemeIcon {
  if (!data || template.tables.length === 0) return new vscode.ThemeIcon('notebook-template');
  if (missing.length === 0) return new vscode.ThemeIcon('pass', new vscode.ThemeColor('charts.green'));
  return missing.length < template.tables.length
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground'));
}

function templateTooltip(template: Template, data: TableData | undefined, missing: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('**');
  appendData(markdown, template.title);
  markdown.appendMarkdown('**\n\n');
  appendData(markdown, template.description);
  const tactics = template.tactics.map((tactic) => markdownText(spacedName(tactic)));
  const attack = [...tactics, ...template.techniques.map((id) => markdownCode(id, 20))];
  if (attack.length > 0) markdown.appendMarkdown(`\n\nMITRE ATT&CK: ${attack.join(', ')}`);
  if (template.tables.length > 0) {
    markdown.appendMarkdown(`\n\n${vscode.l10n.t('Tables')}: `);
    appendData(markdown, template.tables.join(', '));
  }
  if (data && template.tables.length > 0) {
    markdown.appendMarkdown('\n\n');
    if (missing.length === 0) markdown.appendMarkdown(vscode.l10n.t('The workspace in use has data in all of them.'));
    else appendData(markdown, vscode.l10n.t('The workspace in use has no data in {0}.', missing.join(', ')));
  }
  const made = [template.version === '' ? '' : vscode.l10n.t('Version {0}', template.version), template.author].filter((part) => part !== '').join(' · ');
  if (made !== '') {
    markdown.appendMarkdown('\n\n');
    appendData(markdown, made);
  }
  return markdown;
}
