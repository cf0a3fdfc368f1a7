import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from '../../../scripts/lib/nodeBundle.mjs';
import { createNotebook, writeNotebook } from '../../../src/notebook/ipynb';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { CLIENT_SECRET } from '../../emulator/login/loginService';
import { ids } from '../../emulator/world/defaultWorld';
import { endpointsOf } from '../workspaces/logAnalytics/azureEngine';
import { smallWorld } from '../emulator/smallWorld';

let emulator: Emulator;
let folder: string;
let program: string;
beforeAll(async () => {
  emulator = await startEmulator({ world: smallWorld });
  folder = mkdtempSync(path.join(tmpdir(), 'huntbook-cli-azure-'));
  writeFileSync(path.join(folder, 'endpoints.json'), JSON.stringify(endpointsOf(emulator)));
  [program = ''] = await bundleForNode(['src/cli.ts'], { outdir: 'out/cli-azure' });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await emulator.close();
});
afterEach(() => emulator.faults.clear());

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs cells as `npm run hunt` does: in a process of its own that trusts the emulator. */
async function run(cells: readonly string[], ...words: readonly string[]): Promise<Ran> {
  const notebook = path.join(folder, 'hunt.ipynb');
  writeFileSync(notebook, writeNotebook(createNotebook(cells.map((source) => ({ kind: 'code', source })))));
  const outputs = ['-o', path.join(folder, 'out.ipynb'), '--html', path.join(folder, 'out.html')];
  const azure = ['--credential', 'clientsecret', '--tenant', ids.contoso, '--azure-endpoints', path.join(folder, 'endpoints.json')];
  const given = ['run', notebook, '--storage', path.join(folder, 'storage'), ...outputs, ...azure, ...words];
  const secrets = { AZURE_CLIENT_ID: 'app-1', AZURE_CLIENT_SECRET: CLIENT_SECRET, NODE_EXTRA_CA_CERTS: emulator.caFile };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...given], { env: { ...process.env, ...secrets } }, (failure, out, error) => {
      resolve({ code: typeof failure?.code === 'number' ? failure.code : failure ? -1 : 0, out, error });
    });
  });
}

describe('a hunt without an editor', () => {
  it('asks a workspace by its id, and says what was sent', async () => {
    const ran = await run(['Heartbeat | summarize Beats = count() by Computer'], '-w', ids.contosoOps, '--timespan', 'PT4H');
    expect(ran.error).toContain('Wrote');
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('ops-3');
    expect(ran.out).toContain('contoso-ops');
    expect(ran.out).toContain("Time range sent with the query: PT4H, from the notebook's default.");
    expect(readFileSync(path.join(folder, 'out.html'), 'utf8')).toContain('PT4H');
  });

  it('finds a workspace by its name', async () => {
    const ran = await run(['Heartbeat | count'], '-w', 'Contoso-Ops');
    expect(ran.out).toContain('contoso-ops');
    expect(ran.code).toBe(0);
  });

  it('says which workspaces there are when the name is wrong', async () => {
    const ran = await run(['Heartbeat | count'], '-w', 'nosuch');
    expect(ran.code).toBe(2);
    expect(ran.error).toContain('There is no workspace "nosuch" in Azure. The account sees contoso-new, contoso-ops, contoso-soc');
  });

  it('ends with 1 when a cell fails, at its place', async () => {
    const ran = await run(['Heartbeat | where Compter == "x"'], '-w', ids.contosoOps);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('Unknown column name "Compter" (line 1, column 19)');
  });

  it('writes no token and no secret, whatever happens', async () => {
    const written: string[] = [];
    const keep = ({ out, error }: Ran): void => {
      written.push(out, error, ...textsBelow(folder));
    };
    keep(await run(['Heartbeat | take 1'], '-w', 'contoso-ops'));
    emulator.faults.add({ on: 'query', effect: { kind: 'unauthorized' }, times: Number.POSITIVE_INFINITY });
    keep(await run(['Heartbeat | take 1'], '-w', ids.contosoOps));
    emulator.faults.clear();
    emulator.faults.add({ on: 'token', effect: { kind: 'status', status: 400 }, times: Number.POSITIVE_INFINITY });
    keep(await run(['Heartbeat | take 1'], '-w', ids.contosoOps));
    const text = written.join('\n');
    expect(text).toContain('ops-');
    // How every token of the emulator begins, as every JSON web token.
    expect(text).not.toContain(emulator.token('logs').slice(0, 20));
    expect(text).not.toContain(CLIENT_SECRET);
  });
});

function textsBelow(root: string): readonly string[] {
  return readdirSync(root, { withFileTypes: true, recursive: true }).flatMap((entry) =>
    entry.isFile() ? [readFileSync(path.join(entry.parentPath, entry.name), 'latin1')] : [],
  );
}
