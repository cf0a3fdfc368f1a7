/**
 * `npm test` sets up what is missing and runs every layer; `npm run test:<layer> -- <filter>` runs one. Prints one line a layer, what
 * failed, and at last `N passed, N failed`.
 */
import { installDependencies } from './lib/install.mjs';
import { formatSeconds, formatTable } from './lib/report.mjs';

await installDependencies();
const { layers } = await import('./lib/layers.mjs');

const [first, ...rest] = process.argv.slice(2);
const isLayer = first !== undefined && Object.hasOwn(layers, first);
if (first !== undefined && !isLayer) {
  process.stderr.write(`There is no layer "${first}"; there are ${Object.keys(layers).join(', ')}.\n`);
  process.exit(2);
}
const chosen = isLayer ? [first] : Object.keys(layers);
const filter = rest.join(' ');

const results = [];
for (const name of chosen) {
  const start = performance.now();
  const checks = await runLayer(name);
  const failures = checks.filter((check) => !check.ok);
  const result = { name, passed: checks.length - failures.length, failed: failures.length, time: performance.now() - start };
  for (const failure of failures) process.stdout.write(`\nFAILED ${name}: ${failure.name}\n${failure.message}\n\n`);
  process.stdout.write(`${name}: ${result.passed} passed, ${result.failed} failed, ${formatSeconds(result.time)}\n`);
  results.push(result);
}

if (results.length > 1) {
  const rows = results.map(({ name, passed, failed, time }) => [name, String(passed), String(failed), (time / 1000).toFixed(1)]);
  process.stdout.write(`\n${formatTable(['layer', 'passed', 'failed', 'seconds'], rows)}\n\n`);
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exit(sum('failed') === 0 ? 0 : 1);

async function runLayer(name) {
  try {
    const checks = await layers[name](filter);
    if (checks.length === 0) throw new Error(filter ? `No test matches "${filter}".` : 'There are no tests.');
    return checks;
  } catch (error) {
    return [{ name: 'the layer runs', ok: false, message: error.stack ?? String(error) }];
  }
}
