/**
 * Bundles the product: `node esbuild.mjs [--production]`. Production is minified; otherwise there are source maps.
 * Needs nothing of esbuild's install script: its binary comes with the platform's package.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';
import { yamlModules } from './scripts/lib/yamlModules.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));

const inNode = { platform: 'node', target: 'node20', format: 'cjs', plugins: [yamlModules] };
const inBrowser = { platform: 'browser', target: 'es2022', format: 'esm', loader: { '.css': 'text' } };

/**
 * Takes the VS Code API as it is. For `import * as vscode` esbuild makes a copy of the namespace, with a getter for each of its several
 * hundred members, once a file: that was half of the activation time.
 */
const plainApi = {
  name: 'plain-api',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      return { loader: 'ts', contents: text.replace("import * as vscode from 'vscode';", "const vscode = require('vscode');") };
    });
  },
};

/** What the extension host needs late, in bundles of its own: a large extension.js takes longer to start, whether its code runs or not. */
const lateBundles = [
  { imported: /^vscode-languageclient\/node$/, bundle: './languageClient.js' },
  { imported: /\/report\/writeReport$/, bundle: './report.js' },
];

const lateApart = {
  name: 'late-apart',
  setup(build) {
    for (const { imported, bundle } of lateBundles) {
      build.onResolve({ filter: imported }, () => ({ path: bundle, external: true }));
    }
  },
};

/** DuckDB's binary and what finds it ship as real files beside the bundles. */
const native = ['@duckdb/node-bindings'];

/** Runs in the extension host. What is imported late is required late: a bundle that lies beside is no ES module. */
const inExtensionHost = { ...inNode, supported: { 'dynamic-import': false } };

/** Every bundle: its file in `dist/`, where it starts, how it is built. */
export const bundles = [
  {
    out: 'extension.js',
    entry: 'src/extension.ts',
    options: { ...inExtensionHost, external: ['vscode', ...native], plugins: [plainApi, lateApart] },
  },
  { out: 'languageClient.js', entry: 'vscode-languageclient/node', options: { ...inExtensionHost, external: ['vscode'] } },
  { out: 'report.js', entry: 'src/report/writeReport.ts', options: inExtensionHost },
  { out: 'engineProcess.js', entry: 'src/engineProcess.ts', options: { ...inNode, external: native } },
  { out: 'languageServer.js', entry: 'src/languageServer.ts', options: inNode },
  { out: 'templateWorker.js', entry: 'src/templateWorker.ts', options: inNode },
  { out: 'cli.js', entry: 'src/cli.ts', options: { ...inNode, external: native } },
  { out: 'renderer/table.js', entry: 'src/renderer/result/index.ts', options: inBrowser },
  { out: 'renderer/tableTools.js', entry: 'src/renderer/table/tools/index.ts', options: inBrowser },
  { out: 'renderer/chart.js', entry: 'src/renderer/chart/index.ts', options: inBrowser },
  { out: 'pages/hunting.js', entry: 'src/renderer/pages/hunting.ts', options: inBrowser },
  { out: 'pages/incident.js', entry: 'src/renderer/pages/incident.ts', options: inBrowser },
  { out: 'renderer/entities.js', entry: 'src/renderer/investigation/entities/index.ts', options: inBrowser },
  { out: 'renderer/processes.js', entry: 'src/renderer/investigation/processes/index.ts', options: inBrowser },
  { out: 'renderer/timeline.js', entry: 'src/renderer/investigation/timeline/index.ts', options: inBrowser },
  { out: 'pages/template.js', entry: 'src/renderer/pages/template.ts', options: inBrowser },
  { out: 'pages/result.js', entry: 'src/renderer/panel/index.ts', options: inBrowser },
];

/** Builds all bundles into `dist/`; a description of what went into each is left in `out/meta/`. */
export async function buildProduct({ production }) {
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  await Promise.all(bundles.map((bundle) => buildBundle(bundle, production)));
}

async function buildBundle({ out, entry, options }, production) {
  const result = await esbuild({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: path.join(root, 'dist', out),
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
    ...options,
  });
  const meta = path.join(root, 'out/meta', `${out.replace('/', '-')}.json`);
  mkdirSync(path.dirname(meta), { recursive: true });
  writeFileSync(meta, JSON.stringify(result.metafile));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // The scripts build only what changed since their own last build, which this replaces.
  rmSync(path.join(root, '.huntbook/stamps/build'), { force: true });
  await buildProduct({ production: process.argv.includes('--production') });
}
