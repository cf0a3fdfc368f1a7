import path from 'node:path';
import { build } from 'esbuild';
import { root } from './paths.mjs';

/** Bundles TypeScript files each by itself for Node, packages left out, and answers with the files to run. Import after the dependencies are installed. */
export async function bundleForNode(entries) {
  const outdir = path.join(root, 'out/commands');
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    entryNames: '[name]',
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  });
  return entries.map((entry) => path.join(outdir, path.basename(entry).replace(/\.ts$/, '.mjs')));
}
