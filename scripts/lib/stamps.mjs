import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scratch } from './paths.mjs';

/** One hash over names and contents of files. */
export function hashFiles(base, files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(path.join(base, file))).update('\0');
  return hash.digest('hex');
}

/**
 * Does `work` unless it was last done, to its end, for the same `content` and left `product` behind.
 * Answers whether it was done now.
 */
export async function unlessStamped(name, content, product, work) {
  const file = path.join(scratch, 'stamps', name);
  if (existsSync(product) && existsSync(file) && readFileSync(file, 'utf8') === content) return false;
  rmSync(file, { force: true });
  await work();
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return true;
}
