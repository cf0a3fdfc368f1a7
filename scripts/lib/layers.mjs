/** The layers of tests. Each answers with its checks: `{name, ok, message}`. Import after the dependencies are installed. */
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { bundleRules } from './bundleRules.mjs';
import { emulatedEnvironment, emulatedSettings, packageAccount, startEmulator } from './emulated.mjs';
import { runInExtensionHost } from './extensionHost.mjs';
import { lockFileRules } from './lockFileRules.mjs';
import { bundleForNode } from './nodeBundle.mjs';
import { root, testResults } from './paths.mjs';
import { run } from './processes.mjs';
import { buildProduct, installProduct } from './product.mjs';
import { installWorkbench } from './workbench.mjs';

const out = path.join(root, 'out');

export const layers = {
  lint: async () => [
    await check('eslint with the import rule', () => nodeTool('eslint/bin/eslint.js', ['.', '--max-warnings', '0'])),
    await check('what is in the bundles', bundleRules),
    await check('what the lock files say', lockFileRules),
  ],
  types: async () => {
    const projects = ['tsconfig.json', 'src/renderer/tsconfig.json', 'test/tsconfig.json', 'scripts/tsconfig.json'];
    return Promise.all(projects.map((project) => check(project, () => nodeTool('typescript/bin/tsc', ['-p', project, '--pretty', 'false']))));
  },
  unit: (filter) => vitest('unit', filter),
  conformance: (filter) => vitest('conformance', filter),
  renderer: async (filter) => {
    await findBrowser();
    return vitest('renderer', filter);
  },
  integration,
  ui: async (filter) => {
    await setUpWorkbench();
    await installProduct();
    return vitest('ui', filter);
  },
};

async function setUpWorkbench() {
  await findBrowser();
  await installWorkbench();
}

async function check(name, work) {
  try {
    await work();
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, message: error.message };
  }
}

function nodeTool(file, args) {
  return run(process.execPath, [path.join(root, 'node_modules', file), ...args], { cwd: root });
}

async function vitest(project, filter) {
  const report = path.join(out, `vitest-${project}.json`);
  rmSync(report, { force: true });
  const words = filter.split(' ').filter(Boolean);
  const args = ['run', '--project', project, '--reporter', 'json', '--outputFile', report, '--passWithNoTests', ...words];
  const failure = await nodeTool('vitest/vitest.mjs', args).then(() => undefined, (error) => error);
  if (!existsSync(report)) throw failure ?? new Error('vitest wrote no report');
  const checks = JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap(checksOfFile);
  // An error outside any test fails the run without failing a test.
  if (failure && checks.every((one) => one.ok)) throw failure;
  return checks;
}

function checksOfFile({ name, status, message, assertionResults }) {
  const file = path.relative(root, name);
  const tests = assertionResults
    .filter((test) => test.status === 'passed' || test.status === 'failed')
    .map((test) => ({ name: `${file}: ${test.fullName}`, ok: test.status === 'passed', message: test.failureMessages?.join('\n') }));
  const isBroken = status === 'failed' && tests.every((test) => test.ok);
  return isBroken ? [...tests, { name: file, ok: false, message: message || 'the file could not be run' }] : tests;
}

async function integration(filter) {
  await setUpWorkbench();
  await buildProduct();
  const bundled = path.join(out, 'integration');
  rmSync(bundled, { recursive: true, force: true });
  const tests = readdirSync(path.join(root, 'test/integration')).filter((file) => file.endsWith('.test.ts') || file === 'harness.ts');
  await bundleForNode(tests.map((file) => `test/integration/${file}`), { outdir: 'out/integration', inExtensionHost: true });
  const folder = path.join(bundled, 'folder');
  if (existsSync(path.join(root, 'samples'))) cpSync(path.join(root, 'samples'), folder, { recursive: true });
  else mkdirSync(folder);
  const report = path.join(bundled, 'report.json');
  const emulator = await startEmulator();
  const { log } = await runInExtensionHost({
    module: path.join(bundled, 'harness.js'),
    folder,
    logFile: path.join(testResults, 'integration.log'),
    env: { HUNTBOOK_TEST_REPORT: report, HUNTBOOK_TEST_FILTER: filter, ...emulatedEnvironment(emulator) },
    settings: emulatedSettings(emulator.url),
    vsix: [await packageAccount()],
    trusted: { microsoft: ['huntbook.huntbook'] },
  }).finally(() => emulator.close());
  if (!existsSync(report)) throw new Error(`The tests left no report. The extension host said:\n${log}`);
  return JSON.parse(readFileSync(report, 'utf8'));
}
