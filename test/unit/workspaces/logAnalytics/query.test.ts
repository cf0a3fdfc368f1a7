import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CancellationSource } from '../../../../src/common/cancellation';
import { syntaxErrors } from '../../../../src/kql/analysis';
import { type Emulator, startEmulator } from '../../../emulator/emulator';
import { ids } from '../../../emulator/world/defaultWorld';
import { smallWorld } from '../../emulator/smallWorld';
import { AzureEngine, failureOf } from './azureEngine';

let emulator: Emulator;
let engine: AzureEngine;
beforeAll(async () => {
  emulator = await startEmulator({ world: smallWorld, limits: { rows: 90 }, gzip: true });
  engine = await AzureEngine.open(emulator);
  for (const name of ['contoso-ops', 'contoso-soc', 'contoso-new', 'fabrikam-soc']) await engine.connect(name);
});
afterAll(async () => {
  engine.close();
  await emulator.close();
});
afterEach(() => {
  emulator.faults.clear();
  emulator.requests.clear();
});

const soc = { workspaceId: `logAnalytics:${ids.contosoSoc}` };

/** The last query that was sent. */
function lastSent(): { readonly query: string; readonly timespan?: string; readonly workspaces?: readonly string[] } {
  return JSON.parse(emulator.requests.of('query').at(-1)?.body ?? '{}') as ReturnType<typeof lastSent>;
}

describe('an answer', () => {
  it('has columns, rows and what the service measured', async () => {
    const result = await engine.result('Heartbeat | summarize Beats = count() by Computer | sort by Computer asc');
    expect(result.columns.map(({ name, type }) => [name, type])).toEqual([
      ['Computer', 'string'],
      ['Beats', 'long'],
    ]);
    expect(result.preview.rows).toEqual(['ops-0', 'ops-1', 'ops-2', 'ops-3', 'ops-4'].map((name) => [name, 20]));
    expect(result.statistics.service).toMatchObject({ tables: ['Heartbeat'], memoryPeakBytes: 1_048_576 });
  });

  // Each value as it was: longs beyond 2^53, the seventh digit of a second, what JSON has no number for, texts in dynamics.
  it.each([
    ['bool(true)', true],
    ['bool(null)', null],
    ['int(-5)', -5],
    ['9223372036854775807', '9223372036854775807'],
    ['long(-9007199254740993)', '-9007199254740993'],
    ['42', 42],
    ['1.5', 1.5],
    ['1e300 * 1e300', 'Infinity'],
    ['real(nan)', 'NaN'],
    ['decimal(12345678901234567890.123)', '12345678901234567890.123'],
    ['"quote \\" back \\\\ line \\n grüße 🕵"', 'quote " back \\ line \n grüße 🕵'],
    ['""', ''],
    ['"[\\"not a list\\"]"', '["not a list"]'],
    ['datetime(2024-05-06 07:08:09.1234567)', '2024-05-06T07:08:09.1234567Z'],
    ['datetime(0001-01-01)', '0001-01-01T00:00:00.0000000Z'],
    ['datetime(9999-12-31 23:59:59.9999999)', '9999-12-31T23:59:59.9999999Z'],
    ['datetime(null)', null],
    ['-(1d + 2h + 3m + 4s + 1tick)', '-1.02:03:04.0000001'],
    ['timespan(null)', null],
    ['guid(74be27de-1e4e-49d9-b579-fe0b331d3642)', '74be27de-1e4e-49d9-b579-fe0b331d3642'],
    ['dynamic({"a":[1,9007199254740993,"x"],"b":null})', '{"a":[1,9007199254740993,"x"],"b":null}'],
    ['dynamic("text")', '"text"'],
    ['dynamic(null)', null],
  ])('keeps %s', async (literal, expected) => {
    const result = await engine.result(`print Value = ${literal}`);
    expect(result.preview.rows).toEqual([[expected]]);
  });

  it('keeps the order of the rows and counts them', async () => {
    const result = await engine.result('range Number from 1 to 80 step 1 | sort by Number desc');
    expect(result.rowCount).toBe(80);
    expect(result.preview.rows.map(([number]) => number)).toEqual(Array.from({ length: 80 }, (_, index) => 80 - index));
  });

  it('says what the query wants drawn', async () => {
    const { visualization } = await engine.result('Heartbeat | summarize count() by Computer | render barchart with (title="Beats")');
    expect(visualization).toMatchObject({ visualization: 'barchart', title: 'Beats' });
  });

  it('asks for statistics, pictures and sources, and gives the service its time', async () => {
    await engine.result('print 1', { serverTimeoutSeconds: 77 });
    expect(emulator.requests.of('query').at(-1)?.headers['prefer']).toBe('wait=77, include-render=true, include-statistics=true, include-dataSources=true');
  });

  it('is empty, with a warning, where nothing was ever sent to', async () => {
    const result = await engine.result('SecurityEvent | take 1', { workspaceId: `logAnalytics:${ids.contosoNew}` });
    expect(result.rowCount).toBe(0);
    expect(result.warnings).toEqual(['The workspace contoso-new holds no data: nothing was ever sent to it.']);
  });
});

