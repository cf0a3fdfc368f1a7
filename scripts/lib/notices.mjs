import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** The licences of everything that ships: what the bundles were made of (as the build noted it) and the packages that ship as files. */
export function thirdPartyNotices(packagesAsFiles) {
  const meta = path.join(root, 'out/meta');
  const inputs = readdirSync(meta).flatMap((file) => Object.keys(JSON.parse(readFileSync(path.join(meta, file), 'utf8')).inputs));
  const bundled = inputs.map((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]).filter((name) => name !== undefined);
  const names = [...new Set([...bundled, ...packagesAsFiles])].filter((name) => existsSync(path.join(root, 'node_modules', name))).sort();
  return ['Huntbook contains the following software of others.', ...names.map(notice)].join(`\n\n${'-'.repeat(80)}\n\n`);
}

function notice(name) {
  const folder = path.join(root, 'node_modules', name);
  const { version, license, licenses } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const terms = license ?? licenses?.map(({ type }) => type).join(', ');
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version} (${terms})\n\n${file ? readFileSync(path.join(folder, file), 'utf8').trim() : 'The package carries no licence text.'}`;
}
