import * as vscode from 'vscode';
import type { Column, KqlType } from '../common/kqlTypes';
import type { AzureWorkspace } from '../common/azure';
import type { FunctionInfo, TableInfo, WorkspaceSchema, WorkspaceSource } from '../common/engineProtocol';
import { shorten, visibleLines } from '../common/visibleText';
import type { WorkspaceEntry } from '../notebook/vscodeWorkspaces';
import { formatAge } from '../sentinel/age';
import { appendData, lineOfData } from './dataText';
import { workspaceIcons } from './workspaceIcons';

/** A workspace and what is in it. `place` is the branch of the tree that shows it: '' at the top, else the way through Azure. */
export type WorkspaceNode =
  | { readonly kind: 'workspace'; readonly place: string; readonly entry: WorkspaceEntry }
  | { readonly kind: 'tables'; readonly place: string; readonly entry: WorkspaceEntry; readonly solution: string; readonly tables: readonly TableInfo[] }
  | { readonly kind: 'functions'; readonly place: string; readonly entry: WorkspaceEntry; readonly functions: readonly FunctionInfo[] }
  | { readonly kind: 'function'; readonly place: string; readonly entry: WorkspaceEntry; readonly function: FunctionInfo }
  | { readonly kind: 'table'; readonly place: string; readonly entry: WorkspaceEntry; readonly table: TableInfo }
  | { readonly kind: 'column'; readonly place: string; readonly entry: WorkspaceEntry; readonly table: TableInfo; readonly column: Column };

export type TableNode = Extract<WorkspaceNode, { readonly kind: 'table' }>;
type NodeOf<K extends WorkspaceNode['kind']> = Extract<WorkspaceNode, { readonly kind: K }>;

/** What people have done with a workspace. */
export interface WorkspaceUse {
  readonly chosen: boolean;
  readonly favourite: boolean;
  /** It stands at the top because it was used or marked, and can be taken off there. */
  readonly pinned: boolean;
}

const integers = new Intl.NumberFormat();

export function workspaceItem({ place, entry }: NodeOf<'workspace'>, use: WorkspaceUse, now: Date): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(entry.name), vscode.TreeItemCollapsibleState.Collapsed);
  const { source, state } = entry;
  const { chosen, favourite, pinned } = use;
  item.id = `${place}${entry.id}`;
  item.iconPath = workspaceIcon(entry, chosen);
  const marks = [favourite ? '\u2605' : '', stateText(entry, now), chosen ? vscode.l10n.t('in use') : ''];
  item.description = marks.filter((part) => part !== '').join(' · ');
  const flags = {
    chosen,
    problems: state.kind === 'connected' && state.info.problems.length > 0,
    favourite,
    pinned: pinned && !favourite,
    linked: source.kind === 'logAnalytics' && source.workspace.resourceId !== undefined,
  };
  item.contextValue = ['workspace', source.kind, ...Object.entries(flags).flatMap(([name, is]) => (is ? [name] : []))].join('.');
  item.tooltip = workspaceTooltip(entry, now);
  return item;
}

/** What a workspace has at its first level: in Azure its tables by solution, and its functions. */
export function schemaNodes(place: string, entry: WorkspaceEntry, { tables, functions }: WorkspaceSchema): readonly WorkspaceNode[] {
  const solutions = new Map<string, TableInfo[]>();
  for (const table of tables) {
    for (const solution of table.solutions ?? []) {
      const group = solutions.get(solution);
      if (group) group.push(table);
      else solutions.set(solution, [table]);
    }
  }
  const groups = [...solutions].sort(([left], [right]) => left.localeCompare(right));
  const alone = tables.filter((table) => (table.solutions ?? []).length === 0);
  return [
    ...groups.map(([solution, group]): WorkspaceNode => ({ kind: 'tables', place, entry, solution, tables: group })),
    ...(functions.length > 0 ? [{ kind: 'functions', place, entry, functions } as const] : []),
    ...tableNodes(place, entry, alone),
  ];
}

export function tableNodes(place: string, entry: WorkspaceEntry, tables: readonly TableInfo[]): readonly WorkspaceNode[] {
  return tables.map((table) => ({ kind: 'table', place, entry, table }));
}

export function tablesItem({ place, entry, solution, tables }: NodeOf<'tables'>): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(solution), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${place}${entry.id}/${solution}/`;
  item.iconPath = new vscode.ThemeIcon('package');
  item.description = String(tables.length);
  item.contextValue = 'tables';
  return item;
}

export function functionsItem({ place, entry, functions }: NodeOf<'functions'>): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Functions'), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${place}${entry.id}/()`;
  item.iconPath = new vscode.ThemeIcon('symbol-function');
  item.description = String(functions.length);
  item.contextValue = 'functions';
  return item;
}