describe('the time range', () => {
  const kinds = (notices: readonly { readonly kind: string }[] | undefined) => (notices ?? []).filter(({ kind }) => kind === 'timespan');

  it('of the cell goes first and is shown', async () => {
    const { notices } = await engine.result('//| timespan: PT1H\nHeartbeat | where TimeGenerated > ago(2d) | count', { timespan: 'PT1H', defaultTimespan: 'P7D' });
    expect(lastSent().timespan).toBe('PT1H');
    expect(kinds(notices)).toEqual([{ kind: 'timespan', timespan: 'PT1H', from: 'cell' }]);
  });

  it.each([
    'Heartbeat | where TimeGenerated > ago(2h) | count',
    'Heartbeat | where Computer == "x" and TimeGenerated between (ago(2d) .. ago(1d))',
    'let recent = Heartbeat | where TimeGenerated >= ago(3h);\nrecent | count',
    'Heartbeat | where ingestion_time() > ago(1h)',
  ])('is the query’s own when it has one: %s', async (text) => {
    const { notices } = await engine.result(text, { defaultTimespan: 'P7D' });
    expect(lastSent().timespan).toBeUndefined();
    expect(kinds(notices)).toEqual([]);
  });

  it.each(['Heartbeat | count', 'Heartbeat | where isnotempty(TimeGenerated) | count', 'let old = Heartbeat | where TimeGenerated < ago(9d); Heartbeat | count'])(
    'is the notebook’s, and shown, otherwise: %s',
    async (text) => {
      const { notices } = await engine.result(text, { defaultTimespan: 'PT2H' });
      expect(lastSent().timespan).toBe('PT2H');
      expect(kinds(notices)).toEqual([{ kind: 'timespan', timespan: 'PT2H', from: 'notebook' }]);
    },
  );

  it('is not sent with a query that reads no table', async () => {
    const { notices } = await engine.result('print 1', { defaultTimespan: 'P7D' });
    expect(lastSent().timespan).toBeUndefined();
    expect(notices).toBeUndefined();
  });
});

