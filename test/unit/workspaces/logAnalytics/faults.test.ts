import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HuntError, type HuntErrorKind } from '../../../../src/common/errors';
import { type Emulator, startEmulator } from '../../../emulator/emulator';
import type { Fault, FaultEffect } from '../../../emulator/http/faults';
import { smallWorld } from '../../emulator/smallWorld';
import { AzureEngine, failureOf, noPause } from './azureEngine';

/** Long enough for what comes; a machine may be busy. */
const patient = { connectMs: 2_000, answerMs: 1_500, idleMs: 700, bodyMs: 1_500 };
/** Where nothing comes, so that it ends soon. */
const impatient = { answerMs: 200, bodyMs: 300 };
const timeouts = { ...patient };
const tuning = { timeouts, graceMs: 0, pause: noPause };
/** The longest of these times one after the other, twice for one more try, and ten seconds. */
const MOST_MS = 2 * 4_000 + 10_000;

let emulator: Emulator;
let engine: AzureEngine;
let workspaceId: string;
beforeAll(async () => {
  emulator = await startEmulator({ world: smallWorld });
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
  emulator.tokens.allowAll();
  emulator.clock.skewMs = 0;
});

type Call = 'query' | 'metadata' | 'discover';

/** What was there before and must be there after. */
interface Kept {
  readonly resultId: string;
  readonly tables: number;
}

async function keep(): Promise<Kept> {
  const { resultId } = await engine.result('Heartbeat | take 3');
  const { tables } = await engine.client.call('schema', { workspaceId });
  return { resultId, tables: tables.length };
}

async function expectKept({ resultId, tables }: Kept): Promise<void> {
  const page = await engine.client.call('readPage', { resultId, view: { sort: [], filter: '' }, offset: 0, count: 10 });
  expect(page.rows).toHaveLength(3);
  expect((await engine.client.call('schema', { workspaceId })).tables).toHaveLength(tables);
}

/** Does a call; what a directory could not read counts as its failure. */
async function outcome(call: Call): Promise<HuntError | 'fine'> {
  try {
    if (call === 'query') await engine.result('Heartbeat | summarize count() by Computer', { serverTimeoutSeconds: 1, fresh: true });
    else if (call === 'metadata') await engine.client.call('schema', { workspaceId, fresh: true });
    else {
      const { problems, workspaces } = await engine.client.call('discover', engine.connection);
      if (problems.length > 0) return new HuntError({ kind: 'refused', message: problems.map(({ message }) => message).join('\n') });
      if (workspaces.length === 0) throw new Error('silently nothing');
    }
    return 'fine';
  } catch (thrown) {
    if (thrown instanceof HuntError) return thrown;
    throw thrown;
  }
}

const routes: Readonly<Record<Call, Fault['on']>> = { query: 'query', metadata: 'metadata', discover: 'arm' };

interface Case {
  readonly name: string;
  readonly effect: FaultEffect;
  readonly times?: number;
  /** What it ends in; `fine` for what passes without anybody noticing. */
  readonly ends: HuntErrorKind | 'fine';
  /** In words of the message. */
  readonly says?: RegExp;
  /** The answer never comes, or never ends. */
  readonly isEndless?: boolean;
}

