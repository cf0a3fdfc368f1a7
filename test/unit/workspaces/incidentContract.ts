import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HuntError, type HuntErrorData } from '../../../src/common/errors';
import type { Incident, IncidentDetails, IncidentFields, IncidentQuery } from '../../../src/common/incidents';
import type { InProcessEngine } from '../../../src/notebook/engineClient';
import { details, incident } from './incidents';

/** A connected workspace that holds {@link contractIncidents}. */
export interface ContractWorkspace {
  readonly client: InProcessEngine;
  readonly workspaceId: string;
  /** Gives an incident so many comments. */
  fillComments(number: number, count: number): Promise<void>;
  close(): Promise<void>;
}

const dana = { name: 'Dana Ruiz', email: 'dana@contoso.com' };
const lee = { name: 'Lee Park', email: 'lee@contoso.com' };
const me = { name: 'Amara Diallo', email: 'amara@contoso.com', objectId: '5c0e6a1e-2f67-4b0e-9d3a-1f6f0c9a7b21' };

/** Those that are listed; nobody writes to them. */
const LISTED_SINCE = '2026-01-01T00:00:00Z';
const listed: readonly Incident[] = [
  incident({ number: 1, severity: 'High', status: 'Closed', classification: 'Undetermined', owner: dana, ...times('2026-01-10', '2026-01-16') }),
  incident({ number: 2, severity: 'Medium', ...times('2026-01-12', '2026-01-13') }),
  incident({ number: 3, severity: 'High', status: 'Active', owner: lee, ...times('2026-01-11', '2026-01-15') }),
  incident({ number: 4, severity: 'Informational', ...times('2026-01-09', '2026-01-14') }),
  incident({ number: 5, severity: 'High', owner: { ...lee, name: "Lee O'Hara", email: 'lee.ohara@contoso.com' }, ...times('2026-01-14', '2026-01-17') }),
];

/** The number of the first of them; each test that writes takes one of its own. */
const FIRST_WRITTEN = 101;
const WRITTEN = 40;
const written = Array.from({ length: WRITTEN }, (_unused, index) =>
  incident({
    number: FIRST_WRITTEN + index,
    title: `Written ${index}`,
    description: 'Kept as it is.',
    owner: dana,
    labels: ['kept'],
    tactics: ['CredentialAccess'],
    ...times('2025-06-01', '2025-06-02'),
  }),
);

export const contractIncidents: readonly IncidentDetails[] = [...listed, ...written].map(details);

function times(created: string, modified: string): Partial<Incident> {
  const [createdTime, lastModifiedTime] = [`${created}T08:00:00.000Z`, `${modified}T08:00:00.000Z`];
  return { createdTime, lastModifiedTime, firstActivityTime: createdTime, lastActivityTime: createdTime };
}