describe('what is other than expected', () => {
  it('is told of an answer from the cache; a fresh one passes it', async () => {
    const text = 'Heartbeat | where Computer != "cached" | count';
    await engine.result(text);
    emulator.clock.advance(40_000);
    const again = await engine.result(text);
    expect(again.notices).toEqual([{ kind: 'cached', ageSeconds: expect.any(Number) as number }]);
    expect(again.notices?.[0]).toMatchObject({ ageSeconds: expect.closeTo(40, -1) as number });
    const fresh = await engine.result(text, { fresh: true });
    expect(fresh.notices).toBeUndefined();
    expect(emulator.requests.of('query').at(-1)?.headers['cache-control']).toBe('no-cache');
  });

  it('is told of a partial answer, with the rows that came', async () => {
    const error = {
      code: 'PartialError',
      message: 'There were some errors when processing your query.',
      details: [{ code: 'EngineError', message: 'Something went wrong.', innererror: { code: '-2133196700', message: 'One shard did not answer.' } }],
    };
    const body = { tables: [{ name: 'PrimaryResult', columns: [{ name: 'n', type: 'long' }], rows: [[1], [2]] }], error };
    emulator.faults.add({ on: 'query', effect: { kind: 'status', status: 200, body } });
    const result = await engine.result('Heartbeat | count');
    expect(result.rowCount).toBe(2);
    expect(result.notices).toEqual([{ kind: 'partial', message: 'One shard did not answer.' }]);
  });

  it('is an error when there are no rows at all', async () => {
    emulator.faults.add({ on: 'query', effect: { kind: 'status', status: 200, body: { error: { code: 'Failed', message: 'It went wrong.' } } } });
    expect((await engine.failure('print 1')).data).toMatchObject({ kind: 'service', code: 'Failed', message: 'It went wrong.' });
  });

  it('shows the first of several tables and says so', async () => {
    const table = (rows: readonly number[][]) => ({ name: 'T', columns: [{ name: 'n', type: 'long' }], rows });
    emulator.faults.add({ on: 'query', effect: { kind: 'status', status: 200, body: { tables: [table([[1]]), table([[2], [3]])] } } });
    const result = await engine.result('print 1');
    expect(result.preview.rows).toEqual([[1]]);
    expect(result.warnings).toEqual(['The query gave 2 tables; the first is shown, the others (2 rows) are not.']);
  });

  it('counts values that do not fit the type of their column', async () => {
    const columns = [
      { name: 'a', type: 'guid' },
      { name: 'b', type: 'datetime' },
    ];
    const rows = [
      ['74be27de-1e4e-49d9-b579-fe0b331d3642', '2024-05-06T07:08:09Z'],
      ['no guid', '2024-05-06T07:08:09+02:00'],
    ];
    emulator.faults.add({ on: 'query', effect: { kind: 'status', status: 200, body: { tables: [{ name: 'T', columns, rows }] } } });
    const result = await engine.result('print 1');
    expect(result.preview.rows).toEqual([
      ['74be27de-1e4e-49d9-b579-fe0b331d3642', '2024-05-06T07:08:09.0000000Z'],
      [null, '2024-05-06T05:08:09.0000000Z'],
    ]);
    expect(result.warnings).toEqual(['1 value of the column a cannot be held as guid and is empty here.']);
  });
});

describe('an answer that was cut', () => {
  const text = 'Heartbeat | project TimeGenerated, Computer | sort by TimeGenerated desc';

  it('offers parts, and parts give all rows in their order, each once', async () => {
    // 100 rows, one each five minutes; the service gives 90 at a time here.
    const cut = await engine.result(text, { timespan: 'PT12H' });
    expect(cut.rowCount).toBe(90);
    expect(cut.notices).toContainEqual({ kind: 'truncated', message: expect.stringContaining('90 records') as string, parts: 4 });
    emulator.requests.clear();
    const whole = await engine.result(text, { timespan: 'PT12H', parts: 4 });
    expect(emulator.requests.of('query')).toHaveLength(4);
    expect(whole.rowCount).toBe(100);
    expect(whole.notices?.map(({ kind }) => kind)).toEqual(['timespan']);
    const { rows } = await engine.client.call('readPage', { resultId: whole.resultId, view: { sort: [], filter: '' }, offset: 0, count: 100 });
    const times = rows.map(([time]) => String(time));
    expect(times).toEqual([...times].sort().reverse());
    expect(new Set(times).size).toBe(100);
  });

  it.each([
    'let since = ago(12h);\nHeartbeat | where TimeGenerated > since and Computer startswith "ops" | project TimeGenerated',
    'Heartbeat | project TimeGenerated | where TimeGenerated between (ago(12h) .. now())',
    'Heartbeat | where ago(12h) <= TimeGenerated | where TimeGenerated <= now() | project TimeGenerated',
  ])('is split along the query’s own filter: %s', async (query) => {
    const cut = await engine.result(query, { defaultTimespan: 'PT1H' });
    expect(cut.notices).toEqual([{ kind: 'truncated', message: expect.any(String) as string, parts: 4 }]);
    const { resultId, rowCount } = await engine.result(query, { defaultTimespan: 'PT1H', parts: 4 });
    expect(rowCount).toBe(100);
    expect(lastSent().timespan).toBeUndefined();
    const { rows } = await engine.client.call('readPage', { resultId, view: { sort: [], filter: '' }, offset: 0, count: 100 });
    expect(new Set(rows.map(([time]) => time)).size).toBe(100);
  });

  it.each(['Heartbeat | where TimeGenerated < now() | project Computer', 'Heartbeat | where TimeGenerated > ago(12h) or Computer == "x"'])(
    'offers no parts of a range that has no beginning: %s',
    async (query) => {
      const { notices } = await engine.result(query);
      expect(notices).toEqual([{ kind: 'truncated', message: expect.any(String) as string }]);
    },
  );

  it('has its parts in the order of the query', async () => {
    const { resultId } = await engine.result('Heartbeat | project TimeGenerated | sort by TimeGenerated asc', { timespan: 'PT12H', parts: 5 });
    const { rows } = await engine.client.call('readPage', { resultId, view: { sort: [], filter: '' }, offset: 0, count: 100 });
    const times = rows.map(([time]) => String(time));
    expect(times).toEqual([...times].sort());
  });

  it.each(['Heartbeat | summarize count() by Computer', 'Heartbeat | take 95', 'Heartbeat | sort by Computer asc', 'Heartbeat | where Computer in ((Heartbeat | project Computer))', 'Heartbeat | extend TimeGenerated = now() | project TimeGenerated'])(
    'offers no parts that would answer something else: %s',
    async (query) => {
      const error = await engine.failure(query, { timespan: 'PT12H', parts: 4 });
      expect(error.data.kind).toBe('refused');
      expect(emulator.requests.of('query')).toEqual([]);
    },
  );

  it('stops the other parts when one fails, and leaves nothing', async () => {
    emulator.faults.add({ on: 'query', after: 1, effect: { kind: 'status', status: 400 } });
    emulator.faults.add({ on: 'query', times: 2, effect: { kind: 'hold' } });
    const error = await engine.failure(text, { timespan: 'PT12H', parts: 3 });
    expect(error.data).toMatchObject({ kind: 'service', status: 400 });
    await emulator.requests.until((log) => log.every(({ outcome }) => outcome !== 'running'));
  });
});

