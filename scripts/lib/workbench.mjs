import { copyFileSync, createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isInstalled, npmFlags } from './install.mjs';
import { root, workbenchHome } from './paths.mjs';
import { lastLines, npm, run, startGroup, stopGroup } from './processes.mjs';
import { step } from './progress.mjs';

const home = path.join(workbenchHome, 'workbench');
const manifests = path.join(root, 'scripts/workbench');
const vscode = path.join(home, 'node_modules/code-server/lib/vscode');
const serverMain = path.join(vscode, 'out/server-main.js');

/** What every opened workbench starts with: nothing that phones, prompts, or takes room from the product. */
const calmSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.title': '${dirty}${activeEditorShort}${separator}${rootName}',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Installs the pinned browser workbench into `.vscode-test/`, unless it is there. An interrupted install is taken up again. */
export async function installWorkbench() {
  const isCurrent = ['package.json', 'package-lock.json'].every((file) => sameContent(path.join(manifests, file), path.join(home, file)));
  if (!isCurrent || !isInstalled(home)) {
    mkdirSync(home, { recursive: true });
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(path.join(manifests, file), path.join(home, file));
    await step('installing the browser workbench (800 MB on disk, once)', () => npm(['ci', ...npmFlags], { cwd: home }));
  }
  const parts = [
    { folder: vscode, flags: ['--legacy-peer-deps', '--omit=dev'] },
    { folder: path.join(vscode, 'extensions'), flags: ['--omit=dev'] },
  ];
  for (const { folder, flags } of parts.filter((part) => !isInstalled(part.folder, { withDevelopment: false }))) {
    await step(`installing the browser workbench's ${path.basename(folder)}`, () => npm(['ci', ...npmFlags, ...flags], { cwd: folder }));
  }
  workbenchNode();
}

/** Installs a `.vsix` into a folder of extensions. */
export async function installVsix(vsix, { extensionsDir, dataDir }) {
  await run(workbenchNode(), [
    serverMain,
    ...['--server-data-dir', dataDir, '--extensions-dir', extensionsDir, '--install-extension', vsix, '--force', '--accept-server-license-terms'],
  ]);
}

/**
 * Starts the workbench's server on a free port of 127.0.0.1 and answers when it listens.
 * @param {object} options
 * @param {string} options.dataDir user data, created when missing
 * @param {string} options.extensionsDir installed extensions
 * @param {string} options.logFile everything that the server writes
 * @param {string} [options.token] connection token; without one the server is open to this machine
 * @param {object} [options.settings] user settings beside the calm ones; what a person chose in an earlier run stays
 * @param {object} [options.fixedSettings] user settings that belong to this run, whatever was chosen
 * @param {boolean} [options.testDriver] lets a page name extensions under development and their tests
 * @param {object} [options.env] environment of the server and its extension hosts, beside this process's
 */
export async function startWorkbench(options) {
  const { dataDir, extensionsDir, logFile, token, settings = {}, fixedSettings = {}, testDriver = false, env = {} } = options;
  writeUserSettings(dataDir, settings, fixedSettings);
  mkdirSync(extensionsDir, { recursive: true });
  mkdirSync(path.dirname(logFile), { recursive: true });
  const server = startGroup(
    workbenchNode(),
    [
      serverMain,
      ...['--host', '127.0.0.1', '--port', '0', '--accept-server-license-terms', '--server-data-dir', dataDir, '--extensions-dir', extensionsDir],
      ...['--telemetry-level', 'off', '--disable-telemetry', '--disable-workspace-trust'],
      ...(token ? ['--connection-token', token] : ['--without-connection-token']),
      ...(testDriver ? ['--enable-smoke-test-driver'] : []),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
  );
  const port = await listeningPort(server, logFile);
  const origin = `http://127.0.0.1:${port}`;
  return {
    port,
    logFile,
    /** The address of the workbench with a folder open. */
    url: (folder, parameters = {}) => {
      const query = Object.entries({ ...(token ? { tkn: token } : {}), folder: toUriPath(folder), ...parameters });
      return `${origin}/?${query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
    },
    /** The address under which the workbench knows a file of this machine. */
    remoteUri: (file) => `vscode-remote://127.0.0.1:${port}${toUriPath(file)}`,
    stop: () => stopGroup(server),
    /** Resolves when the server has ended, whoever ended it. */
    ended: new Promise((resolve) => server.once('close', resolve)),
  };
}

/** `C:\a` is `/c:/a` in the addresses of a workbench. */
function toUriPath(file) {
  const slashes = path.resolve(file).replaceAll('\\', '/');
  return slashes.startsWith('/') ? slashes : `/${slashes[0].toLowerCase()}${slashes.slice(1)}`;
}

function writeUserSettings(dataDir, settings, fixedSettings) {
  const file = path.join(dataDir, 'data/User/settings.json');
  mkdirSync(path.dirname(file), { recursive: true });
  const chosen = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  writeFileSync(file, `${JSON.stringify({ ...calmSettings, ...settings, ...chosen, ...fixedSettings }, undefined, 2)}\n`);
}

function listeningPort(server, logFile) {
  const log = createWriteStream(logFile);
  let text = '';
  return new Promise((resolve, reject) => {
    const read = (chunk) => {
      log.write(chunk);
      if (text === undefined) return;
      text += chunk;
      const match = /Extension host agent listening on (\d+)/.exec(text);
      if (!match) return;
      text = undefined;
      resolve(Number(match[1]));
    };
    server.stdout.setEncoding('utf8').on('data', read);
    server.stderr.setEncoding('utf8').on('data', read);
    server.on('error', reject);
    server.on('close', (code) => {
      log.end();
      reject(new Error(`The workbench's server ended with ${code} before it listened (log: ${logFile}):\n${lastLines(text ?? '', 20)}`));
    });
  });
}

/** The workbench needs a newer Node than the project: it comes as a package where there is one, else it is the one that runs this. */
function workbenchNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const packaged = path.join(home, 'node_modules', name, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
  if (existsSync(packaged)) return packaged;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(
    `The browser workbench needs Node 24, and there is no package of it for ${process.platform}-${process.arch}. ` +
      `Run this with Node 24, or install VS Code with its "code" command on PATH.`,
  );
}

function sameContent(one, other) {
  return existsSync(one) && existsSync(other) && readFileSync(one).equals(readFileSync(other));
}
