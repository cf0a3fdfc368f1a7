import { type Incident, SecurityInsights } from '@azure/arm-securityinsight';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { ids } from '../../emulator/world/defaultWorld';
import { manyIncidents } from '../../emulator/world/manyIncidents';
import { RawClient } from './rawClient';
import { smallWorld } from './smallWorld';

const GROUP = 'rg-contoso-soc';
const WORKSPACE = 'contoso-soc';
const END = new Date('2026-03-01T12:00:00Z');

let emulator: Emulator;
let client: SecurityInsights;
beforeAll(async () => {
  emulator = await startEmulator({ world: smallWorld });
  const credential = { getToken: async () => ({ token: emulator.token('arm'), expiresOnTimestamp: Date.now() + 3_600_000 }) };
  client = new SecurityInsights(credential, ids.production, { endpoint: emulator.url, tlsOptions: { ca: emulator.ca } });
});
afterAll(() => emulator.close());
beforeEach(() => {
  const { sentinel } = emulator.workspace(WORKSPACE);
  sentinel!.incidents.clear();
  for (const incident of manyIncidents(250, END)) sentinel!.addIncident(incident);
});

async function list(options: { filter?: string; orderby?: string; top?: number } = {}): Promise<readonly Incident[]> {
  const found: Incident[] = [];
  for await (const incident of client.incidents.list(GROUP, WORKSPACE, options)) found.push(incident);
  return found;
}

async function numbered(number: number): Promise<Incident> {
  const [found] = await list({ filter: `properties/incidentNumber eq ${number}` });
  return found!;
}

/** Replaces an incident by what is given, with the title and version it was seen with. */
async function put({ name, title, etag }: Incident, properties: Incident): Promise<Incident> {
  const version = etag === undefined ? {} : { etag };
  return client.incidents.createOrUpdate(GROUP, WORKSPACE, name!, { ...(title === undefined ? {} : { title }), ...version, ...properties });
}

describe('a list of incidents', () => {
  it('comes in pages to the last one', async () => {
    emulator.requests.clear();
    const found = await list({ top: 100, orderby: 'properties/incidentNumber desc' });
    expect(found.map(({ incidentNumber }) => incidentNumber)).toEqual(Array.from({ length: 250 }, (_, index) => 250 - index));
    expect(emulator.requests.of('incidents')).toHaveLength(3);
  });

  // From the generator: severities repeat every four numbers, states are those of seven times the number.
  it.each([
    ["properties/severity eq 'High'", 62],
    ["properties/status ne 'Closed'", 167],
    ["properties/status eq 'new' and properties/severity eq 'low'", 21],
    ["properties/severity eq 'High' or properties/severity eq 'Low'", 125],
    ["not (properties/severity eq 'High')", 188],
    ['properties/createdTimeUtc ge 2026-03-01T11:00:00Z', 7],
    ['properties/createdTimeUtc gt 2026-03-01T11:00:00Z and properties/createdTimeUtc lt 2026-03-01T12:00:00Z', 5],
    ['properties/incidentNumber le 10', 10],
    ["contains(properties/title, 'PASSWORD')", 50],
    ["properties/owner/assignedTo eq 'Lucas Meyer'", 83],
    ['properties/owner/assignedTo eq null', 167],
  ])('is filtered by %s', async (filter, count) => {
    expect(await list({ filter })).toHaveLength(count);
  });

  it('is in the order asked for', async () => {
    const [first, second] = await list({ orderby: 'properties/severity asc, properties/createdTimeUtc desc', top: 2 });
    expect([first?.severity, second?.severity]).toEqual(['High', 'High']);
    expect(first!.createdTimeUtc!.getTime()).toBeGreaterThan(second!.createdTimeUtc!.getTime());
  });

  it.each([{ top: 1001 }, { filter: 'properties/title like 3' }, { filter: "properties/title eq 'x" }, { orderby: 'a b c' }])(
    'is refused with %j',
    async (options) => {
      await expect(list(options)).rejects.toMatchObject({ statusCode: 400 });
    },
  );
});

