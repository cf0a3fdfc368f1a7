/** From sources to the installed product, doing again only what changed. Import after the dependencies are installed. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { allowedFiles, walk } from './allowList.mjs';
import { root, scratch } from './paths.mjs';
import { npm, run } from './processes.mjs';
import { npmFlags } from './install.mjs';
import { step } from './progress.mjs';
import { hashFiles, unlessStamped } from './stamps.mjs';
import { thirdPartyNotices } from './notices.mjs';
import { installVsix } from './workbench.mjs';

/** What cannot be bundled, besides the platform's binary. */
const native = ['@duckdb/node-bindings', 'detect-libc'];

/** VS Code's names of the platforms a package is made for, and the end of the name of DuckDB's package for each. */
export const platforms = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'alpine-x64': 'linux-x64-musl',
  'alpine-arm64': 'linux-arm64-musl',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
};

/** The platform this runs on. */
export function thisPlatform() {
  const report = /** @type {{header: {glibcVersionRuntime?: string}}} */ (process.report.getReport());
  const isMusl = process.platform === 'linux' && !report.header.glibcVersionRuntime;
  const name = `${isMusl ? 'alpine' : process.platform}-${process.arch}`;
  if (!(name in platforms)) throw new Error(`There is no DuckDB for ${name}; Huntbook runs on ${Object.keys(platforms).join(', ')}.`);
  return name;
}

/** Builds `dist/` as it ships, unless the sources are the ones of the last build. */
export async function buildProduct() {
  const sources = ['src', 'esbuild.mjs', 'tsconfig.base.json', 'tsconfig.json', 'package-lock.json'].flatMap((entry) => walk(root, entry));
  await unlessStamped('build', hashFiles(root, sources), path.join(root, 'dist/extension.js'), () =>
    step('building', async () => {
      const { buildProduct: build } = await import('../../esbuild.mjs');
      await build({ production: true });
    }),
  );
}

/** Packages what is built for a platform and answers with the `.vsix`, the one of last time when nothing changed. */
export async function packageProduct(platform = thisPlatform()) {
  const manifest = readManifest();
  const vsix = path.join(root, `out/package/${manifest.name}-${manifest.version}-${platform}.vsix`);
  const files = allowedFiles(root).filter((file) => !file.startsWith('node_modules/'));
  const content = hashFiles(root, [...files, '.vscodeignore', 'package-lock.json', 'scripts/lib/product.mjs', 'scripts/lib/notices.mjs']);
  await unlessStamped(`package-${platform}`, content, vsix, () =>
    step(`packaging for ${platform}`, async () => {
      const stage = path.join(root, 'out/package', platform);
      await fillStage(stage, platform, files, manifest);
      const options = ['--target', platform, '--out', vsix, '--allow-missing-repository', '--no-rewrite-relative-links'];
      await run(process.execPath, [path.join(root, 'node_modules/@vscode/vsce/vsce'), 'package', ...options], { cwd: stage });
      rmSync(stage, { recursive: true, force: true });
    }),
  );
  return vsix;
}

/** Builds, packages and installs the product into a folder of extensions, and answers with that folder. */
export async function installProduct() {
  await buildProduct();
  const vsix = await packageProduct();
  const extensionsDir = path.join(scratch, 'extensions');
  const content = hashFiles(path.dirname(vsix), [path.basename(vsix)]);
  await unlessStamped('install', content, path.join(extensionsDir, 'extensions.json'), () =>
    step('installing the package', async () => {
      rmSync(extensionsDir, { recursive: true, force: true, maxRetries: 5 });
      await installVsix(vsix, { extensionsDir, dataDir: path.join(scratch, 'install') });
    }),
  );
  return extensionsDir;
}

export function readManifest() {
  return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
}

/**
 * What a platform's package is made of, in a folder of its own: DuckDB's binary for another platform has no place in this one's
 * `node_modules`. The allow-list decides again there.
 */
async function fillStage(stage, platform, files, manifest) {
  rmSync(stage, { recursive: true, force: true });
  for (const file of [...files, '.vscodeignore']) copyInto(stage, root, file);

  const binary = `@duckdb/node-bindings-${platforms[platform]}`;
  for (const name of native) for (const file of walk(root, `node_modules/${name}`)) copyInto(stage, root, file);
  const home = existsSync(path.join(root, 'node_modules', binary)) ? root : await fetchBinary(binary, platform, manifest);
  for (const file of walk(home, `node_modules/${binary}`)) copyInto(stage, home, file);

  const stageManifest = {
    ...manifest,
    scripts: undefined,
    devDependencies: undefined,
    dependencies: { '@duckdb/node-bindings': manifest.dependencies['@duckdb/node-api'] },
  };
  writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(stageManifest, undefined, 2)}\n`);
  writeFileSync(path.join(stage, 'ThirdPartyNotices.txt'), thirdPartyNotices([...native, binary]));
}

/** DuckDB's binary for a platform that is not this one, from the registry, once. */
async function fetchBinary(name, platform, manifest) {
  const version = manifest.dependencies['@duckdb/node-api'];
  const home = path.join(scratch, 'bindings', `${platform}-${version}`);
  if (existsSync(path.join(home, 'node_modules/.package-lock.json'))) return home;
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'package.json'), JSON.stringify({ private: true, dependencies: { [name]: version } }));
  // Forced, because the package says that it is for another platform.
  await npm(['install', '--force', '--no-save', '--omit=optional', ...npmFlags], { cwd: home });
  return home;
}

function copyInto(stage, base, file) {
  const target = path.join(stage, file);
  mkdirSync(path.dirname(target), { recursive: true });
  copyFileSync(path.join(base, file), target);
}
