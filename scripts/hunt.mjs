/**
 * `npm run hunt`: runs a sample hunt without VS Code; its executed copy and report go to `.huntbook/hunt/`.
 * `npm run hunt -- NOTEBOOK.ipynb …` runs another one; `npm run hunt -- --help` tells the options.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { installDependencies } from './lib/install.mjs';
import { root, scratch } from './lib/paths.mjs';

await installDependencies();
const { buildProduct } = await import('./lib/product.mjs');
const { headlessNotebook } = await import('./lib/samples.mjs');
await buildProduct();

const given = process.argv.slice(2);
const child = spawn(process.execPath, [path.join(root, 'dist/cli.js'), ...commandLine()], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: 'inherit',
});
// Ctrl+C reaches the runner too, which stops its query and ends by itself.
process.on('SIGINT', () => undefined);
child.on('close', (code) => process.exit(code ?? 1));

function commandLine() {
  if (given[0] === 'run' || given[0]?.startsWith('-')) return given;
  if (given.length > 0) return ['run', ...given];
  const target = path.join(scratch, 'hunt', path.basename(headlessNotebook, '.ipynb'));
  mkdirSync(path.dirname(target), { recursive: true });
  return ['run', path.join(root, 'samples', headlessNotebook), '--output', `${target}.ipynb`, '--html', `${target}.html`];
}
