/**
 * `npm start`: installs, builds, packages, and opens the product with a copy of the samples. In desktop VS Code when its `code`
 * command is on PATH; else, or with `--web`, in a browser workbench on this machine. `--smoke` also runs a sample notebook there in a
 * browser without a window, says what it saw and ends with 0 or 1. `--emulated` opens it in a browser beside an emulator of Azure, with an
 * account of it: the first use asks once whether Huntbook may use the account. Ctrl+C ends everything.
 *
 * The copy is `.huntbook/samples/`: what is done there does not touch the repository, and stays for the next start.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies } from './lib/install.mjs';
import { scratch } from './lib/paths.mjs';

const flag = /** @type {const} */ ({ type: 'boolean', default: false });
const { values: options } = parseArgs({ options: { web: flag, smoke: flag, emulated: flag } });

try {
  await installDependencies();
  const { findCode } = await import('./lib/desktop.mjs');
  const code = options.web || options.smoke || options.emulated ? undefined : findCode();
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
  const { onStop } = await import('./lib/processes.mjs');
  const { copySamples, firstNotebook } = await import('./lib/samples.mjs');
  const { emulatedEnvironment, emulatedSettings, installEmulatedProduct, startEmulator } = await import('./lib/emulated.mjs');
  await installWorkbench();
  const extensionsDir = await (options.emulated ? installEmulatedProduct() : installProduct());
  const emulator = options.emulated ? await startEmulator() : undefined;
  if (emulator) onStop(() => emulator.close());

  const home = path.join(scratch, ...(options.smoke ? ['smoke'] : options.emulated ? ['emulated'] : []));
  if (options.smoke) rmSync(home, { recursive: true, force: true });
  const folder = copySamples(path.join(home, 'samples'));
  const server = await startWorkbench({
    dataDir: path.join(home, 'browser'),
    extensionsDir,
    logFile: path.join(home, 'browser.log'),
    token: randomBytes(16).toString('hex'),
    ...(emulator ? { fixedSettings: emulatedSettings(emulator.url), env: emulatedEnvironment(emulator) } : {}),
  });
  if (!options.smoke) {
    process.stdout.write(`\nHuntbook is open at\n\n  ${server.url(folder)}\n\nCtrl+C ends it.\n`);
    if (emulator) process.stdout.write(`Azure is emulated at ${emulator.url}, signed in as priya.raman@contoso.com.\n`);
    await server.ended;
    return 0;
  }
  const { smoke } = await import('./lib/smoke.mjs');
  const passed = await smoke(server, folder, firstNotebook);
  await server.stop();
  await emulator?.close();
  process.stdout.write(passed ? 'smoke: passed\n' : 'smoke: FAILED\n');
  return passed ? 0 : 1;
}
