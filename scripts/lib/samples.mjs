import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { walk } from './allowList.mjs';
import { root } from './paths.mjs';
import { hashFiles } from './stamps.mjs';

const samples = path.join(root, 'samples');

/** The notebook that a first look runs, relative to `samples/`. */
export const firstNotebook = 'hunts/first-steps.ipynb';

/** The sample notebook that shows the headless runner best: a hunt with a finding. */
export const headlessNotebook = 'hunts/password-spray.ipynb';

/**
 * Copies the samples to where they may be run and changed; files that somebody changed there stay as they are.
 * Beside the copy lies a list of what was copied.
 */
export function copySamples(target) {
  const listFile = `${target}.copied.json`;
  const copied = existsSync(listFile) ? JSON.parse(readFileSync(listFile, 'utf8')) : {};
  for (const file of walk(samples, '')) {
    const copy = path.join(target, file);
    const isTheirs = existsSync(copy) && hashFiles(target, [file]) !== copied[file];
    if (isTheirs) continue;
    mkdirSync(path.dirname(copy), { recursive: true });
    copyFileSync(path.join(samples, file), copy);
    copied[file] = hashFiles(samples, [file]);
  }
  mkdirSync(target, { recursive: true });
  writeFileSync(listFile, JSON.stringify(copied));
  return target;
}
