import type { AzureAccounts } from '../auth/vscodeAccounts';
import type { EngineClient } from '../notebook/engineClient';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { IncidentPages } from '../views/incidentPages';
import type { IncidentsView } from '../views/incidentsView';
import type { Command } from './command';
import { FindIncidentsWith } from './findIncidentsWith';
import { HuntFromEntity } from './huntFromEntity';
import type { IncidentWriter } from './incidentWriting';
import { GroupIncidents } from './groupIncidents';
import { OpenIncident } from './openIncident';
import { SaveIncidentFilter } from './saveIncidentFilter';
import { UseIncidentFilter } from './useIncidentFilter';

/** What commands on incidents work on. */
export interface IncidentSubjects {
  readonly client: EngineClient;
  readonly workspaces: Workspaces;
  readonly accounts: AzureAccounts;
  readonly notebooks: HuntNotebooks;
  readonly writer: IncidentWriter;
  readonly incidentPages: IncidentPages;
  readonly incidents: IncidentsView;
}

/** Commands on incidents and their entities. */
export function incidentCommands(subjects: IncidentSubjects): readonly Command[] {
  const { client, workspaces, accounts, notebooks, writer, incidentPages, incidents } = subjects;
  return [
    new OpenIncident(writer, incidentPages),
    new HuntFromEntity(client, workspaces, accounts, notebooks),
    new FindIncidentsWith(client, workspaces, accounts, incidentPages),
    new SaveIncidentFilter(incidents),
    new UseIncidentFilter(incidents, writer, workspaces),
    new GroupIncidents(incidents),
  ];
}
