import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { ids } from '../../emulator/world/defaultWorld';
import { RawClient } from './rawClient';
import { smallWorld } from './smallWorld';

const OPS = ids.contosoOps;

let emulator: Emulator;
let raw: RawClient;
beforeAll(async () => {
  emulator = await startEmulator({ world: smallWorld, limits: { rows: 1000, bytes: 4096, requests: 30, queued: 3 } });
  raw = new RawClient(emulator);
});
afterAll(() => emulator.close());
afterEach(() => {
  emulator.faults.clear();
  // Requests of other tests are out of the window.
  emulator.clock.advance(60_000);
});

describe('the limits of an answer', () => {
  it('cut it at the number of records, and say so', async () => {
    const answer = await raw.query(OPS, { query: 'range i from 1 to 1001 step 1 | project a = 1' });
    expect(answer.status).toBe(200);
    const { tables, error } = answer.json() as { tables: { rows: unknown[] }[]; error: unknown };
    expect(tables[0]?.rows).toHaveLength(1000);
    expect(error).toMatchObject({ code: 'PartialError', details: [{ code: 'EngineError', innererror: { message: expect.stringContaining('1000 records') } }] });
    const whole = await raw.query(OPS, { query: 'range i from 1 to 1000 step 1 | project a = 1' });
    expect(whole.json()).not.toHaveProperty('error');
  });

  it('cut it at the number of bytes, between two rows', async () => {
    const answer = await raw.query(OPS, { query: 'range i from 1 to 500 step 1 | project a = "0123456789"' });
    const { tables, error } = answer.json() as { tables: { rows: unknown[] }[]; error: unknown };
    // A row is ["0123456789"], with its comma 15 bytes.
    expect(tables[0]?.rows).toHaveLength(Math.floor(4096 / 15));
    expect(error).toMatchObject({ code: 'PartialError' });
  });
});

describe('the cache', () => {
  const query = 'print made = now()';
  const ask = async (headers = {}) => {
    const answer = await raw.query(OPS, { query }, headers);
    return { age: answer.headers.age, text: answer.text };
  };

  it('answers for two minutes, says how old the answer is, and is left out on demand', async () => {
    const first = await ask();
    expect(first.age).toBeUndefined();
    emulator.clock.advance(45_000);
    expect(await ask()).toEqual({ ...first, age: '45' });
    const fresh = await ask({ 'cache-control': 'no-cache' });
    expect(fresh.age).toBeUndefined();
    expect(fresh.text).not.toBe(first.text);
    emulator.clock.advance(121_000);
    expect((await ask()).age).toBeUndefined();
  });
});

describe('the number of queries', () => {
  it('at once is five; others wait, and beyond the queue are refused', async () => {
    emulator.faults.add({ on: 'query', effect: { kind: 'hold', part: 'body' }, times: Infinity });
    const answers = Array.from({ length: 9 }, (_, index) => raw.query(OPS, { query: `print busy = ${index}` }));
    await emulator.faults.untilHeld(5);
    await emulator.requests.until((log) => log.some(({ status }) => status === 429));
    expect(emulator.logs.gate.queued).toBe(3);
    // The first five and the refused one; then those that waited.
    await emulator.faults.untilHeld(6);
    emulator.faults.release();
    await emulator.faults.untilHeld(3);
    emulator.faults.release();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(8);
    expect(emulator.logs.gate.peak).toBe(5);
  });

  it('in half a minute is limited, and the answer says when to come back', async () => {
    for (let index = 0; index < 30; index++) expect((await raw.query(OPS, { query: `print n = ${index}` })).status).toBe(200);
    emulator.clock.advance(20_000);
    const refused = await raw.query(OPS, { query: 'print n = 31' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(10);
    expect(refused.json()).toMatchObject({ error: { code: 'ThrottledError' } });
    emulator.clock.advance(10_000);
    expect((await raw.query(OPS, { query: 'print n = 32' })).status).toBe(200);
  });
});
