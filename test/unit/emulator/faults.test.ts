import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import type { FaultEffect } from '../../emulator/http/faults';
import type { RouteClass } from '../../emulator/http/messages';
import { ids } from '../../emulator/world/defaultWorld';
import { type RawAnswer, RawClient } from './rawClient';
import { smallWorld } from './smallWorld';

let emulator: Emulator;
let raw: RawClient;
beforeAll(async () => {
  emulator = await startEmulator({ world: smallWorld });
  raw = new RawClient(emulator);
});
afterAll(() => emulator.close());
afterEach(() => emulator.faults.clear());

const requests: Readonly<Partial<Record<RouteClass, () => Promise<RawAnswer>>>> = {
  query: () => raw.query(ids.contosoOps, { query: 'Heartbeat | take 5' }),
  metadata: () => raw.logs(`/v1/workspaces/${ids.contosoOps}/metadata`),
  arm: () => raw.arm('/tenants?api-version=2022-12-01'),
  incidents: () => raw.arm(`${emulator.workspace('contoso-new').resourceId}/providers/Microsoft.SecurityInsights/incidents?api-version=2022-09-01-preview`),
  token: () => raw.send(`/${ids.contoso}/v2.0/.well-known/openid-configuration`),
};

const effects: readonly (readonly [string, FaultEffect, (answer: Promise<RawAnswer>) => Promise<void>])[] = [
  ['500', { kind: 'status', status: 500 }, async (answer) => expect((await answer).status).toBe(500)],
  ['502', { kind: 'status', status: 502 }, async (answer) => expect((await answer).status).toBe(502)],
  [
    'a page of a gateway',
    { kind: 'status', status: 502, body: '<html>Bad gateway</html>' },
    async (answer) => expect(await answer).toMatchObject({ status: 502, text: '<html>Bad gateway</html>' }),
  ],
  ['504', { kind: 'status', status: 504 }, async (answer) => expect((await answer).status).toBe(504)],
  [
    '429 with Retry-After',
    { kind: 'throttle', retryAfter: 7 },
    async (answer) => expect(await answer).toMatchObject({ status: 429, headers: { 'retry-after': '7' } }),
  ],
  ['429 without', { kind: 'throttle' }, async (answer) => expect((await answer).headers['retry-after']).toBeUndefined()],
  ['a reset before the answer', { kind: 'refuse' }, async (answer) => expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' })],
  [
    'a reset in the middle of the body',
    { kind: 'reset', afterBytes: 5 },
    async (answer) => expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' }),
  ],
  ['a truncated body', { kind: 'truncate', afterBytes: 9 }, async (answer) => expect(Buffer.byteLength((await answer).text)).toBe(9)],
  ['a body that is no JSON', { kind: 'malformed' }, async (answer) => expect((await answer).json).toThrow(SyntaxError)],
  [
    'a challenge',
    { kind: 'unauthorized', claims: '{"a":1}' },
    async (answer) => expect((await answer).headers['www-authenticate']).toContain(`claims="${Buffer.from('{"a":1}').toString('base64')}"`),
  ],
];

describe.each(Object.keys(requests) as RouteClass[])('a fault on %s', (kind) => {
  const ask = async () => requests[kind]!();

  it.each(effects)('is %s, once', async (_, effect, isHit) => {
    emulator.faults.add({ on: kind, effect });
    await isHit(ask());
    expect(emulator.faults.armed).toBe(0);
    expect((await ask()).status).toBe(200);
  });

  it('delays', async () => {
    emulator.faults.add({ on: kind, effect: { kind: 'latency', ms: 50 } });
    const started = performance.now();
    expect((await ask()).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(49);
  });

  it('lets the body trickle, whole', async () => {
    const whole = await ask();
    emulator.faults.add({ on: kind, effect: { kind: 'trickle', bytes: 100, everyMs: 1 } });
    expect((await ask()).text).toBe(whole.text);
  });
});

describe('faults', () => {
  it('hit the requests they name, after those they let pass', async () => {
    emulator.faults.add({ on: 'arm', path: /^\/tenants/u, method: 'GET', after: 1, times: 2, effect: { kind: 'status', status: 503 } });
    const statuses: number[] = [];
    for (let index = 0; index < 4; index++) statuses.push((await requests.arm!()).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
    expect((await raw.arm('/subscriptions?api-version=2022-12-01')).status).toBe(200);
  });

  it('make an answer partial', async () => {
    emulator.faults.add({ on: 'query', effect: { kind: 'partial', message: 'out of memory' } });
    expect((await requests.query!()).json()).toMatchObject({
      tables: [{ rows: { length: 5 } }],
      error: { code: 'PartialError', details: [{ innererror: { message: 'out of memory' } }] },
    });
  });

  it('hold an answer back until it is released', async () => {
    emulator.faults.add({ on: 'metadata', effect: { kind: 'hold' } });
    const answer = requests.metadata!();
    await emulator.faults.untilHeld(1);
    expect(emulator.requests.of('metadata').at(-1)).toMatchObject({ outcome: 'running', fault: 'hold' });
    emulator.faults.release();
    expect((await answer).status).toBe(200);
  });
});