const noAccess = { error: { code: 'InsufficientAccessError', message: 'No access.' } };
const always = Number.POSITIVE_INFINITY;
const cases: readonly Case[] = [
  { name: 'a slow answer', effect: { kind: 'latency', ms: 150 }, ends: 'fine' },
  { name: 'no answer', effect: { kind: 'hold' }, times: always, ends: 'timeout', says: /gave no answer within/u, isEndless: true },
  { name: '429 with a time', effect: { kind: 'throttle', retryAfter: 1 }, ends: 'fine' },
  { name: '429 that lasts', effect: { kind: 'throttle', retryAfter: 600 }, times: always, ends: 'throttled', says: /busy.*Try again in 600 s/u },
  { name: '500 once', effect: { kind: 'status', status: 500 }, ends: 'fine' },
  { name: '500 that lasts', effect: { kind: 'status', status: 500 }, times: always, ends: 'service', says: /answered 500/u },
  { name: '502 once', effect: { kind: 'status', status: 502 }, ends: 'fine' },
  { name: '502 that lasts', effect: { kind: 'status', status: 502 }, times: always, ends: 'service', says: /answered 502/u },
  { name: '504', effect: { kind: 'status', status: 504 }, times: always, ends: 'timeout', says: /gave no answer within/u },
  { name: 'a reset before the answer', effect: { kind: 'refuse' }, times: always, ends: 'network', says: /connection broke/iu },
  { name: 'a reset in the middle of the answer', effect: { kind: 'reset', afterBytes: 40 }, times: always, ends: 'network', says: /broke|damaged/iu },
  { name: 'an answer cut short', effect: { kind: 'truncate', afterBytes: 40 }, times: always, ends: 'network' },
  { name: 'no JSON', effect: { kind: 'malformed' }, times: always, ends: 'network' },
  {
    name: 'a trickle',
    effect: { kind: 'trickle', bytes: 1, everyMs: 50 },
    times: always,
    ends: 'network',
    says: /not complete after 0.3 s/u,
    isEndless: true,
  },
  { name: '401 once', effect: { kind: 'unauthorized' }, ends: 'fine' },
  { name: '401 that lasts', effect: { kind: 'unauthorized' }, times: always, ends: 'signInNeeded', says: /sign in/iu },
  { name: 'a claims challenge', effect: { kind: 'unauthorized', claims: '{"access_token":{"acrs":{"value":"c1"}}}' }, ends: 'fine' },
  { name: '403', effect: { kind: 'status', status: 403, body: noAccess }, times: always, ends: 'forbidden', says: /role ".*Reader/u },
];

describe.each(['query', 'metadata', 'discover'] as const)('%s', (call) => {
  it.each(cases)('and $name', async ({ effect, times, ends, says, isEndless = false }) => {
    const kept = await keep();
    if (isEndless) Object.assign(timeouts, impatient);
    emulator.faults.add({ on: routes[call], effect, ...(times === undefined ? {} : { times }) });
    const started = performance.now();
    const ended = await outcome(call);
    expect(performance.now() - started).toBeLessThan(MOST_MS);
    emulator.faults.clear();
    Object.assign(timeouts, patient);
    if (ends === 'fine') expect(ended).toBe('fine');
    else {
      expect(ended).toBeInstanceOf(HuntError);
      if (!(ended instanceof HuntError)) return;
      // The problems of a directory are told together.
      if (call !== 'discover' || ended.data.kind !== 'refused') expect(ended.data.kind).toBe(ends);
      if (says) expect(ended.message).toMatch(says);
      expect(ended.message).not.toMatch(/undefined|\[object|\bError:/u);
    }
    await expectKept(kept);
    expect(leftovers()).toEqual([]);
    // Whatever it was, the next call goes well.
    expect(await outcome(call)).toBe('fine');
  });
});

/** Files of answers that nobody needs any more. */
function leftovers(): readonly string[] {
  const folder = path.join(engine.storage, 'processes', String(process.pid), 'answers');
  return readdirSync(folder);
}

describe('a token', () => {
  it('that ends in mid-run is replaced once', async () => {
    await engine.result('print 1');
    emulator.tokens.expireAll();
    engine.asked.length = 0;
    expect(await outcome('query')).toBe('fine');
    expect(engine.asked).toHaveLength(1);
    expect(engine.asked[0]).toMatchObject({ forceRefresh: true });
    expect(engine.asked[0]?.wwwAuthenticate).toContain('invalid_token');
  });

  it('that must satisfy new claims is asked for with them', async () => {
    emulator.tokens.requireClaims();
    engine.asked.length = 0;
    expect(await outcome('query')).toBe('fine');
    expect(engine.asked).toHaveLength(1);
    expect(engine.asked[0]?.wwwAuthenticate).toContain('insufficient_claims');
  });

  it('is kept for the next call', async () => {
    await outcome('query');
    engine.asked.length = 0;
    expect(await outcome('query')).toBe('fine');
    expect(engine.asked).toEqual([]);
  });

  it('refused by a clock that is wrong says so', async () => {
    emulator.clock.skewMs = 3 * 3_600_000;
    emulator.faults.add({ on: 'query', effect: { kind: 'unauthorized' }, times: always });
    const ended = await outcome('query');
    expect(ended).toBeInstanceOf(HuntError);
    expect((ended as HuntError).message).toMatch(/clock of this machine is 180 minutes behind/u);
  });
});

describe('a schema that changes between two calls', () => {
  it('is read anew and told of', async () => {
    await emulator.workspace('contoso-ops').setTable({ name: 'Fresh_CL', kql: 'print TimeGenerated = now(), A = 1' });
    engine.changedSchemas.length = 0;
    const { tables } = await engine.client.call('schema', { workspaceId, fresh: true });
    expect(tables.map(({ name }) => name)).toEqual(['Fresh_CL', 'Heartbeat']);
    expect(engine.changedSchemas).toEqual([workspaceId]);
    emulator.workspace('contoso-ops').removeTable('Fresh_CL');
  });
});

describe('nothing that is written', () => {
  it('holds a token', async () => {
    const planted = 'planted-token-5d1f6c';
    const { answer } = engine;
    const second = await AzureEngine.open(emulator, tuning);
    second.answer = async (request) => ({ ...(await answer(request)), token: `${planted}.${(await answer(request)).token}` });
    const messages: string[] = [];
    for (const effect of [undefined, { kind: 'unauthorized' }, { kind: 'malformed' }, { kind: 'refuse' }] as const) {
      if (effect) emulator.faults.add({ on: 'all', effect, times: always });
      const error = await failureOf(second.connect('contoso-ops'));
      messages.push(JSON.stringify([error.data, error.message, error.stack, String(error.cause)]));
      emulator.faults.clear();
    }
    expect(messages.join('\n')).not.toContain(planted);
    expect(textsBelow(second.storage).join('\n')).not.toContain(planted);
    second.close();
  });
});

function textsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) =>
    entry.isFile() ? [readFileSync(path.join(entry.parentPath, entry.name), 'latin1')] : [],
  );
}

describe('a compressed answer', () => {
  it.each([
    ['reset', { kind: 'reset', afterBytes: 3_000 }],
    ['cut short', { kind: 'truncate', afterBytes: 3_000 }],
  ] as const)('that is %s in the middle is noticed at once', async (_name, effect) => {
    const compressed = await startEmulator({ world: smallWorld, gzip: true });
    const other = await AzureEngine.open(compressed, { timeouts: { idleMs: 60_000 } });
    try {
      await other.connect('contoso-ops');
      compressed.faults.add({ on: 'query', effect, times: always });
      const started = performance.now();
      const error = await other.failure('Heartbeat | extend Noise = hash_sha256(tostring(TimeGenerated))');
      expect(error.data.kind).toBe('network');
      // Far sooner than the time after which a silent connection is given up.
      expect(performance.now() - started).toBeLessThan(30_000);
    } finally {
      other.close();
      await compressed.close();
    }
  });
});
