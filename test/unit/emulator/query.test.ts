import { LogsQueryClient } from '@azure/monitor-query-logs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { ids } from '../../emulator/world/defaultWorld';
import { smallWorld } from './smallWorld';
import { RawClient } from './rawClient';

let emulator: Emulator;
let raw: RawClient;
beforeAll(async () => {
  emulator = await startEmulator({ world: smallWorld });
  raw = new RawClient(emulator);
});
afterAll(() => emulator.close());

describe('the SDK client', () => {
  it('gets the rows of a query', async () => {
    const credential = { getToken: async () => ({ token: emulator.token('logs'), expiresOnTimestamp: Date.now() + 3_600_000 }) };
    const client = new LogsQueryClient(credential, { endpoint: `${emulator.url}/v1`, tlsOptions: { ca: emulator.ca } });
    const answer = await client.queryWorkspace(ids.contosoOps, 'Heartbeat | count', { duration: 'P30D' });
    expect(answer).toMatchObject({ status: 'Success', tables: [{ columnDescriptors: [{ name: 'Count', type: 'long' }], rows: [[100]] }] });
  });
});

describe('errors of a query', () => {
  // Recorded by the Azure SDK's own tests: the position counts from 0, the line from 1.
  it('say where a text cannot be parsed', async () => {
    const { status, text } = await raw.query(ids.contosoOps, { query: 'completely invalid syntax' });
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({
      error: {
        code: 'BadArgumentError',
        innererror: { code: 'SyntaxError', innererror: { code: 'SYN0002', line: 1, pos: 11, token: 'invalid' } },
      },
    });
  });
});
