import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/**
 * Throws when a lock file would not install elsewhere: when it names where packages come from, which differs between machines, or lacks
 * packages of other platforms, without which `npm ci` refuses (npm leaves out what the registry of the moment does not have).
 */
export async function lockFileRules() {
  const offences = ['package-lock.json', 'scripts/workbench/package-lock.json', 'scripts/peers/package-lock.json'].flatMap((file) => {
    const { packages } = JSON.parse(readFileSync(path.join(root, file), 'utf8'));
    return Object.entries(packages).flatMap(([place, entry]) => [
      ...(entry.resolved ? [`${file} names where ${place} comes from`] : []),
      ...Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => !isListed(packages, place, name))
        .map((name) => `${file} lacks ${name}, which ${place || 'the project'} may need`),
    ]);
  });
  if (offences.length > 0) throw new Error(offences.join('\n'));
}

/** Is the package where Node would look for it from `place`? */
function isListed(packages, place, name) {
  const parts = place.split('/node_modules/');
  return parts.some((_, index) => {
    const prefix = parts.slice(0, parts.length - index).join('/node_modules/');
    return `${prefix}/node_modules/${name}`.replace(/^\//, '') in packages;
  }) || `node_modules/${name}` in packages;
}
