import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './paths.mjs';
import { yamlModules } from './yamlModules.mjs';

/** The scripts know their place by where they lie, so they stay there. */
const scriptsAreExternal = {
  name: 'scripts',
  setup: (esbuild) => {
    esbuild.onResolve({ filter: /\.mjs$/ }, ({ path: file, resolveDir }) => ({
      path: pathToFileURL(path.resolve(resolveDir, file)).href,
      external: true,
    }));
  },
};

/**
 * Bundles TypeScript files of the repository each by itself for Node, packages and scripts left out, and answers with the files to run,
 * in the same order. ES modules unless `inExtensionHost`, which makes CommonJS modules that may use `vscode`.
 * Import after the dependencies are installed.
 * @param {readonly string[]} entries
 * @param {{outdir?: string, inExtensionHost?: boolean}} [options]
 * @returns {Promise<string[]>}
 */
export async function bundleForNode(entries, { outdir = 'out/commands', inExtensionHost = false } = {}) {
  const extension = inExtensionHost ? '.js' : '.mjs';
  await build({
    absWorkingDir: root,
    entryPoints: [...entries],
    entryNames: '[name]',
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
    outExtension: { '.js': extension },
    ...(inExtensionHost
      ? { format: 'cjs', external: ['vscode'], sourcemap: 'inline', plugins: [yamlModules] }
      : { format: 'esm', banner: { js: 'const __dirname = import.meta.dirname;' }, plugins: [scriptsAreExternal, yamlModules] }),
  });
  return entries.map((entry) => path.join(root, outdir, path.basename(entry).replace(/\.ts$/, extension)));
}
