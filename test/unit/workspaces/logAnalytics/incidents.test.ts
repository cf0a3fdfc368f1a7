import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CancellationSource } from '../../../../src/common/cancellation';
import type { IncidentPage } from '../../../../src/common/engineProtocol';
import type { Entity, Incident, IncidentDetails, IncidentFields, IncidentQuery } from '../../../../src/common/incidents';
import { type Emulator, startEmulator } from '../../../emulator/emulator';
import type { LoggedRequest } from '../../../emulator/http/requestLog';
import { manyIncidents } from '../../../emulator/world/manyIncidents';
import type { EmulatedWorkspace } from '../../../emulator/world/workspace';
import { smallWorld } from '../../emulator/smallWorld';
import { details, incident } from '../incidents';
import { refusal } from '../incidentContract';
import { AzureEngine } from './azureEngine';

const END = new Date('2026-03-01T12:00:00Z');
const MANY = 2_345;
const entities: readonly Entity[] = [
  { kind: 'Account', upn: 'dana@contoso.com', name: 'Dana Ruiz', objectId: '0f0e' },
  { kind: 'Host', name: 'ws-17', domain: 'contoso.com', os: 'Windows' },
  { kind: 'Ip', address: '203.0.113.9', country: 'NL' },
  { kind: 'Process', name: 'powershell.exe', commandLine: 'powershell -enc QQ==', processId: '4711' },
  { kind: 'File', name: 'a.ps1', directory: 'C:\\Temp' },
  { kind: 'FileHash', algorithm: 'SHA256', value: 'ab12' },
  { kind: 'Url', url: 'https://bad.example/x' },
  { kind: 'DnsResolution', domain: 'bad.example' },
  { kind: 'Mailbox', address: 'dana@contoso.com' },
  { kind: 'CloudApplication', name: 'Teams', appId: '12' },
  { kind: 'AzureResource', resourceId: '/subscriptions/s/resourceGroups/g/providers/p/vm/app02' },
  { kind: 'Other', type: 'MailMessage', name: 'Invoice' },
];
const alert = {
  id: 'a1',
  name: 'Encoded command line',
  description: 'PowerShell ran what nobody can read.',
  severity: 'Medium' as const,
  product: 'Microsoft Defender for Endpoint',
  startTime: '2026-01-10T07:00:00.000Z',
  endTime: '2026-01-10T07:30:00.000Z',
  tactics: ['Execution'],
};
const rich: IncidentDetails = {
  ...details(incident({ number: 9_001, title: 'Rich', providers: [alert.product], tactics: ['Execution'], techniques: ['T1059'], alertCount: 1, commentCount: 1 })),
  alerts: [alert],
  entities,
  comments: [{ author: 'Lee Park', createdTime: '2026-01-10T09:00:00.000Z', message: 'Mine.' }],
};
const plain = Array.from({ length: 20 }, (_unused, index) => details(incident({ number: 9_101 + index, labels: ['kept'], description: 'Kept.' })));

let emulator: Emulator;
let engine: AzureEngine;
let workspaceId: string;
let soc: EmulatedWorkspace;
let taken = 9_101;
beforeAll(async () => {
  emulator = await startEmulator({
    world: {
      ...smallWorld,
      workspaces: smallWorld.workspaces.map((workspace) =>
        workspace.name === 'contoso-soc' ? { ...workspace, incidents: [...manyIncidents(MANY, END), rich, ...plain] } : workspace,
      ),
    },
  });
  engine = await AzureEngine.open(emulator);
  workspaceId = await engine.connect('contoso-soc');
  soc = emulator.workspace('contoso-soc');
  soc.sentinel?.bookmark({ incidentNumber: 9_001, displayName: 'First upload', notes: 'A test?', query: 'T | take 1' });
});
afterAll(async () => {
  engine.close();
  await emulator.close();
});
afterEach(() => {
  emulator.faults.clear();
  soc.denied.clear();
});

function list(query: Partial<IncidentQuery>): Promise<IncidentPage> {
  return engine.client.call('listIncidents', { workspaceId, query: { orderBy: 'number', descending: true, top: 50, ...query } });
}

function get(number: number): Promise<IncidentDetails> {
  return engine.client.call('getIncident', { workspaceId, number });
}

function change(base: Incident, fields: IncidentFields): Promise<Incident> {
  return engine.client.call('changeIncident', { workspaceId, number: base.number, change: { base, fields } });
}

function comment(number: number, message: string): Promise<IncidentDetails> {
  return engine.client.call('addComment', { workspaceId, number, message });
}

/** An incident that no other test writes to. */
async function own(): Promise<Incident> {
  return (await get(taken++)).incident;
}

function writes(): readonly LoggedRequest[] {
  return emulator.requests.of('incidents').filter(({ method }) => method === 'PUT');
}