describe('an incident', () => {
  it('is replaced by a change, and has a new version', async () => {
    const incident = await numbered(5);
    const changed = await put(incident, {
      severity: 'Low',
      status: 'Closed',
      classification: 'FalsePositive',
      classificationReason: 'InaccurateData',
      classificationComment: 'a test',
    });
    expect(changed).toMatchObject({ incidentNumber: 5, severity: 'Low', status: 'Closed', classificationComment: 'a test', labels: [] });
    // Left out of the body, so gone.
    expect(changed.description).toBeUndefined();
    expect(changed.etag).not.toBe(incident.etag);
    expect(changed.lastModifiedTimeUtc!.getTime()).toBeGreaterThan(incident.lastModifiedTimeUtc!.getTime());
  });

  it('is given to a person, and taken away', async () => {
    const given = await put(await numbered(5), { severity: 'Low', status: 'Active', owner: { userPrincipalName: 'amara.diallo@contoso.com' } });
    expect(given.owner).toMatchObject({ assignedTo: 'amara.diallo@contoso.com', email: 'amara.diallo@contoso.com', ownerType: 'User' });
    const taken = await put(given, { severity: 'Low', status: 'Active' });
    expect(taken.owner?.assignedTo).toBeNull();
  });

  it('is not changed by someone who saw an older version', async () => {
    const incident = await numbered(5);
    emulator.workspace(WORKSPACE).sentinel!.changeIncident(5, { severity: 'Informational' });
    await expect(put(incident, { severity: 'High', status: 'Active' })).rejects.toMatchObject({ statusCode: 409, code: 'Conflict' });
    const unversioned = put({ name: incident.name!, title: 'x' }, { severity: 'High', status: 'Active' });
    await expect(unversioned).rejects.toMatchObject({ statusCode: 409 });
    expect((await numbered(5)).severity).toBe('Informational');
  });

  it('fails with 412 where the version is in a header', async () => {
    const { id, title } = await numbered(5);
    const answer = await new RawClient(emulator).arm(`${id!}?api-version=2022-09-01-preview`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${emulator.token('arm')}`, 'if-match': '"old"' },
      body: { properties: { title, severity: 'High', status: 'Active' } },
    });
    expect(answer.status).toBe(412);
  });

  it.each([
    { title: '', severity: 'High', status: 'New' },
    { title: 'x', status: 'New' },
    { title: 'x', severity: 'Terrible', status: 'New' },
    { title: 'x', severity: 'High', status: 'Closed' },
    { title: 'x', severity: 'High', status: 'Closed', classification: 'TruePositive' },
    { title: 'x', severity: 'High', status: 'Closed', classification: 'TruePositive', classificationReason: 'InaccurateData' },
  ])('cannot be %j', async (properties) => {
    await expect(put(await numbered(5), properties)).rejects.toMatchObject({ statusCode: 400 });
  });

  it('is made and deleted', async () => {
    const name = '3f9d5a52-8f4b-4f9c-9f0e-6f1e0a7c2b11';
    const made = await client.incidents.createOrUpdate(GROUP, WORKSPACE, name, { title: 'new', severity: 'High', status: 'New' });
    expect(made.incidentNumber).toBeGreaterThan(250);
    await client.incidents.delete(GROUP, WORKSPACE, name);
    await expect(client.incidents.get(GROUP, WORKSPACE, name)).rejects.toMatchObject({ statusCode: 404 });
  });

  it('is refused without a role, the reading and the writing apart', async () => {
    const { denied } = emulator.workspace(WORKSPACE);
    denied.add('writeIncidents');
    await expect(put(await numbered(5), { severity: 'High', status: 'New' })).rejects.toMatchObject({ statusCode: 403, code: 'AuthorizationFailed' });
    denied.add('incidents');
    await expect(list()).rejects.toMatchObject({ statusCode: 403 });
    denied.clear();
  });
});

describe('comments', () => {
  const comment = (name: string, message: string, incident: string) =>
    client.incidentComments.createOrUpdate(GROUP, WORKSPACE, incident, name, { message });
  const guid = (index: number) => `3f9d5a52-8f4b-4f9c-9f0e-${String(index).padStart(12, '0')}`;

  it('are added, changed, listed and removed; each changes the incident', async () => {
    const incident = await numbered(7);
    const added = await comment(guid(1), 'first', incident.name!);
    expect(added).toMatchObject({ message: 'first', author: { name: 'Priya Raman', userPrincipalName: 'priya.raman@contoso.com' } });
    await comment(guid(1), 'first, corrected', incident.name!);
    const listed: (string | undefined)[] = [];
    for await (const one of client.incidentComments.list(GROUP, WORKSPACE, incident.name!)) listed.push(one.message);
    expect(listed).toEqual(['first, corrected']);
    const after = await numbered(7);
    expect(after.additionalData?.commentsCount).toBe(1);
    expect(after.etag).not.toBe(incident.etag);
    await client.incidentComments.delete(GROUP, WORKSPACE, incident.name!, guid(1));
    expect((await numbered(7)).additionalData?.commentsCount).toBe(0);
  });

  it('are 30,000 characters long at most, and a hundred', async () => {
    const { name } = await numbered(8);
    await expect(comment(guid(0), 'x'.repeat(30_001), name!)).rejects.toMatchObject({ statusCode: 400 });
    for (let index = 0; index < 100; index++) await comment(guid(index), 'x'.repeat(index === 0 ? 30_000 : 1), name!);
    await expect(comment(guid(100), 'one too many', name!)).rejects.toMatchObject({ statusCode: 400 });
  });
});

describe('bookmarks', () => {
  it('belong to an incident by a relation', async () => {
    const { name } = await numbered(9);
    const bookmark = await client.bookmarks.createOrUpdate(GROUP, WORKSPACE, 'aaaaaaaa-0000-4000-8000-000000000001', {
      displayName: 'odd row',
      query: 'SigninLogs | take 1',
      notes: 'look',
    });
    await client.incidentRelations.createOrUpdate(GROUP, WORKSPACE, name!, 'aaaaaaaa-0000-4000-8000-000000000002', {
      relatedResourceId: bookmark.id!,
    });
    const { value } = await client.incidents.listBookmarks(GROUP, WORKSPACE, name!);
    expect(value).toMatchObject([{ kind: 'Bookmark', displayName: 'odd row', notes: 'look' }]);
    expect((await numbered(9)).additionalData?.bookmarksCount).toBe(1);
  });
});