export function functionItem({ place, entry, function: { name, parameters, body, description } }: NodeOf<'function'>): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(name), vscode.TreeItemCollapsibleState.None);
  item.id = `${place}${entry.id}/()/${name}`;
  item.iconPath = new vscode.ThemeIcon('symbol-function');
  item.description = `(${lineOfData(parameters)})`;
  item.contextValue = 'function';
  const tooltip = new vscode.MarkdownString('');
  if (description !== undefined) appendData(tooltip, description);
  tooltip.appendCodeblock(visibleLines(shorten(body, 2000)), 'kusto');
  item.tooltip = tooltip;
  return item;
}

export function tableItem({ place, entry, table }: TableNode, now: Date): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(table.name), vscode.TreeItemCollapsibleState.Collapsed);
  const rows = rowsText(table.rowCount);
  const last = table.lastTime === undefined ? '' : formatAge(table.lastTime, now);
  const plan = table.plan === undefined || table.plan === 'Analytics' ? '' : table.plan;
  const kept = table.retentionDays === undefined ? '' : vscode.l10n.t('kept {0} d', table.retentionDays);
  item.id = `${place}${entry.id}/${table.name}`;
  item.iconPath = new vscode.ThemeIcon(plan === '' ? 'table' : 'archive');
  item.description = table.rowCount === 0 ? vscode.l10n.t('empty') : [plan, rows, last, kept].filter((part) => part !== '').join(' · ');
  item.contextValue = 'table';
  item.tooltip = tableTooltip(table, rows);
  return item;
}

export function columnItem({ place, entry, table, column }: NodeOf<'column'>): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(column.name), vscode.TreeItemCollapsibleState.None);
  item.id = `${place}${entry.id}/${table.name}/${column.name}`;
  item.iconPath = new vscode.ThemeIcon(columnIcons[column.type]);
  item.description = column.type;
  item.contextValue = 'column';
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

function stateText({ source, state, schemaReadAt }: WorkspaceEntry, now: Date): string {
  switch (state.kind) {
    case 'known':
      return placeText(source);
    case 'connecting':
      return state.progress === '' ? vscode.l10n.t('connecting…') : state.progress;
    case 'connected':
      return [vscode.l10n.t('{0} tables', state.info.tableCount), schemaAge(schemaReadAt, now)].filter((part) => part !== '').join(' · ');
    case 'failed':
      return state.error.data.kind === 'signInNeeded' ? vscode.l10n.t('signed out') : vscode.l10n.t('not connected');
  }
}

function placeText(source: WorkspaceSource): string {
  if (source.kind === 'logAnalytics') return lineOfData(source.workspace.subscriptionName ?? vscode.l10n.t('Azure'));
  return source.kind === 'sample' ? vscode.l10n.t('sample') : vscode.l10n.t('local');
}

function schemaAge(readAt: string | undefined, now: Date): string {
  return readAt === undefined ? '' : vscode.l10n.t('schema {0}', formatAge(readAt, now));
}

function workspaceTooltip({ name, source, state, schemaReadAt }: WorkspaceEntry, now: Date): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('**');
  appendData(markdown, name);
  markdown.appendMarkdown('**\n\n');
  if (source.kind === 'sample') markdown.appendMarkdown(vscode.l10n.t('Sample workspace, generated on this machine. Nothing in it is real.'));
  else appendData(markdown, source.kind === 'folder' ? source.path : azureText(source.workspace));
  const age = schemaAge(schemaReadAt, now);
  if (age !== '') markdown.appendMarkdown(`\n\n${age}`);
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

function azureText({ customerId, resourceId, subscriptionName, location }: AzureWorkspace): string {
  return [subscriptionName, location, customerId, resourceId].filter((part) => part !== undefined).join(' · ');
}

function tableTooltip(table: TableInfo, rows: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('**');
  appendData(markdown, table.name);
  const columns = vscode.l10n.t('{0} columns', table.columns.length);
  markdown.appendMarkdown(`**\n\n${rows === '' ? columns : `${rows}, ${columns}`}`);
  if (table.description !== undefined) {
    markdown.appendMarkdown('\n\n');
    appendData(markdown, table.description);
  }
  if (table.plan !== undefined) markdown.appendMarkdown(`\n\n${vscode.l10n.t('Plan {0}', table.plan)}`);
  if (table.retentionDays !== undefined) {
    const total = table.totalRetentionDays ?? table.retentionDays;
    markdown.appendMarkdown(`\n\n${vscode.l10n.t('Kept {0} days, with the archive {1} days', table.retentionDays, total)}`);
  }
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
