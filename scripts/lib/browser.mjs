import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { root, workbenchHome } from './paths.mjs';
import { run } from './processes.mjs';
import { step } from './progress.mjs';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page that a test has changed on its way may still talk to the server on this machine that it came from.
  '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets,LocalNetworkAccessChecksWebRTC',
];

/** Launches a browser without a window, with an empty profile of its own. Import after the dependencies are installed. */
export async function launchBrowser() {
  const executablePath = await findBrowser();
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath, args: flags });
}

/**
 * The browser for tests: the one that HUNTBOOK_BROWSER names, an installed Chrome, Chromium or Edge, else Debian's package when this
 * runs as root, else Playwright's download into `.vscode-test/`.
 */
export async function findBrowser() {
  const named = process.env.HUNTBOOK_BROWSER;
  if (named) return named;
  const installed = installedBrowser();
  if (installed) return installed;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await step("installing Debian's chromium", async () => {
      const env = { DEBIAN_FRONTEND: 'noninteractive' };
      await run('apt-get', ['update'], { env });
      await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], { env });
    });
    const packaged = installedBrowser();
    if (packaged) return packaged;
  }
  return downloadedBrowser();
}

function installedBrowser() {
  return candidates().find((file) => existsSync(file));
}

function candidates() {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return apps.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    const homes = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter(Boolean);
    return homes.flatMap((home) => ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((file) => path.join(home, file)));
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge-stable', 'microsoft-edge'];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

async function downloadedBrowser() {
  const browsers = path.join(workbenchHome, 'browsers');
  mkdirSync(browsers, { recursive: true });
  process.env.PLAYWRIGHT_BROWSERS_PATH = browsers;
  const { chromium } = await import('playwright-core');
  if (!existsSync(chromium.executablePath())) {
    const cli = path.join(root, 'node_modules/playwright-core/cli.js');
    await step('downloading Chromium', () => run(process.execPath, [cli, 'install', '--with-deps', 'chromium'].filter(keepDeps)));
  }
  return chromium.executablePath();
}

/** Playwright installs the system's libraries too, for which it must be root. */
function keepDeps(argument) {
  return argument !== '--with-deps' || (process.platform === 'linux' && process.getuid?.() === 0);
}
