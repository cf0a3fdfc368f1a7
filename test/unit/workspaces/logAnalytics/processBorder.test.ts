import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from '../../../../scripts/lib/nodeBundle.mjs';
import type { HostService, TokenRequest } from '../../../../src/common/azure';
import { HuntError } from '../../../../src/common/errors';
import type { Handlers } from '../../../../src/common/rpc';
import { EngineHost } from '../../../../src/notebook/engineHost';
import { type Emulator, startEmulator } from '../../../emulator/emulator';
import { ids } from '../../../emulator/world/defaultWorld';
import { smallWorld } from '../../emulator/smallWorld';
import { endpointsOf, failureOf } from './azureEngine';

let emulator: Emulator;
let host: EngineHost;
let folder: string;
const asked: TokenRequest[] = [];
const lines: string[] = [];
let isSignedIn = true;

beforeAll(async () => {
  emulator = await startEmulator({ world: smallWorld });
  folder = mkdtempSync(path.join(tmpdir(), 'huntbook-border-'));
  const [modulePath = ''] = await bundleForNode(['src/engineProcess.ts'], { outdir: 'out/engine-azure' });
  // What the engine process inherits, as every program that is told to trust an authority.
  process.env['NODE_EXTRA_CA_CERTS'] = emulator.caFile;
  const handlers: Handlers<HostService> = {
    getToken: async (request) => {
      asked.push(request);
      if (!isSignedIn) throw new HuntError({ kind: 'signInNeeded', message: 'Sign in to Azure.' });
      return { token: emulator.token('logs'), expiresOn: Date.now() + 3_600_000 };
    },
    schemaChanged: async () => null,
  };
  const options = { storagePath: folder, memoryLimitMiB: 512, threads: 2 };
  host = new EngineHost({ modulePath, engine: options, host: handlers, log: (line) => lines.push(line) });
});
afterAll(async () => {
  delete process.env['NODE_EXTRA_CA_CERTS'];
  host.dispose();
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the engine process', () => {
  it('asks the editor for tokens, and answers from Azure', async () => {
    const workspace = { customerId: ids.contosoOps, name: 'contoso-ops', tenantId: ids.contoso, hasSentinel: false };
    const connection = { endpoints: endpointsOf(emulator), credential: 'vscode' as const, accountId: 'priya' };
    const { id } = await host.call('connect', { kind: 'logAnalytics', workspace, connection });
    expect(asked[0]).toMatchObject({ credential: 'vscode', accountId: 'priya', tenantId: ids.contoso });
    const query = { workspaceId: id, resultId: 'r1', notebookId: 'n', text: 'Heartbeat | count', definitions: [], results: [] };
    expect(await host.call('runQuery', query)).toMatchObject({ kind: 'result', result: { rowCount: 1 } });
  });

  it('tells that someone has to sign in as the editor tells it', async () => {
    isSignedIn = false;
    emulator.tokens.expireAll();
    const query = { workspaceId: `logAnalytics:${ids.contosoOps}`, resultId: 'r2', notebookId: 'n', text: 'print 1', definitions: [], results: [] };
    const error = await failureOf(host.call('runQuery', query));
    expect(error.data).toEqual({ kind: 'signInNeeded', message: 'Sign in to Azure.' });
    expect(lines.join('\n')).not.toContain(emulator.token('logs').slice(0, 20));
  });
});
