import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * The files of `folder` that its `.vscodeignore`, read as an allow-list, lets into the package; paths are relative with slashes.
 * Walks only the folders which the list names, for beside them lies much else.
 */
export function allowedFiles(folder) {
  const patterns = readFileSync(path.join(folder, '.vscodeignore'), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1).trim());
  const found = patterns.flatMap((pattern) => {
    const start = pattern.split(/\/?[^/]*\*/, 1)[0];
    const matches = toRegExp(pattern);
    return walk(folder, start).filter((file) => matches.test(file));
  });
  return [...new Set(found)].sort();
}

/** Every file under a folder or the file itself, relative to `base`; nothing when it does not exist. */
export function walk(base, relative) {
  const absolute = path.join(base, relative);
  if (!existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return [relative];
  return readdirSync(absolute).flatMap((name) => walk(base, relative === '' ? name : `${relative}/${name}`));
}

/** `**` any folders, `*` anything in a name, `{a,b}` one of. */
function toRegExp(glob) {
  const source = glob
    .replaceAll(/[.+^$()|[\]\\]/g, '\\$&')
    .replaceAll(/\{([^}]*)\}/g, (_, choices) => `(?:${choices.replaceAll(',', '|')})`)
    .replaceAll('**/', '\u0000')
    .replaceAll('**', '.*')
    .replaceAll(/(?<!\.)\*/g, '[^/]*')
    .replaceAll('\u0000', '(?:.*/)?');
  return new RegExp(`^${source}$`);
}
