import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Incident } from '../../../src/common/incidents';
import { startEmulator } from '../../emulator/emulator';
import type { WorldDefinition } from '../../emulator/world/definitions';
import { smallWorld } from '../emulator/smallWorld';
import { type ContractWorkspace, contractIncidents, describeIncidents } from './incidentContract';
import { AzureEngine } from './logAnalytics/azureEngine';
import { openTestEngine } from './openTestEngine';

describeIncidents('a local workspace', openLocal);
describeIncidents('Microsoft Sentinel', openAzure);

/** A folder of data files; the sample keeps its incidents in the same way. */
async function openLocal(): Promise<ContractWorkspace> {
  const engine = await openTestEngine();
  const rows = contractIncidents.map(({ incident }) => JSON.stringify(tableRow(incident)));
  writeFileSync(path.join(engine.data, 'SecurityIncident.jsonl'), rows.join('\n'));
  const { id: workspaceId } = await engine.client.call('connect', { kind: 'folder', path: engine.data });
  return {
    client: engine.client,
    workspaceId,
    async fillComments(number, count) {
      for (let index = 1; index <= count; index++) {
        await engine.client.call('addComment', { workspaceId, number, message: `comment ${index}` });
      }
    },
    close() {
      engine.close();
      return Promise.resolve();
    },
  };
}

/** As the table has it: https://learn.microsoft.com/azure/azure-monitor/reference/tables/securityincident */
function tableRow(incident: Incident): Readonly<Record<string, unknown>> {
  const { number, title, description, severity, status, owner, classification } = incident;
  return {
    IncidentNumber: number,
    Title: title,
    Description: description,
    Severity: severity,
    Status: status,
    ...(owner ? { Owner: { assignedTo: owner.name, email: owner.email } } : {}),
    ...(classification === undefined ? {} : { Classification: classification }),
    CreatedTime: incident.createdTime,
    LastModifiedTime: incident.lastModifiedTime,
    FirstActivityTime: incident.firstActivityTime,
    LastActivityTime: incident.lastActivityTime,
    Labels: incident.labels.map((labelName) => ({ labelName, labelType: 'User' })),
    AdditionalData: { tactics: incident.tactics },
  };
}

const world: WorldDefinition = {
  ...smallWorld,
  workspaces: smallWorld.workspaces.map((workspace) =>
    workspace.name === 'contoso-ops' ? { ...workspace, sentinel: true, incidents: contractIncidents } : workspace,
  ),
};

async function openAzure(): Promise<ContractWorkspace> {
  const emulator = await startEmulator({ world });
  const engine = await AzureEngine.open(emulator);
  const workspaceId = await engine.connect('contoso-ops');
  const { sentinel } = emulator.workspace('contoso-ops');
  return {
    client: engine.client,
    workspaceId,
    fillComments(number, count) {
      const incident = sentinel?.byNumber(number);
      if (incident) for (let index = 1; index <= count; index++) sentinel?.addComment(incident, `c${index}`, `comment ${index}`, { name: 'Dana Ruiz' });
      return Promise.resolve();
    },
    async close() {
      engine.close();
      await emulator.close();
    },
  };
}