describe('tables of other plans', () => {
  it('are searched by themselves', async () => {
    const result = await engine.result('ContainerLogV2 | where ContainerName == "web" | project Computer | take 5', { ...soc, timespan: 'P1D' });
    expect(result.rowCount).toBe(5);
    expect(emulator.requests.of('query').at(-1)?.path).toMatch(/\/search\?timespan=P1D$/u);
    expect(result.notices).toContainEqual({ kind: 'searched', plan: 'Basic' });
  });

  it.each([
    ['ContainerLogV2 | join ProxyLogs_CL on TenantId', { timespan: 'P1D' }, 'can read no other table, and this one reads ProxyLogs_CL too'],
    ['ContainerLogV2 | join kind=inner (print TenantId="x") on TenantId', { timespan: 'P1D' }, 'cannot use join'],
    ['ContainerLogV2 | take 5', {}, 'Add a line such as //| timespan: P1D'],
    ['ContainerLogV2 | take 5', { timespan: 'P1D', alsoIn: [`logAnalytics:${ids.contosoOps}`] }, 'one workspace at a time'],
  ])('are refused before they are sent, with the reason: %s', async (text, more, reason) => {
    const error = await engine.failure(text, { ...soc, ...more });
    expect(error.data.kind).toBe('refused');
    expect(error.message).toContain(reason);
    expect(emulator.requests.of('query')).toEqual([]);
  });
});

describe('results of earlier cells', () => {
  it('alone run on this machine', async () => {
    const first = await engine.result('Heartbeat | summarize Beats = count() by Computer');
    emulator.requests.clear();
    const results = [{ name: 'beats', resultId: first.resultId }];
    const second = await engine.result('beats | where Computer == "ops-1" | project Beats', { results });
    expect(second.preview.rows).toEqual([[20]]);
    expect(second.usedResults).toEqual(['beats']);
    expect(emulator.requests.all()).toEqual([]);
  });

  it('travel with a query that reads tables too, each value as it was', async () => {
    const values = await engine.result(
      'print Computer = "ops-2", L = 9007199254740993, N = long(null), R = real(nan), D = decimal(1.25), T = datetime(2024-05-06 07:08:09.1234567), S = -1.5h, G = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), J = dynamic({"a/b":"\\"x\\" \\\\ y"}), B = true, E = ""',
    );
    const results = [{ name: 'wanted', resultId: values.resultId }];
    const text = 'Heartbeat | join kind=inner wanted on Computer | take 1 | project L, N, R, D, T, S, G, J, B, E';
    const joined = await engine.result(text, { results });
    expect(joined.preview.rows).toEqual([values.preview.rows[0]?.slice(1)]);
    expect(joined.usedResults).toEqual(['wanted']);
  });

  it('that are too large are refused, with advice', async () => {
    const large = await engine.result('range i from 1 to 60 step 1 | extend Computer = "ops-1", Text = strrep(strrep("x", 1000), 100)');
    const results = [{ name: 'large', resultId: large.resultId }];
    emulator.requests.clear();
    const error = await engine.failure('Heartbeat | join large on Computer', { results });
    expect(error.data.kind).toBe('refused');
    expect(error.message).toMatch(/^The result "large" \(60 rows\) is too large to be sent with a query.*project, distinct, take/u);
    expect(emulator.requests.all()).toEqual([]);
  });

  it('that are gone are missed before anything is sent', async () => {
    const error = await engine.failure('gone | count', { results: [{ name: 'gone', resultId: 'never' }] });
    expect(error.data).toMatchObject({ kind: 'unknownName', name: 'gone', span: { start: 0, length: 4 } });
    expect(emulator.requests.all()).toEqual([]);
  });
});

