/**
 * `npm run bench -- [part of a name] [--json FILE]`: measures what `test/bench/*.bench.ts` list (see `test/bench/bench.ts`), prints a
 * table and ends with 1 when a figure is over its budget.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { installDependencies } from './lib/install.mjs';
import { root } from './lib/paths.mjs';
import { formatTable } from './lib/report.mjs';

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const filter = positionals.join(' ').toLowerCase();

await installDependencies();
const benches = (await loadBenches()).filter((bench) => bench.name.toLowerCase().includes(filter));
if (benches.length === 0) fail(`No bench has "${filter}" in its name.`);

const figures = [];
for (const bench of benches) {
  process.stderr.write(`measuring ${bench.name}\n`);
  figures.push(await measure(bench));
}
process.stdout.write(`\n${formatTable(['figure', 'unit', 'value', 'baseline', 'ratio', 'budget', 'within'], figures.map(toRow))}\n`);
for (const { name, error } of figures) if (error) process.stdout.write(`\n${name}: ${error}\n`);
if (options.json) {
  mkdirSync(path.dirname(path.resolve(options.json)), { recursive: true });
  writeFileSync(options.json, `${JSON.stringify(figures.map(toJson), undefined, 2)}\n`);
}
process.exit(figures.every((figure) => figure.ok) ? 0 : 1);

async function measure({ name, unit, budget = null, better = 'lower', run }) {
  try {
    const { value, baseline = null } = await run();
    const ok = budget === null || (better === 'lower' ? value <= budget : value >= budget);
    return { name, unit, value, baseline, ratio: baseline ? value / baseline : null, budget, better, ok };
  } catch (error) {
    return { name, unit, value: null, baseline: null, ratio: null, budget, better, ok: false, error: error.stack ?? String(error) };
  }
}

function toJson({ name, value, unit, baseline, ratio, budget, ok }) {
  return { name, value, unit, baseline, ratio, budget, ok };
}

function toRow({ name, unit, value, baseline, ratio, budget, better, ok, error }) {
  const limit = budget === null ? '' : `${better === 'lower' ? '≤' : '≥'} ${number(budget)}`;
  return [name, unit, number(value), number(baseline), ratio === null ? '' : ratio.toFixed(2), limit, error ? 'failed' : budget === null ? '' : ok ? 'yes' : 'NO'];
}

function number(value) {
  if (value === null) return '';
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1);
}

/** Each file is bundled by itself, so that benches need no build of their own. */
async function loadBenches() {
  const { bundleForNode } = await import('./lib/nodeBundle.mjs');
  const folder = 'test/bench';
  const files = readdirSync(path.join(root, folder)).filter((file) => file.endsWith('.bench.ts'));
  const bundled = await bundleForNode(files.map((file) => `${folder}/${file}`), { outdir: 'out/bench' });
  const modules = await Promise.all(bundled.map((file) => import(pathToFileURL(file).href)));
  return modules.flatMap((module) => module.benches);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
