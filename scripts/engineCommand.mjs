/**
 * `node scripts/engineCommand.mjs COMMAND …`: bundles a command of the engine's own proofs and runs it.
 *
 * - `npm run conformance -- --cases FILE [--json OUT] [--filter TEXT] [--record]`: published examples,
 *   `FILE` `[{id, query, expected, deterministic}]`
 * - `npm run coverage -- --queries FILE [--schemas FILE] [--json OUT] [--record]`: real queries on empty tables, `FILE` `[{id, query}]`
 * - `npm run fuzz -- [--inputs N] [--seed S] [--threads T] [--json OUT]`: random and hostile inputs
 *
 * Paths are relative to where npm was called. `--record` keeps the figures for `docs/kql-support.md`.
 */
import { spawn } from 'node:child_process';
import { installDependencies } from './lib/install.mjs';

const commands = {
  conformance: ['test/conformance/conformanceCommand.ts'],
  coverage: ['test/conformance/coverageCommand.ts'],
  fuzz: ['test/fuzz/fuzzCommand.ts', 'test/fuzz/fuzzWorker.ts'],
};

const [name, ...rest] = process.argv.slice(2);
const entries = commands[name];
if (!entries) {
  process.stderr.write(`There is no command "${name}"; there are ${Object.keys(commands).join(', ')}.\n`);
  process.exit(2);
}

await installDependencies();
const { bundleForNode } = await import('./lib/nodeBundle.mjs');
const [main] = await bundleForNode(entries);
const child = spawn(process.execPath, [main, ...rest], { cwd: process.env.INIT_CWD ?? process.cwd(), stdio: 'inherit' });
process.on('SIGINT', () => undefined);
child.on('close', (code) => process.exit(code ?? 1));
