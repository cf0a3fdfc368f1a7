import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchBrowser } from './browser.mjs';
import { root } from './paths.mjs';
import { emulatedEnvironment, emulatedSettings, installEmulatedProduct } from './emulated.mjs';
import { installProduct } from './product.mjs';
import { installWorkbench, startWorkbench } from './workbench.mjs';
import { WorkbenchPage } from './workbenchPage.mjs';

/**
 * The packaged product in a workbench of its own, with a copy of a folder open and a browser without a window in front. Everything
 * lies in a temporary folder that `close` removes.
 * @param {object} [options]
 * @param {string} [options.folder] copied; default: the samples
 * @param {Record<string, unknown>} [options.settings] user settings
 * @param {import('./openedProduct.mjs').ProductOptions['emulator']} [options.emulator] Azure for the product
 * @param {{width: number, height: number}} [options.viewport]
 */
export async function openProduct({ folder: source = path.join(root, 'samples'), settings, emulator, viewport = { width: 1280, height: 800 } } = {}) {
  await installWorkbench();
  const extensionsDir = await (emulator ? installEmulatedProduct() : installProduct());
  const home = mkdtempSync(path.join(tmpdir(), 'huntbook-ui-'));
  const folder = path.join(home, path.basename(source));
  if (existsSync(source)) cpSync(source, folder, { recursive: true });
  else mkdirSync(folder);
  const server = await startWorkbench({
    dataDir: path.join(home, 'data'),
    extensionsDir,
    logFile: path.join(home, 'server.log'),
    settings: { 'workbench.reduceMotion': 'on', ...(emulator ? emulatedSettings(emulator.url) : {}), ...settings },
    env: emulator ? emulatedEnvironment(emulator, emulator) : {},
  });
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport });
  page.setDefaultTimeout(20_000);
  return {
    workbench: new WorkbenchPage(page),
    folder,
    url: server.url(folder),
    logFile: server.logFile,
    dataDir: path.join(home, 'data'),
    close: async () => {
      await browser.close();
      await server.stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
