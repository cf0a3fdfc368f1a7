import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { npm } from './processes.mjs';
import { step } from './progress.mjs';

/** What npm is asked for everywhere: no package's install script runs. */
export const npmFlags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];

/** Installs what the lock file lists, unless it is there already. */
export async function installDependencies() {
  if (Number(process.versions.node.split('.')[0]) < 20) throw new Error(`Node 20 or newer is needed; this is ${process.version}.`);
  if (isInstalled(root)) return;
  await step('installing dependencies', () => npm(['ci', ...npmFlags], { cwd: root }));
}

/**
 * Whether `node_modules` holds the versions of the lock file. npm leaves its own account of what it installed there as its last act,
 * so an interrupted install is not taken for a whole one.
 */
export function isInstalled(folder, { withDevelopment = true } = {}) {
  const wanted = readPackages(path.join(folder, 'package-lock.json')) ?? readPackages(path.join(folder, 'npm-shrinkwrap.json'));
  const present = readPackages(path.join(folder, 'node_modules/.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([name, { version, dev, optional, devOptional, peer, link }]) => {
    if (name === '' || optional || devOptional || peer || link || (dev && !withDevelopment)) return true;
    return present[name]?.version === version;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
