import { LogsQueryClient } from '@azure/monitor-query-logs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { ids } from '../../emulator/world/defaultWorld';
import { RawClient } from './rawClient';
import { smallWorld } from './smallWorld';

let emulator: Emulator;
let raw: RawClient;
beforeAll(async () => {
  emulator = await startEmulator({ world: smallWorld });
  raw = new RawClient(emulator);
});
afterAll(() => emulator.close());
afterEach(() => {
  emulator.faults.clear();
  emulator.workspace('contoso-ops').denied.clear();
});

const OPS = ids.contosoOps;

function sdkClient(): LogsQueryClient {
  const credential = { getToken: async () => ({ token: emulator.token('logs'), expiresOnTimestamp: Date.now() + 3_600_000 }) };
  return new LogsQueryClient(credential, { endpoint: `${emulator.url}/v1`, tlsOptions: { ca: emulator.ca } });
}

interface Answer {
  readonly tables: readonly { readonly columns: readonly { readonly type: string }[]; readonly rows: readonly (readonly unknown[])[] }[];
}

async function rowsOf(query: string, body: object = {}): Promise<readonly (readonly unknown[])[]> {
  const answer = await raw.query(OPS, { query, ...body });
  expect(answer.status, answer.text).toBe(200);
  return (answer.json() as Answer).tables[0]?.rows ?? [];
}

describe('an answer', () => {
  it('is what the SDK client takes', async () => {
    const answer = await sdkClient().queryWorkspace(OPS, 'Heartbeat | count', { duration: 'P30D' });
    expect(answer).toMatchObject({ status: 'Success', tables: [{ name: 'PrimaryResult', columnDescriptors: [{ name: 'Count', type: 'long' }], rows: [[100]] }] });
  });

  // As the API writes them: every type but numbers and truth values as text, a long with all its digits.
  it.each([
    ['true', 'bool', 'true'],
    ['int(5)', 'int', '5'],
    ['9223372036854775807', 'long', '9223372036854775807'],
    ['1.5', 'real', '1.5'],
    ['real(nan)', 'real', '"NaN"'],
    ['real(+inf)', 'real', '"Infinity"'],
    ['decimal(1.25)', 'decimal', '"1.25"'],
    ['"a \\"quoted\\" text"', 'string', '"a \\"quoted\\" text"'],
    ['datetime(2024-01-02)', 'datetime', '"2024-01-02T00:00:00Z"'],
    ['datetime(2024-01-02 03:04:05.1234500)', 'datetime', '"2024-01-02T03:04:05.12345Z"'],
    ['1.5h', 'timespan', '"01:30:00"'],
    ['guid(74be27de-1e4e-49d9-b579-fe0b331d3642)', 'guid', '"74be27de-1e4e-49d9-b579-fe0b331d3642"'],
    ['dynamic({"a":[1,"x"]})', 'dynamic', '"{\\"a\\":[1,\\"x\\"]}"'],
    ['dynamic("text")', 'dynamic', '"text"'],
    ['long(null)', 'long', 'null'],
    ['dynamic(null)', 'dynamic', 'null'],
  ])('holds %s', async (value, type, expected) => {
    const { text } = await raw.query(OPS, { query: `print v = ${value}` });
    expect(text).toBe(`{"tables":[{"name":"PrimaryResult","columns":[{"name":"v","type":"${type}"}],"rows":[[${expected}]]}]}`);
  });

  it('holds the wish of render, statistics and sources only for who prefers them', async () => {
    const query = 'Heartbeat | summarize count() by Computer | render barchart with (title="beats")';
    const plain = await raw.query(OPS, { query });
    expect(Object.keys(plain.json() as object)).toEqual(['tables']);
    const full = await raw.query(OPS, { query }, { prefer: 'wait=60, include-render=true, include-statistics=true, include-dataSources=true' });
    expect(full.json()).toMatchObject({
      render: { visualization: 'barchart', title: 'beats', yMin: 'NaN' },
      statistics: { query: { resourceUsage: { cpu: {} }, datasetStatistics: [{ table_row_count: 5 }] } },
      dataSources: [{ resourceId: emulator.workspace('contoso-ops').resourceId, tables: ['Heartbeat'] }],
    });
  });

  it('is restricted by the timespan', async () => {
    expect(await rowsOf('Heartbeat | count', { timespan: 'PT51M' })).toEqual([[10]]);
    const answer = await raw.query(OPS, { query: 'Heartbeat', timespan: 'a week' });
    expect(answer.json()).toMatchObject({ error: { code: 'BadArgumentError', innererror: { code: 'InvalidTimespan' } } });
  });

  it('is 204 from a workspace without data', async () => {
    const answer = await raw.query(ids.contosoNew, { query: 'print 1' });
    expect([answer.status, answer.text]).toEqual([204, '']);
  });

  it('comes by GET too', async () => {
    const answer = await raw.logs(`/v1/workspaces/${OPS}/query?query=${encodeURIComponent('Heartbeat | count')}`);
    expect(answer.json()).toMatchObject({ tables: [{ rows: [[100]] }] });
  });
});

