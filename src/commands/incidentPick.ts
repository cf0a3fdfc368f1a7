import * as vscode from 'vscode';
import type { EngineClient } from '../notebook/engineClient';
import { formatAge } from '../sentinel/age';
import { lineOfData } from '../views/dataText';
import { everyIncident, incidentQuery, newestFirst } from '../views/incidentFilter';
import { severityIcon } from '../views/incidentItem';

/** Most incidents that the picker offers; the view shows them all. */
const OFFERED = 200;

/** Asks for one of the newest incidents of a workspace; answers its number. */
export async function pickIncident(engine: EngineClient, workspaceId: string, title: string): Promise<number | undefined> {
  const now = new Date();
  const query = incidentQuery(everyIncident, newestFirst, OFFERED, now.getTime());
  const { incidents } = await engine.call('listIncidents', { workspaceId, query });
  const items = incidents.map((incident) => {
    const owner = incident.owner ? lineOfData(incident.owner.name) : vscode.l10n.t('unassigned');
    return {
      label: lineOfData(incident.title),
      description: [`#${incident.number}`, incident.status, owner, formatAge(incident.createdTime, now)].join(' · '),
      iconPath: severityIcon(incident.severity),
      number: incident.number,
    };
  });
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.number;
}