describe('thousands of incidents', () => {
  it('come page by page, each once, in order', async () => {
    for (const orderBy of ['createdTime', 'severity'] as const) {
      const found: Incident[] = [];
      const totals: (readonly [number, boolean])[] = [];
      let next: string | undefined;
      do {
        const page = await list({ orderBy, top: 1_000, createdAfter: '2026-02-01T00:00:00Z', next });
        found.push(...page.incidents);
        totals.push([page.total, page.totalIsLeast === true]);
        next = page.next;
      } while (next !== undefined);
      expect(new Set(found.map(({ number }) => number)).size).toBe(MANY);
      const rank = { High: 3, Medium: 2, Low: 1, Informational: 0 };
      const values = found.map((one) => (orderBy === 'severity' ? rank[one.severity] * 1e9 + one.number : Date.parse(one.createdTime)));
      expect(values).toEqual([...values].sort((left, right) => right - left));
      // The service does not count: a thousand are counted, then those that were shown.
      expect(totals).toEqual([[1_001, true], [2_001, true], [MANY, false]]);
    }
  });

  it('are counted when they are not more than a thousand', async () => {
    const page = await list({ top: 1, statuses: ['Closed'] });
    const closed = manyIncidents(MANY, END).filter(({ incident: { status } }) => status === 'Closed').length;
    expect([page.total, page.totalIsLeast, page.incidents.length]).toEqual([closed, false, 1]);
    emulator.requests.clear();
    await list({ top: 1, statuses: ['Closed'], next: page.next });
    expect(emulator.requests.of('incidents')).toHaveLength(1);
  });

  it('are asked of no other host', async () => {
    emulator.requests.clear();
    const next = JSON.stringify({ link: `https://localhost:${new URL(emulator.url).port}/incidents`, seen: 1, total: 2, totalIsLeast: true });
    expect(await refusal(list({ next }))).toMatchObject({ kind: 'network', message: expect.stringContaining('another host') as string });
    expect(emulator.requests.all()).toEqual([]);
  });

  it('are stopped at once', async () => {
    const source = new CancellationSource();
    emulator.faults.add({ on: 'incidents', effect: { kind: 'hold' } });
    const query: IncidentQuery = { orderBy: 'number', descending: true, top: 50 };
    const listing = refusal(engine.client.call('listIncidents', { workspaceId, query }, source.token));
    await emulator.faults.untilHeld(1);
    source.cancel();
    expect(await listing).toEqual({ kind: 'cancelled' });
  });
});

describe('details of an incident', () => {
  it('hold alerts, entities, bookmarks, comments, tactics and links', async () => {
    const found = await get(9_001);
    expect(found.alerts).toEqual(rich.alerts);
    expect(found.entities).toEqual(entities);
    expect(found.comments).toEqual(rich.comments.map((comment) => ({ ...comment, id: expect.any(String) as string })));
    expect(found.bookmarks).toMatchObject([{ name: 'First upload', notes: 'A test?', query: 'T | take 1' }]);
    expect(found.incident).toMatchObject({ title: 'Rich', tactics: ['Execution'], techniques: ['T1059'], alertCount: 1, commentCount: 1 });
    const { name = '' } = soc.sentinel?.byNumber(9_001) ?? {};
    expect(found.incident.portalUrl).toBe(
      `https://portal.azure.com/#asset/Microsoft_Azure_Security_Insights/Incident${soc.resourceId}/providers/Microsoft.SecurityInsights/Incidents/${name}`,
    );
    expect(found.incident.defenderUrl).toBe('https://security.microsoft.com/incidents/9001');
  });

  it('of an incident that Defender does not know have no link to it', async () => {
    expect((await own()).defenderUrl).toBeUndefined();
  });

  it('are not there when the incident is deleted meanwhile', async () => {
    const { number } = await own();
    const stored = soc.sentinel?.byNumber(number);
    soc.sentinel?.incidents.delete(stored?.name ?? '');
    expect(await refusal(get(number))).toEqual({ kind: 'notFound', what: 'incident', name: `#${number}` });
  });
});

