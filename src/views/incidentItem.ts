import * as vscode from 'vscode';
import type { Incident, Severity } from '../common/incidents';
import { formatAge } from '../sentinel/age';
import { incidentSummary } from '../sentinel/incidentSummary';
import { lineOfData } from './dataText';
import type { IncidentGroup } from './incidentGroups';
import { statusUri } from './incidentDecorations';

/** An incident in the tree. @param group The group that it stands in: it may stand in several. */
export function incidentItem(incident: Incident, workspaceId: string, now: Date, group = ''): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(incident.title), vscode.TreeItemCollapsibleState.None);
  const owner = incident.owner ? lineOfData(incident.owner.name) : vscode.l10n.t('unassigned');
  item.id = `${workspaceId}#${incident.number} ${group}`;
  item.description = [`#${incident.number}`, incident.status, owner, formatAge(incident.createdTime, now)].filter((part) => part !== '').join(' · ');
  item.command = { command: 'huntbook.openIncident', title: vscode.l10n.t('Open Incident'), arguments: [{ incident, workspaceId }] };
  item.resourceUri = statusUri(workspaceId, incident);
  item.iconPath = severityIcon(incident.severity);
  const pages = { azure: incident.portalUrl, defender: incident.defenderUrl };
  item.contextValue = ['incident', ...Object.entries(pages).flatMap(([name, url]) => (url === undefined ? [] : [name]))].join('.');
  item.accessibilityInformation = {
    label: vscode.l10n.t('Incident {0}, {1}, severity {2}, {3}, {4}', incident.number, lineOfData(incident.title), incident.severity, incident.status, owner),
  };
  return item;
}

/** Holds data that attackers may have written: it is text, and links nowhere. */
export function incidentTooltip(incident: Incident, now: Date): vscode.MarkdownString {
  return new vscode.MarkdownString(incidentSummary(incident, now));
}

export function groupItem({ key, label, incidents }: IncidentGroup): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(label), vscode.TreeItemCollapsibleState.Expanded);
  item.id = `group ${key}`;
  item.description = String(incidents.length);
  item.contextValue = 'group';
  return item;
}

/** Stands after the last incident that is loaded. */
export function moreItem(left: number, leftIsLeast: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Load more…'), vscode.TreeItemCollapsibleState.None);
  item.id = 'more';
  item.description = leftIsLeast ? vscode.l10n.t('{0} or more left', left) : vscode.l10n.t('{0} left', left);
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: 'huntbook.loadMoreIncidents', title: vscode.l10n.t('Load more…') };
  return item;
}

/** Shape and colour both tell the severity. */
export function severityIcon(severity: Severity): vscode.ThemeIcon {
  const [icon, colour] = icons[severity];
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
}

const icons: Readonly<Record<Severity, readonly [icon: string, colour: string]>> = {
  High: ['error', 'list.errorForeground'],
  Medium: ['warning', 'list.warningForeground'],
  Low: ['info', 'charts.blue'],
  Informational: ['circle-outline', 'descriptionForeground'],
};
