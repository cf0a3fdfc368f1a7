import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HuntErrorKind } from '../../../../src/common/errors';
import type { Incident, IncidentDetails } from '../../../../src/common/incidents';
import { type Emulator, startEmulator } from '../../../emulator/emulator';
import type { FaultEffect } from '../../../emulator/http/faults';
import { smallWorld } from '../../emulator/smallWorld';
import { details, incident } from '../incidents';
import { AzureEngine, failureOf, noPause } from './azureEngine';

/** Long enough for what comes; a machine may be busy. */
const patient = { connectMs: 2_000, answerMs: 800, idleMs: 500, bodyMs: 800 };
/** Where nothing comes, so that it ends soon. */
const impatient = { answerMs: 200, bodyMs: 300 };
const timeouts = { ...patient };
const tuning = { timeouts, incidentWaitMs: 1_500, pause: noPause };
/** Reading, writing and looking for what was written, each with all of these times, and ten seconds. */
const MOST_MS = 3 * 5_600 + 10_000;
const NUMBER = 7;

let emulator: Emulator;
let engine: AzureEngine;
let workspaceId: string;
beforeAll(async () => {
  emulator = await startEmulator({
    world: {
      ...smallWorld,
      workspaces: smallWorld.workspaces.map((workspace) =>
        workspace.name === 'contoso-ops' ? { ...workspace, sentinel: true, incidents: [details(incident({ number: NUMBER }))] } : workspace,
      ),
    },
  });
  engine = await AzureEngine.open(emulator, tuning);
  workspaceId = await engine.connect('contoso-ops');
});
afterAll(async () => {
  engine.close();
  await emulator.close();
});
afterEach(() => {
  emulator.faults.clear();
  Object.assign(timeouts, patient);
});

type Call = 'list' | 'get' | 'change' | 'comment';

async function get(): Promise<IncidentDetails> {
  return engine.client.call('getIncident', { workspaceId, number: NUMBER });
}

/** Does a call on an incident as it was before. */
async function work(call: Call, { incident: base }: IncidentDetails, from = engine): Promise<Incident> {
  const { client } = from;
  switch (call) {
    case 'list': {
      const query = { orderBy: 'number', descending: true, top: 10 } as const;
      const { incidents } = await client.call('listIncidents', { workspaceId, query });
      if (incidents[0] === undefined) throw new Error('silently nothing');
      return incidents[0];
    }
    case 'get':
      return (await client.call('getIncident', { workspaceId, number: NUMBER })).incident;
    case 'change': {
      const fields = { severity: otherSeverity(base), labels: [...base.labels, `l${base.labels.length}`] };
      return client.call('changeIncident', { workspaceId, number: NUMBER, change: { base, fields } });
    }
    case 'comment':
      return (await client.call('addComment', { workspaceId, number: NUMBER, message: `After ${base.commentCount}.` })).incident;
  }
}

function otherSeverity({ severity }: Incident): Incident['severity'] {
  return severity === 'High' ? 'Low' : 'High';
}

/** The incident is as it was, or wholly as it was to be. */
async function expectWhole(call: Call, before: IncidentDetails, isWritten: boolean): Promise<void> {
  const now = await get();
  if (call === 'comment' && isWritten) {
    expect(now.comments).toHaveLength(before.comments.length + 1);
    expect(now.comments.at(-1)?.message).toBe(`After ${before.incident.commentCount}.`);
  } else if (call === 'change' && isWritten) {
    const { severity, labels } = now.incident;
    expect([severity, labels]).toEqual([otherSeverity(before.incident), [...before.incident.labels, `l${before.incident.labels.length}`]]);
  } else {
    expect(now).toEqual(before);
  }
}

interface Case {
  readonly name: string;
  readonly effect: FaultEffect;
  readonly times?: number;
  /** What reading ends in; `fine` for what passes without anybody noticing. */
  readonly reads: HuntErrorKind | 'fine';
  /** What writing ends in, where it is another thing: where the answer alone is broken, what was written is found. */
  readonly writes?: HuntErrorKind | 'fine';
  /** In words of the message. */
  readonly says?: RegExp;
  /** The answer never comes, or never ends. */
  readonly isEndless?: boolean;
}