describe('a change', () => {
  it('writes back all that it does not mean to change', async () => {
    const before = await own();
    soc.sentinel?.changeIncident(before.number, { firstActivityTimeUtc: '2026-01-10T06:00:00.123Z', lastActivityTimeUtc: '2026-01-10T06:10:00.456Z' });
    const kept = { ...soc.sentinel?.byNumber(before.number)?.properties };
    await change(before, { severity: 'High' });
    const now = { ...soc.sentinel?.byNumber(before.number)?.properties };
    expect(now).toEqual({ ...kept, severity: 'High', lastModifiedTimeUtc: now['lastModifiedTimeUtc'] });
  });

  /** What someone else does between our reading and our writing, and what comes of ours. */
  async function meet(ours: IncidentFields, theirs: object): Promise<{ readonly base: Incident; readonly work: Promise<Incident> }> {
    const base = await own();
    emulator.requests.clear();
    emulator.faults.add({ on: 'incidents', method: 'PUT', effect: { kind: 'hold' } });
    const work = change(base, ours);
    work.catch(() => undefined);
    await emulator.faults.untilHeld(1);
    soc.sentinel?.changeIncident(base.number, { ...theirs });
    emulator.faults.release();
    return { base, work };
  }

  it('that meets another one of other fields is written once more, with both', async () => {
    const { work } = await meet({ status: 'Active', labels: ['kept', 'mine'] }, { severity: 'High', labels: [{ labelName: 'kept' }, { labelName: 'theirs' }] });
    expect(await work).toMatchObject({ status: 'Active', severity: 'High', labels: ['kept', 'theirs', 'mine'] });
    expect(writes().map(({ status }) => status)).toEqual([409, 200]);
  });

  it('that meets another one of the same field is a conflict, and nothing is written', async () => {
    const { base, work } = await meet({ severity: 'High', status: 'Active' }, { severity: 'Low' });
    const fields = [{ name: 'severity', base: 'Medium', theirs: 'Low', ours: 'High' }];
    expect(await refusal(work)).toEqual({ kind: 'incidentConflict', number: base.number, fields });
    expect((await get(base.number)).incident).toMatchObject({ severity: 'Low', status: 'New' });
  });

  it('that meets the same one is done', async () => {
    const { work } = await meet({ severity: 'High' }, { severity: 'High' });
    expect(await work).toMatchObject({ severity: 'High' });
  });

  it('of an incident that is written all the time ends', async () => {
    const base = await own();
    emulator.requests.clear();
    emulator.faults.add({ on: 'incidents', method: 'PUT', effect: { kind: 'status', status: 412 }, times: Number.POSITIVE_INFINITY });
    expect(await refusal(change(base, { severity: 'High' }))).toMatchObject({ kind: 'service', service: 'Microsoft Sentinel', status: 412 });
    expect(writes()).toHaveLength(5);
  });

  it('whose answer is lost is looked for, and done', async () => {
    const base = await own();
    emulator.requests.clear();
    emulator.faults.add({ on: 'incidents', method: 'PUT', effect: { kind: 'truncate', afterBytes: 5 } });
    expect(await change(base, { severity: 'High', owner: null })).toMatchObject({ severity: 'High' });
    expect(writes()).toHaveLength(1);
  });

  it('gives the incident to whoever the object id names', async () => {
    const base = await own();
    const me = { name: 'Amara Diallo', objectId: '5c0e6a1e-2f67-4b0e-9d3a-1f6f0c9a7b21' };
    expect((await change(base, { owner: me })).owner).toMatchObject(me);
    expect(soc.sentinel?.byNumber(base.number)?.properties['owner']).toMatchObject({ objectId: me.objectId, assignedTo: me.name });
  });
});

describe('a comment', () => {
  it('whose answer is lost is looked for, and there once', async () => {
    const { number } = await own();
    emulator.faults.add({ on: 'incidents', method: 'PUT', effect: { kind: 'truncate', afterBytes: 5 } });
    expect((await comment(number, 'Once.')).comments.map(({ message }) => message)).toEqual(['Once.']);
    expect(soc.sentinel?.byNumber(number)?.comments.size).toBe(1);
  });

  it('that is written counts, though the incident cannot be read again', async () => {
    const { number } = await own();
    const remove = emulator.faults.add({ on: 'incidents', method: 'PUT', effect: { kind: 'hold' } });
    const work = comment(number, 'Written.');
    await emulator.faults.untilHeld(1);
    remove();
    emulator.faults.add({ on: 'incidents', method: 'GET', effect: { kind: 'status', status: 504 }, times: Number.POSITIVE_INFINITY });
    emulator.faults.release();
    const after = await work;
    expect(after.comments.map(({ message }) => message)).toEqual(['Written.']);
    expect(after.incident.commentCount).toBe(1);
  });
});

describe('without the right', () => {
  it('to read, the role is named', async () => {
    soc.denied.add('incidents');
    const expected = { kind: 'forbidden', what: 'the incidents of the workspace "contoso-soc"', role: 'Microsoft Sentinel Reader' };
    expect(await refusal(list({}))).toMatchObject(expected);
    expect(await refusal(get(9_001))).toMatchObject(expected);
  });

  it('to write, the role is named and nothing is written', async () => {
    const base = await own();
    soc.denied.add('writeIncidents');
    const expected = { kind: 'forbidden', role: 'Microsoft Sentinel Responder' };
    expect(await refusal(change(base, { severity: 'High' }))).toMatchObject(expected);
    expect(await refusal(comment(base.number, 'No.'))).toMatchObject(expected);
    expect((await get(base.number)).incident).toEqual(base);
  });
});

describe('a workspace', () => {
  it('without Microsoft Sentinel says so', async () => {
    const ops = await engine.connect('contoso-ops');
    const query: IncidentQuery = { orderBy: 'number', descending: true, top: 50 };
    const data = await refusal(engine.client.call('listIncidents', { workspaceId: ops, query }));
    expect(data).toMatchObject({ kind: 'refused', message: expect.stringContaining('not onboarded to Microsoft Sentinel') as string });
  });
});