describe('definitions of earlier cells', () => {
  const definitions = [
    { cell: 1, text: 'let least = 10;' },
    { cell: 2, text: 'let elsewhere = TableOfAnotherWorkspace | count;' },
  ];

  it('go along as far as they are needed', async () => {
    const result = await engine.result('Heartbeat | summarize n = count() by Computer | where n > least', { definitions });
    expect(result.rowCount).toBe(5);
    expect(lastSent().query).toContain('let least = 10;');
    expect(lastSent().query).not.toContain('elsewhere');
  });

  it('are made by a cell of let statements, without a request', async () => {
    expect(await engine.run('let a = 1;\nlet b = (x:long) { x + a };')).toEqual({ kind: 'definitions', names: ['a', 'b'] });
    expect(emulator.requests.all()).toEqual([]);
  });
});

describe('several workspaces', () => {
  it('are asked together', async () => {
    const result = await engine.result('Heartbeat | count', { ...soc, alsoIn: [`logAnalytics:${ids.contosoOps}`] });
    expect(lastSent().workspaces).toEqual([ids.contosoOps]);
    expect(result.preview.rows).toEqual([[100]]);
  });

  it('must all be in Azure', async () => {
    expect((await engine.failure('Heartbeat | count', { alsoIn: ['sample'] })).data.kind).toBe('refused');
  });
});

describe('what is wrong with a query', () => {
  const prefix = { definitions: [{ cell: 1, text: 'let least = 10;\nlet most = least * 2;' }] };

  it('stands at its place in the cell, behind definitions and results', async () => {
    const { resultId } = await engine.result('print Computer = "ops-1"');
    const text = '//| name: x\nHeartbeat\n| join wanted on Computer\n| where Computer == least and and most > 1';
    const error = await engine.failure(text, { ...prefix, results: [{ name: 'wanted', resultId }] });
    expect(error.data.kind).toBe('query');
    const [alone] = syntaxErrors(text);
    expect(error.span).toMatchObject({ line: 4, start: alone && 'span' in alone ? alone.span?.start : undefined });
  });

  it.each([
    ['Heartbeat | where Compter == "x"', 'Compter', 'column'],
    ['Hartbeat | count', 'Hartbeat', 'table'],
    ['Heartbeat | extend x = nosuch(Computer)', 'nosuch', 'function'],
  ])('names what is unknown, and its place: %s', async (text, name, what) => {
    const error = await engine.failure(text, prefix);
    expect(error.data).toMatchObject({ kind: 'unknownName', name, what, span: { start: text.indexOf(name), length: name.length } });
  });

  it('is told of a cell option before anything is sent', async () => {
    expect((await engine.failure('//| tmespan: P1D\nHeartbeat')).data.kind).toBe('cellOption');
    expect(emulator.requests.all()).toEqual([]);
  });
});

describe('cancelling', () => {
  it('ends the request itself', async () => {
    emulator.faults.add({ on: 'query', effect: { kind: 'hold' } });
    const source = new CancellationSource();
    const running = failureOf(engine.run('Heartbeat | count', {}, source.token));
    await emulator.requests.until((log) => log.some(({ kind }) => kind === 'query'));
    source.cancel();
    expect((await running).data.kind).toBe('cancelled');
    await emulator.requests.until((log) => log.some(({ kind, outcome }) => kind === 'query' && outcome === 'aborted'));
  });
});
