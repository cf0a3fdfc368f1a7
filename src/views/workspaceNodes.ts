import * as vscode from 'vscode';
import type { Column, KqlType } from '../common/kqlTypes';
import type { TableInfo } from '../common/engineProtocol';
import type { WorkspaceEntry } from '../notebook/vscodeWorkspaces';
import { formatAge } from '../sentinel/age';
import { appendData, lineOfData } from './dataText';
import { workspaceIcons } from './workspaceIcons';

/** What the Workspaces view shows. */
export type WorkspaceNode =
  | { readonly kind: 'workspace'; readonly entry: WorkspaceEntry }
  | { readonly kind: 'table'; readonly entry: WorkspaceEntry; readonly table: TableInfo }
  | { readonly kind: 'column'; readonly entry: WorkspaceEntry; readonly table: TableInfo; readonly column: Column }
  | { readonly kind: 'signIn' };

export type TableNode = Extract<WorkspaceNode, { readonly kind: 'table' }>;
export type ColumnNode = Extract<WorkspaceNode, { readonly kind: 'column' }>;

const integers = new Intl.NumberFormat();

export function workspaceItem(entry: WorkspaceEntry, chosen: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(entry.name, vscode.TreeItemCollapsibleState.Collapsed);
  const { state } = entry;
  item.id = entry.id;
  item.iconPath = workspaceIcon(entry, chosen);
  item.description = [stateText(entry), chosen ? vscode.l10n.t('in use') : ''].filter((part) => part !== '').join(' · ');
  const problems = state.kind === 'connected' && state.info.problems.length > 0;
  item.contextValue = ['workspace', entry.source.kind, ...(chosen ? ['chosen'] : []), ...(problems ? ['problems'] : [])].join('.');
  item.tooltip = workspaceTooltip(entry);
  return item;
}

export function tableItem({ entry, table }: TableNode, now: Date): vscode.TreeItem {
  const item = new vscode.TreeItem(table.name, vscode.TreeItemCollapsibleState.Collapsed);
  const rows = rowsText(table.rowCount);
  const last = table.lastTime === undefined ? '' : formatAge(table.lastTime, now);
  item.id = `${entry.id}/${table.name}`;
  item.iconPath = new vscode.ThemeIcon('table');
  item.description = table.rowCount === 0 ? vscode.l10n.t('empty') : [rows, last].filter((part) => part !== '').join(' · ');
  item.contextValue = 'table';
  item.tooltip = tableTooltip(table, rows);
  return item;
}

export function columnItem({ entry, table, column }: ColumnNode): vscode.TreeItem {
  const item = new vscode.TreeItem(column.name, vscode.TreeItemCollapsibleState.None);
  item.id = `${entry.id}/${table.name}/${column.name}`;
  item.iconPath = new vscode.ThemeIcon(columnIcons[column.type]);
  item.description = column.type;
  item.contextValue = 'column';
  return item;
}

export function signInItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Sign in to Azure…'), vscode.TreeItemCollapsibleState.None);
  item.id = 'signIn';
  item.iconPath = new vscode.ThemeIcon('azure');
  item.contextValue = 'signIn';
  item.tooltip = vscode.l10n.t('Microsoft Sentinel workspaces in Azure arrive with a later version.');
  item.command = { command: 'huntbook.signIn', title: vscode.l10n.t('Sign in to Azure…') };
  return item;
}

const columnIcons: Readonly<Record<KqlType, string>> = {
  bool: 'symbol-boolean',
  int: 'symbol-numeric',
  long: 'symbol-numeric',
  real: 'symbol-numeric',
  decimal: 'symbol-numeric',
  string: 'symbol-string',
  datetime: 'calendar',
  timespan: 'watch',
  guid: 'symbol-key',
  dynamic: 'json',
};

function workspaceIcon({ source, state }: WorkspaceEntry, chosen: boolean): vscode.ThemeIcon {
  if (state.kind === 'connecting') return new vscode.ThemeIcon('loading~spin');
  if (state.kind === 'failed') return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  if (state.kind === 'connected' && state.info.problems.length > 0) return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  const icon = workspaceIcons[source.kind];
  return chosen ? new vscode.ThemeIcon(icon, new vscode.ThemeColor('charts.green')) : new vscode.ThemeIcon(icon);
}

function stateText({ source, state }: WorkspaceEntry): string {
  switch (state.kind) {
    case 'known':
      return source.kind === 'sample' ? vscode.l10n.t('sample') : vscode.l10n.t('local');
    case 'connecting':
      return state.progress === '' ? vscode.l10n.t('connecting…') : state.progress;
    case 'connected':
      return vscode.l10n.t('{0} tables', state.info.tableCount);
    case 'failed':
      return vscode.l10n.t('not connected');
  }
}

function workspaceTooltip({ name, source, state }: WorkspaceEntry): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('**');
  appendData(markdown, name);
  markdown.appendMarkdown('**\n\n');
  if (source.kind === 'sample') markdown.appendMarkdown(vscode.l10n.t('Sample workspace, generated on this machine. Nothing in it is real.'));
  else appendData(markdown, source.kind === 'folder' ? source.path : (source.workspace.resourceId ?? source.workspace.customerId));
  if (state.kind === 'connected') {
    markdown.appendMarkdown(`\n\n${[vscode.l10n.t('{0} tables', integers.format(state.info.tableCount)), rowsText(state.info.rowCount)].filter((part) => part !== '').join(', ')}`);
    for (const problem of state.info.problems.slice(0, 5)) {
      markdown.appendMarkdown('\n\n$(warning) ');
      appendData(markdown, `${problem.file}${problem.line === undefined ? '' : `:${problem.line}`}: ${problem.message}`);
    }
    markdown.supportThemeIcons = state.info.problems.length > 0;
  }
  if (state.kind === 'failed') {
    markdown.appendMarkdown('\n\n');
    appendData(markdown, state.error.message);
  }
  return markdown;
}

function tableTooltip(table: TableInfo, rows: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('**');
  appendData(markdown, table.name);
  const columns = vscode.l10n.t('{0} columns', table.columns.length);
  markdown.appendMarkdown(`**\n\n${rows === '' ? columns : `${rows}, ${columns}`}`);
  if (table.firstTime !== undefined && table.lastTime !== undefined) {
    markdown.appendMarkdown(`\n\n${vscode.l10n.t('From {0} to {1}', timeText(table.firstTime), timeText(table.lastTime))}`);
  }
  return markdown;
}

function rowsText(rowCount: number | undefined): string {
  if (rowCount === undefined) return '';
  return rowCount === 1 ? vscode.l10n.t('1 row') : vscode.l10n.t('{0} rows', integers.format(rowCount));
}

function timeText(time: string): string {
  return lineOfData(time.replace(/\.\d+Z$/, 'Z').replace('T', ' '));
}
