/** Runs a module of `test/bench/host/` in a real extension host and reads what it measured. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runInExtensionHost } from '../../scripts/lib/extensionHost.mjs';
import { bundleForNode } from '../../scripts/lib/nodeBundle.mjs';
import { root, testResults } from '../../scripts/lib/paths.mjs';
import { buildProduct } from '../../scripts/lib/product.mjs';
import { installWorkbench } from '../../scripts/lib/workbench.mjs';
import type { Measurement } from './bench';

/** The environment variable that tells the module where to write its measurement. */
export const REPORT_VARIABLE = 'HUNTBOOK_BENCH_REPORT';

export async function measureInHost(name: string): Promise<Measurement> {
  await installWorkbench();
  await buildProduct();
  const home = mkdtempSync(path.join(tmpdir(), 'huntbook-bench-'));
  try {
    const [module] = await bundleForNode([`test/bench/host/${name}.ts`], { outdir: 'out/bench/host', inExtensionHost: true });
    if (module === undefined) throw new Error('nothing was bundled');
    const folder = path.join(home, 'samples');
    cpSync(path.join(root, 'samples'), folder, { recursive: true });
    const report = path.join(home, 'report.json');
    const logFile = path.join(testResults, `bench-${name}.log`);
    const { code, log } = await runInExtensionHost({ module, folder, logFile, env: { [REPORT_VARIABLE]: report } });
    if (code !== 0) throw new Error(`the extension host ended with ${code}:\n${log.split('\n').slice(-5).join('\n')}`);
    return JSON.parse(readFileSync(report, 'utf8')) as Measurement;
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
