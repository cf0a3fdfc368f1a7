import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchBrowser } from './browser.mjs';
import { root } from './paths.mjs';
import { startWorkbench } from './workbench.mjs';

/**
 * Runs a module inside the extension host of a real workbench, with the product under development in it. The module exports
 * `run(): Promise<void>`; what it has to tell it writes to a file that `env` names.
 * @param {object} options
 * @param {string} options.module bundled, CommonJS, `vscode` external
 * @param {string} options.folder opened, and written to: a copy
 * @param {string} options.logFile of the server
 * @param {object} [options.env] reaches the extension host
 * @param {object} [options.settings] user settings
 * @param {number} [options.timeout] milliseconds
 * @returns {Promise<{code: number, log: string}>} 0 when `run` resolved; what the host logged
 */
export async function runInExtensionHost({ module, folder, logFile, env = {}, settings = {}, timeout = 300_000 }) {
  const home = mkdtempSync(path.join(tmpdir(), 'huntbook-host-'));
  const [server, browser] = await Promise.all([
    startWorkbench({
      dataDir: path.join(home, 'data'),
      extensionsDir: path.join(home, 'extensions'),
      logFile,
      settings,
      env,
      testDriver: true,
    }),
    launchBrowser(),
  ]);
  try {
    const page = await browser.newPage();
    const lines = [];
    const ended = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
    await page.exposeFunction('codeAutomationLog', (_, args) => {
      lines.push(Array.isArray(args) ? args.map(String).join(' ') : String(args));
    });
    const payload = [
      ['extensionDevelopmentPath', server.remoteUri(root)],
      ['extensionTestsPath', server.remoteUri(module)],
    ];
    await page.goto(server.url(folder, { payload: JSON.stringify(payload) }));
    const code = await Promise.race([ended, expire(timeout)]);
    return { code, log: lines.join('\n') };
  } finally {
    await browser.close();
    await server.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

function expire(timeout) {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`The extension host did not finish in ${timeout / 1000} s.`)), timeout).unref();
  });
}