describe('a query over several workspaces', () => {
  it('reads the union of tables of one name', async () => {
    await emulator.workspace('contoso-soc').setTable({ name: 'Heartbeat', kql: 'range i from 1 to 7 step 1 | project TimeGenerated = now(), Computer = "soc", Extra = i' });
    const query = 'Heartbeat | summarize count(), with_extra = countif(isnotnull(Extra)) by OSType | order by count_';
    expect(await rowsOf(query, { workspaces: [emulator.workspace('contoso-soc').resourceId] })).toEqual([
      ['Linux', 100, 0],
      ['', 7, 7],
    ]);
    expect(await rowsOf('Heartbeat | count', { workspaces: ['contoso-soc', OPS] })).toEqual([[107]]);
  });

  it('is refused when one is unknown, or of another tenant', async () => {
    const unknown = await raw.query(OPS, { query: 'print 1', workspaces: ['nowhere'] });
    expect(unknown.json()).toMatchObject({ error: { innererror: { message: expect.stringContaining('nowhere') } } });
    const foreign = await raw.query(OPS, { query: 'print 1', workspaces: [ids.fabrikamSoc] });
    expect(foreign.status).toBe(403);
    const many = Array.from({ length: 100 }, () => 'contoso-soc');
    expect((await raw.query(OPS, { query: 'print 1', workspaces: many })).status).toBe(400);
  });
});

describe('a query that cannot be answered', () => {
  // The first two are recorded by the Azure SDK's own tests: lines from 1, positions from 0.
  it.each([
    ['completely invalid syntax', { code: 'SyntaxError', innererror: { code: 'SYN0002', line: 1, pos: 11, token: 'invalid' } }],
    ["Heartbeat\n| wher Computer == 'x'", { code: 'SyntaxError', innererror: { code: 'SYN0002', line: 2, pos: 2, token: 'wher' } }],
    ['Heartbeat | where Foo == 1', { code: 'SemanticError', innererror: { code: 'SEM0100', message: "'where' operator: Failed to resolve column or scalar expression named 'Foo'" } }],
    ['Nothing | take 1', { code: 'SemanticError', innererror: { code: 'SEM0100', message: "'take' operator: Failed to resolve table or column expression named 'Nothing'" } }],
  ])('is 400 with the cause: %s', async (query, innererror) => {
    const answer = await raw.query(OPS, { query });
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({ error: { code: 'BadArgumentError', message: 'The request had some invalid properties', innererror } });
  });

  it('is 403 without the role, 404 for an unknown workspace', async () => {
    emulator.workspace(OPS).denied.add('query');
    expect((await raw.query(OPS, { query: 'Heartbeat' })).json()).toMatchObject({ error: { code: 'InsufficientAccessError' } });
    expect((await raw.query('00000000-0000-0000-0000-000000000000', { query: 'print 1' })).status).toBe(404);
  });

  it('is 504 when the server timeout is over', async () => {
    emulator.faults.add({ on: 'query', effect: { kind: 'hold' } });
    const answer = await raw.query(OPS, { query: 'Heartbeat' }, { prefer: 'wait=1' });
    expect(answer.status).toBe(504);
    expect(answer.json()).toMatchObject({ error: { code: 'GatewayTimeout' } });
  });

  it('stops when the client goes away', async () => {
    const leaving = new AbortController();
    const endless = 'range i from 1 to 100000000 step 1 | extend j = range(1, 100) | mv-expand j | summarize dcount(hash(strcat(i, j)))';
    const answer = raw.logs(`/v1/workspaces/${OPS}/query`, { method: 'POST', body: { query: endless }, signal: leaving.signal });
    const isThere = (outcome: string) => emulator.requests.until((log) => log.some(({ body, outcome: is }) => body?.includes('100000000') && is === outcome));
    await isThere('running');
    leaving.abort();
    await expect(answer).rejects.toThrow('aborted');
    await isThere('aborted');
    // Its place is free again, and the database too.
    expect(await rowsOf('Heartbeat | count')).toEqual([[100]]);
  });

  it('stops in the middle of the body too', async () => {
    const leaving = new AbortController();
    emulator.faults.add({ on: 'query', effect: { kind: 'hold', part: 'body' } });
    const answer = raw.logs(`/v1/workspaces/${OPS}/query`, { method: 'POST', body: { query: 'Heartbeat' }, signal: leaving.signal });
    await emulator.faults.untilHeld(1);
    leaving.abort();
    await expect(answer).rejects.toThrow('aborted');
    await emulator.requests.until((log) => log.at(-1)?.outcome === 'aborted');
    expect(emulator.faults.held).toBe(0);
    expect(emulator.requests.all().at(-1)).toMatchObject({ status: 200 });
    expect(emulator.requests.all().at(-1)).not.toHaveProperty('mistake');
  });

  it('ends with the emulator', async () => {
    const ending = await startEmulator({ world: smallWorld });
    const endless = 'range i from 1 to 100000000 step 1 | extend j = range(1, 100) | mv-expand j | summarize dcount(hash(strcat(i, j)))';
    const answer = new RawClient(ending).query(OPS, { query: endless });
    const refused = expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' });
    await ending.requests.until((log) => log.length === 1);
    await ending.close();
    await refused;
  });
});

