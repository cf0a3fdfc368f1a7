import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchBrowser } from './browser.mjs';
import { root } from './paths.mjs';
import { installVsix, startWorkbench } from './workbench.mjs';

/**
 * Runs a module inside the extension host of a real workbench, with the product under development in it. The module exports
 * `run(): Promise<void>`; what it has to tell it writes to a file that `env` names.
 * @param {object} options
 * @param {string} options.module bundled, CommonJS, `vscode` external
 * @param {string} options.folder opened, and written to: a copy
 * @param {string} options.logFile of the server
 * @param {object} [options.env] reaches the extension host
 * @param {object} [options.settings] user settings
 * @param {readonly string[]} [options.vsix] extensions that are installed beside it
 * @param {Readonly<Record<string, readonly string[]>>} [options.trusted] ids of extensions that may use an authentication provider's
 *   accounts without a question: a dialog fails here
 * @param {number} [options.timeout] milliseconds
 * @returns {Promise<{code: number, log: string}>} 0 when `run` resolved; what the host logged
 */
export async function runInExtensionHost({ module, folder, logFile, env = {}, settings = {}, vsix = [], trusted = {}, timeout = 300_000 }) {
  const home = mkdtempSync(path.join(tmpdir(), 'huntbook-host-'));
  const extensionsDir = path.join(home, 'extensions');
  for (const file of vsix) await installVsix(file, { extensionsDir, dataDir: path.join(home, 'install') });
  const [server, browser] = await Promise.all([
    startWorkbench({
      dataDir: path.join(home, 'data'),
      extensionsDir,
      logFile,
      settings,
      env,
      testDriver: true,
    }),
    launchBrowser(),
  ]);
  try {
    const page = await browser.newPage();
    await trustExtensions(page, trusted);
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

/** The workbench reads its product's configuration from an attribute of its page. */
async function trustExtensions(page, trusted) {
  if (Object.keys(trusted).length === 0) return;
  await page.route(
    (url) => url.pathname === '/',
    async (route) => {
      const response = await route.fetch();
      const html = await response.text();
      const body = html.replace(/(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/u, (_all, start, text) => {
        const configuration = JSON.parse(text.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
        configuration.productConfiguration = { ...configuration.productConfiguration, trustedExtensionAuthAccess: trusted };
        return `${start}${JSON.stringify(configuration).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
      });
      await route.fulfill({ response, body });
    },
  );
}

function expire(timeout) {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`The extension host did not finish in ${timeout / 1000} s.`)), timeout).unref();
  });
}