const noAccess = { error: { code: 'AuthorizationFailed', message: 'No access.' } };
const always = Number.POSITIVE_INFINITY;
const cases: readonly Case[] = [
  { name: 'a slow answer', effect: { kind: 'latency', ms: 150 }, reads: 'fine' },
  { name: 'no answer', effect: { kind: 'hold' }, times: always, reads: 'timeout', says: /gave no answer within 0.2 s/u, isEndless: true },
  { name: '429 with a time', effect: { kind: 'throttle', retryAfter: 1 }, reads: 'fine' },
  { name: '429 with a long time', effect: { kind: 'throttle', retryAfter: 30 }, reads: 'throttled', says: /busy.*Try again in 30 s/u },
  { name: '429 without a time', effect: { kind: 'throttle' }, times: always, reads: 'throttled', says: /busy.*Try again in a minute/u },
  { name: '500 once', effect: { kind: 'status', status: 500 }, reads: 'fine' },
  { name: '500 that lasts', effect: { kind: 'status', status: 500 }, times: always, reads: 'service', says: /Microsoft Sentinel answered 500/u },
  { name: '502 that lasts', effect: { kind: 'status', status: 502 }, times: always, reads: 'service', says: /Microsoft Sentinel answered 502/u },
  { name: '504', effect: { kind: 'status', status: 504 }, times: always, reads: 'timeout', says: /gave no answer within/u },
  { name: 'a reset before the answer', effect: { kind: 'refuse' }, times: always, reads: 'network', says: /connection broke/iu },
  {
    name: 'a reset in the middle of the answer',
    effect: { kind: 'reset', afterBytes: 40 },
    times: always,
    reads: 'network',
    writes: 'fine',
    says: /broke|damaged/iu,
  },
  { name: 'an answer cut short', effect: { kind: 'truncate', afterBytes: 40 }, times: always, reads: 'network', writes: 'fine', says: /damaged/u },
  { name: 'no JSON', effect: { kind: 'malformed' }, times: always, reads: 'network', writes: 'fine', says: /damaged/u },
  {
    name: "a proxy's page",
    effect: { kind: 'status', status: 200, body: '<html>Sign in</html>' },
    times: always,
    reads: 'network',
    says: /not JSON/u,
  },
  {
    name: 'a trickle',
    effect: { kind: 'trickle', bytes: 1, everyMs: 50 },
    times: always,
    reads: 'network',
    writes: 'fine',
    says: /not complete after 0.3 s/u,
    isEndless: true,
  },
  { name: '401 once', effect: { kind: 'unauthorized' }, reads: 'fine' },
  { name: '401 that lasts', effect: { kind: 'unauthorized' }, times: always, reads: 'signInNeeded', says: /sign in/iu },
  { name: 'a claims challenge', effect: { kind: 'unauthorized', claims: '{"access_token":{"acrs":{"value":"c1"}}}' }, reads: 'fine' },
  {
    name: '403',
    effect: { kind: 'status', status: 403, body: noAccess },
    times: always,
    reads: 'forbidden',
    says: /role "Microsoft Sentinel (?:Reader|Responder)"/u,
  },
];

describe.each<Call>(['list', 'get', 'change', 'comment'])('%s', (call) => {
  const isWrite = call === 'change' || call === 'comment';

  it.each(cases)('and $name', async ({ effect, times, reads, writes, says, isEndless = false }) => {
    const before = await get();
    if (isEndless) Object.assign(timeouts, impatient);
    const ends = isWrite ? (writes ?? reads) : reads;
    emulator.faults.add({ on: 'incidents', effect, ...(times === undefined ? {} : { times }), ...(isWrite ? { method: 'PUT' } : {}) });
    const started = performance.now();
    if (ends === 'fine') {
      await work(call, before);
    } else {
      const error = await failureOf(work(call, before));
      expect(error.data.kind).toBe(ends);
      if (says) expect(error.message).toMatch(says);
      expect(error.message).not.toMatch(/undefined|\[object|\bError:/u);
    }
    expect(performance.now() - started).toBeLessThan(MOST_MS);
    emulator.faults.clear();
    Object.assign(timeouts, patient);
    await expectWhole(call, before, isWrite && ends === 'fine');
    // Whatever it was, the next call goes well.
    await work(call, await get());
  });
});

describe('a write that is broken off at its reading', () => {
  it.each<Call>(['change', 'comment'])('%s says so and sends nothing', async (call) => {
    const before = await get();
    emulator.requests.clear();
    emulator.faults.add({ on: 'incidents', effect: { kind: 'malformed' }, times: always });
    expect((await failureOf(work(call, before))).data.kind).toBe('network');
    emulator.faults.clear();
    expect(emulator.requests.of('incidents').filter(({ method }) => method === 'PUT')).toEqual([]);
    await expectWhole(call, before, false);
  });
});

describe('an error', () => {
  it('holds no token, however deep it is looked into', async () => {
    const before = await get();
    const second = await AzureEngine.open(emulator, tuning);
    const given: string[] = [];
    const { answer } = second;
    second.answer = async (request) => {
      const token = await answer(request);
      given.push(token.token);
      return token;
    };
    await second.connect('contoso-ops');
    const effects: readonly FaultEffect[] = [{ kind: 'unauthorized' }, { kind: 'malformed' }, { kind: 'refuse' }, { kind: 'status', status: 403 }];
    for (const effect of effects) {
      emulator.faults.add({ on: 'incidents', effect, times: always });
      for (const call of ['list', 'get', 'change', 'comment'] as const) {
        const error = await failureOf(work(call, before, second));
        const text = `${inspect(error, { depth: 12 })} ${JSON.stringify(error.data)}`;
        expect(given.filter((token) => text.includes(token))).toEqual([]);
      }
      emulator.faults.clear();
    }
    expect(given).not.toEqual([]);
    second.close();
  });
});
