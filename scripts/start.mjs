/**
 * `npm start`: installs, builds, packages, and opens the product with a copy of the samples. In desktop VS Code when its `code`
 * command is on PATH; else, or with `--web`, in a browser workbench on this machine. `--smoke` also runs a sample notebook there in a
 * browser without a window, says what it saw and ends with 0 or 1. Ctrl+C ends everything.
 *
 * The copy is `.huntbook/samples/`: what is done there does not touch the repository, and stays for the next start.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies } from './lib/install.mjs';
import { scratch } from './lib/paths.mjs';

const { values: options } = parseArgs({ options: { web: { type: 'boolean', default: false }, smoke: { type: 'boolean', default: false } } });

try {
  await installDependencies();
  const { findCode } = await import('./lib/desktop.mjs');
  const code = options.web || options.smoke ? undefined : findCode();
  process.exitCode = await (code ? startDesktop(code) : startBrowserWorkbench());
} catch (error) {
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}

async function startDesktop(code) {
  const { buildProduct, packageProduct } = await import('./lib/product.mjs');
  const { openDesktop } = await import('./lib/desktop.mjs');
  const { copySamples } = await import('./lib/samples.mjs');
  const { onStop } = await import('./lib/processes.mjs');
  await buildProduct();
  await packageProduct();
  const desktop = openDesktop(code, copySamples(path.join(scratch, 'samples')));
  onStop(desktop.stop);
  process.stdout.write('\nHuntbook is open in VS Code. Close its window, or press Ctrl+C here, to end it.\n');
  await desktop.ended;
  return 0;
}

async function startBrowserWorkbench() {
  const { installWorkbench, startWorkbench } = await import('./lib/workbench.mjs');
  const { installProduct } = await import('./lib/product.mjs');
  const { copySamples, firstNotebook } = await import('./lib/samples.mjs');
  await installWorkbench();
  const extensionsDir = await installProduct();

  const home = options.smoke ? path.join(scratch, 'smoke') : scratch;
  if (options.smoke) rmSync(home, { recursive: true, force: true });
  const folder = copySamples(path.join(home, 'samples'));
  const server = await startWorkbench({
    dataDir: path.join(home, 'browser'),
    extensionsDir,
    logFile: path.join(home, 'browser.log'),
    token: randomBytes(16).toString('hex'),
  });
  if (!options.smoke) {
    process.stdout.write(`\nHuntbook is open at\n\n  ${server.url(folder)}\n\nCtrl+C ends it.\n`);
    await server.ended;
    return 0;
  }
  const { smoke } = await import('./lib/smoke.mjs');
  const passed = await smoke(server, folder, firstNotebook);
  await server.stop();
  process.stdout.write(passed ? 'smoke: passed\n' : 'smoke: FAILED\n');
  return passed ? 0 : 1;
}