/** What incidents do, whatever the workspace. */
export function describeIncidents(kind: string, open: () => Promise<ContractWorkspace>): void {
  let workspace: ContractWorkspace;
  let taken = FIRST_WRITTEN;
  beforeAll(async () => {
    workspace = await open();
  });
  afterAll(() => workspace.close());

  const list = (query: Partial<IncidentQuery>) =>
    workspace.client.call('listIncidents', {
      workspaceId: workspace.workspaceId,
      query: { orderBy: 'number', descending: false, top: 100, createdAfter: LISTED_SINCE, ...query },
    });
  const get = (number: number) => workspace.client.call('getIncident', { workspaceId: workspace.workspaceId, number });
  const change = (base: Incident, fields: IncidentFields) =>
    workspace.client.call('changeIncident', { workspaceId: workspace.workspaceId, number: base.number, change: { base, fields } });
  const comment = (number: number, message: string) =>
    workspace.client.call('addComment', { workspaceId: workspace.workspaceId, number, message });
  /** An incident that no other test writes to. */
  const own = async () => (await get(taken++)).incident;

  describe(`a list of incidents of ${kind}`, () => {
    it.each<[string, Partial<IncidentQuery>, number[]]>([
      ['everything since a time', {}, [1, 2, 3, 4, 5]],
      ['everything for empty filters', { statuses: [], severities: [], owner: '' }, [1, 2, 3, 4, 5]],
      ['one status', { statuses: ['New'] }, [2, 4, 5]],
      ['some statuses', { statuses: ['New', 'Active'] }, [2, 3, 4, 5]],
      ['one severity', { severities: ['High'] }, [1, 3, 5]],
      ['some severities', { severities: ['Medium', 'Informational'] }, [2, 4]],
      ['the name of an owner', { owner: 'Lee Park' }, [3]],
      ['a name with an apostrophe', { owner: "Lee O'Hara" }, [5]],
      ['the address of an owner', { owner: 'dana@contoso.com' }, [1]],
      ['no owner', { owner: 'unassigned' }, [2, 4]],
      ['a later time', { createdAfter: '2026-01-11T08:00:00Z' }, [2, 3, 5]],
      ['all at once', { statuses: ['New'], severities: ['High'], owner: "Lee O'Hara" }, [5]],
      ['what nothing fits', { severities: ['Low'] }, []],
    ])('holds %s', async (_what, query, expected) => {
      const page = await list(query);
      expect(page.incidents.map(({ number }) => number)).toEqual(expected);
      expect(page.total).toBe(expected.length);
      expect(page.next).toBeUndefined();
    });

    it.each<[string, Partial<IncidentQuery>, number[]]>([
      ['the newest number first', { descending: true }, [5, 4, 3, 2, 1]],
      ['the oldest first', { orderBy: 'createdTime' }, [4, 1, 3, 2, 5]],
      ['the newest first', { orderBy: 'createdTime', descending: true }, [5, 2, 3, 1, 4]],
      ['the last changed first', { orderBy: 'lastModifiedTime', descending: true }, [5, 1, 3, 4, 2]],
      ['the first changed first', { orderBy: 'lastModifiedTime' }, [2, 4, 3, 1, 5]],
      ['the severest first, equal ones by number', { orderBy: 'severity', descending: true }, [5, 3, 1, 2, 4]],
      ['the least severe first, equal ones by number', { orderBy: 'severity' }, [4, 2, 1, 3, 5]],
      ['some severities in order', { orderBy: 'severity', descending: true, severities: ['High', 'Informational'] }, [5, 3, 1, 4]],
    ])('has %s, and its pages hold the same', async (_what, query, expected) => {
      expect((await list(query)).incidents.map(({ number }) => number)).toEqual(expected);
      for (const top of [1, 2, 3]) {
        const numbers: number[] = [];
        let next: string | undefined;
        let pages = 0;
        do {
          const page = await list({ ...query, top, next });
          expect(page.total).toBe(expected.length);
          expect(page.incidents.length).toBeLessThanOrEqual(top);
          numbers.push(...page.incidents.map(({ number }) => number));
          next = page.next;
          pages++;
        } while (next !== undefined);
        expect(numbers).toEqual(expected);
        expect(pages).toBe(Math.ceil(expected.length / top));
      }
    });

    it('starts anew with a marker that it cannot read', async () => {
      expect((await list({ next: 'nonsense', top: 2 })).incidents.map(({ number }) => number)).toEqual([1, 2]);
      expect((await list({ next: '{"a":1}', top: 2 })).incidents.map(({ number }) => number)).toEqual([1, 2]);
    });

    it('tells of each what people read', async () => {
      const [first] = (await list({ severities: ['High'], statuses: ['Closed'] })).incidents;
      const wanted = { title: 'Many failed sign-ins', severity: 'High', status: 'Closed', classification: 'Undetermined', labels: [], alertCount: 0 };
      expect(first).toMatchObject(wanted);
      expect(first?.owner).toMatchObject(dana);
      expect(Date.parse(first?.createdTime ?? '')).toBe(Date.parse('2026-01-10T08:00:00Z'));
      expect(Date.parse(first?.lastActivityTime ?? '')).toBe(Date.parse('2026-01-10T08:00:00Z'));
    });
  });

  describe(`a change of an incident of ${kind}`, () => {
    it.each<[string, IncidentFields, Partial<Incident>]>([
      ['severity', { severity: 'High' }, { severity: 'High' }],
      ['status', { status: 'Active' }, { status: 'Active' }],
      ['owner', { owner: me }, { owner: me }],
      ['labels', { labels: ['kept', 'new one'] }, { labels: ['kept', 'new one'] }],
      ['labels, all of them', { labels: [] }, { labels: [] }],
      ['several fields', { severity: 'Low', status: 'Active', owner: me }, { severity: 'Low', status: 'Active', owner: me }],
    ])('writes the %s, and nothing else', async (_what, fields, expected) => {
      const before = await own();
      const after = await change(before, fields);
      expect(after).toMatchObject(expected);
      const { etag, lastModifiedTime } = after;
      expect(after).toEqual({ ...before, etag, lastModifiedTime, ...expected });
      expect((await get(before.number)).incident).toEqual(after);
    });

    it('takes the owner away', async () => {
      const before = await own();
      expect(before.owner?.name).toBe(dana.name);
      const after = await change(before, { owner: null });
      expect(after.owner).toBeUndefined();
      expect((await get(before.number)).incident.owner).toBeUndefined();
    });

    // Pairs as https://learn.microsoft.com/rest/api/securityinsights/incidents/create-or-update lists them.
    it.each<IncidentFields>([
      { classification: 'TruePositive', classificationReason: 'SuspiciousActivity', classificationComment: 'It was them.' },
      { classification: 'BenignPositive', classificationReason: 'SuspiciousButExpected' },
      { classification: 'FalsePositive', classificationReason: 'InaccurateData' },
      { classification: 'FalsePositive', classificationReason: 'IncorrectAlertLogic' },
      { classification: 'Undetermined' },
    ])('closes it as $classification $classificationReason, and opens it again', async (fields) => {
      const before = await own();
      const closed = await change(before, { status: 'Closed', ...fields });
      expect(closed).toMatchObject({ status: 'Closed', ...fields, owner: dana, labels: ['kept'] });
      const relabelled = await change(closed, { labels: ['kept', 'done'] });
      expect(relabelled).toMatchObject({ status: 'Closed', ...fields, labels: ['kept', 'done'] });
      const opened = await change(relabelled, { status: 'Active' });
      expect(opened.status).toBe('Active');
      expect([opened.classification, opened.classificationReason, opened.classificationComment]).toEqual([undefined, undefined, undefined]);
    });

    it.each<[string, IncidentFields]>([
      ['no classification', { status: 'Closed' }],
      ['no reason where one is needed', { status: 'Closed', classification: 'TruePositive' }],
      ['the reason of another classification', { status: 'Closed', classification: 'FalsePositive', classificationReason: 'SuspiciousActivity' }],
    ])('does not close it with %s', async (_what, fields) => {
      const before = await own();
      expect(await refusal(change(before, fields))).toMatchObject({ kind: 'refused' });
      expect((await get(before.number)).incident).toEqual(before);
    });

    it('keeps what someone else wrote to other fields meanwhile', async () => {
      const seen = await own();
      await change(seen, { severity: 'High', labels: ['theirs'] });
      const after = await change(seen, { status: 'Active', labels: ['kept', 'mine'] });
      expect(after).toMatchObject({ severity: 'High', status: 'Active', labels: ['theirs', 'mine'] });
    });

    it('to what someone else has written already is no conflict', async () => {
      const seen = await own();
      await change(seen, { owner: me, severity: 'High' });
      expect(await change(seen, { owner: me, severity: 'High' })).toMatchObject({ owner: me, severity: 'High' });
    });

    it('of what someone else gave another value is a conflict, and nothing is written', async () => {
      const seen = await own();
      const theirs = await change(seen, { severity: 'High', status: 'Active' });
      const data = await refusal(change(seen, { severity: 'Low', labels: ['mine'] }));
      const fields = [{ name: 'severity', base: 'Medium', theirs: 'High', ours: 'Low' }];
      expect(data).toEqual({ kind: 'incidentConflict', number: seen.number, fields });
      expect((await get(seen.number)).incident).toEqual(theirs);
      // Who has looked at it again may decide.
      expect(await change(theirs, { severity: 'Low' })).toMatchObject({ severity: 'Low', status: 'Active' });
    });

    it('of an incident that is not there finds none', async () => {
      const missing = incident({ number: 999 });
      expect(await refusal(change(missing, { severity: 'High' }))).toMatchObject({ kind: 'notFound', what: 'incident', name: '#999' });
    });
  });

  describe(`a comment on an incident of ${kind}`, () => {
    it('is the last, and counted', async () => {
      const { number } = await own();
      await comment(number, 'First: **looked** at it.');
      const after = await comment(number, 'Second, with "quotes" and an emoji 🔎.');
      expect(after.comments.map(({ message }) => message)).toEqual(['First: **looked** at it.', 'Second, with "quotes" and an emoji 🔎.']);
      expect(after.comments.every(({ author, createdTime }) => author !== '' && !Number.isNaN(Date.parse(createdTime)))).toBe(true);
      expect(after.incident.commentCount).toBe(2);
      expect(await get(number)).toEqual(after);
    });

    it('stands in the way of no change', async () => {
      const seen = await own();
      await comment(seen.number, 'Meanwhile.');
      expect(await change(seen, { severity: 'High' })).toMatchObject({ severity: 'High', commentCount: 1 });
    });

    it.each<[string, string]>([
      ['empty', ' \n'],
      ['longer than 30,000 characters', 'x'.repeat(30_001)],
    ])('that is %s is refused', async (_what, message) => {
      const before = await own();
      expect(await refusal(comment(before.number, message))).toMatchObject({ kind: 'refused' });
      expect((await get(before.number)).comments).toEqual([]);
    });

    it('may have 30,000 characters', async () => {
      const { number } = await own();
      const message = 'y'.repeat(30_000);
      expect((await comment(number, message)).comments.at(-1)?.message).toBe(message);
    });

    it('is the hundredth at most', async () => {
      const { number } = await own();
      await workspace.fillComments(number, 99);
      expect((await comment(number, 'the hundredth')).comments).toHaveLength(100);
      const data = await refusal(comment(number, 'one more'));
      expect(data).toMatchObject({ kind: 'refused', message: expect.stringContaining('has 100 comments') as string });
      expect((await get(number)).comments).toHaveLength(100);
    });

    it('on an incident that is not there finds none', async () => {
      expect(await refusal(comment(999, 'nobody'))).toMatchObject({ kind: 'notFound', what: 'incident', name: '#999' });
    });
  });

  it(`an incident of ${kind} that is not there is not found`, async () => {
    expect(await refusal(get(999))).toMatchObject({ kind: 'notFound', what: 'incident', name: '#999' });
  });
}

export async function refusal(work: Promise<unknown>): Promise<HuntErrorData> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof HuntError) return thrown.data;
    throw thrown;
  }
  return expect.fail('nothing was refused');
}
