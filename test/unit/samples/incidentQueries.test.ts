import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Entity, IncidentDetails } from '../../../src/common/incidents';
import { readRows } from '../../../src/notebook/readRows';
import { activityQuery, alertEvidence, evidenceQuery, incidentRecord, incidentsWithQuery } from '../../../src/sentinel/incidentQueries';
import { recordedActivity } from '../../../src/sentinel/incidentTimeline';
import { openTestEngine, type TestEngine } from '../workspaces/openTestEngine';

let engine: TestEngine;
let details: IncidentDetails;
const workspaceId = 'sample';

beforeAll(async () => {
  engine = await openTestEngine();
  await engine.client.call('connect', { kind: 'sample' });
  details = await engine.client.call('getIncident', { workspaceId, number: 1040 });
});
afterAll(() => engine.close());

const rows = async (text: string) => (await readRows(engine.client, { workspaceId, text, most: 1000 })).rows;

it('the changes of an incident are read from its records', async () => {
  const activity = recordedActivity((await rows(activityQuery(details.incident))).map(incidentRecord));
  expect(activity.map(({ detail, who }) => `${who ?? ''}: ${detail}`)).toContain('Lucas Meyer: status New → Active, owner Lucas Meyer');
});

it('the evidence is that of its alerts, each once', async () => {
  const evidence = (await rows(evidenceQuery(details.incident, details.alerts))).map(alertEvidence);
  expect(evidence.map(({ alertId }) => alertId).sort()).toEqual(details.alerts.map(({ id }) => id).sort());
  expect(evidence.every(({ facts }) => facts.length > 0)).toBe(true);
});

it.each<Entity['kind']>(['Account', 'Ip'])('incidents are found by an entity: %s', async (kind) => {
  const entity = details.entities.find((one) => one.kind === kind)!;
  expect((await rows(incidentsWithQuery(entity))).map((row) => row['IncidentNumber'])).toContain(1040);
});
