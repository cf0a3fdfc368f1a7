import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { isInstalled, npmFlags } from './install.mjs';
import { root, workbenchHome } from './paths.mjs';
import { npm } from './processes.mjs';
import { step } from './progress.mjs';

/** Installs the grids that ours is measured beside into `.vscode-test/`, unless they are there. @returns their `node_modules`. */
export async function installPeers() {
  const home = path.join(workbenchHome, 'peers');
  mkdirSync(home, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(path.join(root, 'scripts/peers', file), path.join(home, file));
  if (!isInstalled(home)) await step('installing the grids to compare with (40 MB on disk, once)', () => npm(['ci', ...npmFlags], { cwd: home }));
  return path.join(home, 'node_modules');
}