describe('Basic and Auxiliary tables', () => {
  const search = (query: string, timespan = 'P1D') => raw.logs(`/v1/workspaces/${ids.contosoSoc}/search?timespan=${timespan}`, { method: 'POST', body: { query } });

  it.each(['ContainerLogV2', 'ProxyLogs_CL'])('%s is read by search alone', async (table) => {
    expect((await raw.query(ids.contosoSoc, { query: `${table} | take 1` })).status).toBe(400);
    const answer = await search(`${table} | count`);
    expect(answer.json()).toMatchObject({ tables: [{ rows: [[table === 'ContainerLogV2' ? 500 : 143]] }] });
  });

  it('are not joined', async () => {
    const answer = await search('ContainerLogV2 | join kind=inner (ProxyLogs_CL) on TenantId');
    expect(answer.json()).toMatchObject({ error: { innererror: { code: 'SingleTableOnly' } } });
  });
});

describe('metadata', () => {
  it('has tables with their columns, solutions and the workspace', async () => {
    const answer = await raw.logs(`/v1/workspaces/${OPS}/metadata`, { method: 'POST' });
    expect(answer.json()).toMatchObject({
      tables: [
        {
          name: 'Heartbeat',
          timespanColumn: 'TimeGenerated',
          columns: [{ name: 'TimeGenerated', type: 'datetime' }, { name: 'Computer', type: 'string', isPreferredFacet: true }, {}, {}, {}, {}],
          related: { solutions: ['LogManagement'] },
        },
      ],
      solutions: [{ name: 'LogManagement', related: { tables: ['Heartbeat'] } }],
      workspaces: [{ id: OPS, name: 'contoso-ops', region: 'westeurope' }],
    });
  });

  it('shows a schema that changed between two calls', async () => {
    const workspace = emulator.workspace('fabrikam-soc');
    const headers = { authorization: `Bearer ${emulator.token('logs', { tenantId: ids.fabrikam })}` };
    await workspace.setTable({ name: 'SecurityEvent', kql: 'SecurityEvent | project-rename User = Account | extend Added = 1' });
    const { text } = await raw.send(`/v1/workspaces/${workspace.id}/metadata`, { headers });
    expect(text).toContain('"name":"Added","type":"long"');
    const gone = await raw.query(workspace.id, { query: 'SecurityEvent | project Account' }, headers);
    expect(gone.status).toBe(400);
    expect((await raw.query(workspace.id, { query: 'SecurityEvent | project User, Added | take 1' }, headers)).status).toBe(200);
    workspace.removeTable('SecurityEvent');
    // Without any table it is a workspace that nothing was ever sent to.
    expect((await raw.query(workspace.id, { query: 'SecurityEvent' }, headers)).status).toBe(204);
    emulator.world.removeWorkspace(workspace.id);
    expect((await raw.query(workspace.id, { query: 'SecurityEvent' }, headers)).status).toBe(404);
  });
});
