import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundles } from '../../esbuild.mjs';
import { root } from './paths.mjs';

/** Bytes after gzip, of the bundles that have a budget. */
export const budgets = { 'extension.js': 450 * 1024, 'renderer/table.js': 40 * 1024, 'renderer/chart.js': 280 * 1024 };

/** How large each bundle in `dist/` is, in bytes, with its budget where it has one. */
export function bundleSizes() {
  return bundles.map(({ out }) => {
    const content = readFileSync(path.join(root, 'dist', out));
    return { name: out, raw: content.length, gzip: gzipSync(content, { level: 9 }).length, budget: budgets[out] };
  });
}
