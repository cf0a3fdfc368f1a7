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

async function measure({ name, unit, budget = null, ratioBudget = null, better = 'lower', run }) {
  try {
    const { value, baseline = null } = await run();
    const ratio = baseline ? value / baseline : null;
    const ok = (budget === null || (better === 'lower' ? value <= budget : value >= budget)) && (ratioBudget === null || ratio <= ratioBudget);
    return { name, unit, value, baseline, ratio, budget, ratioBudget, better, ok };
  } catch (error) {
    const why = error.stack ?? String(error);
    return { name, unit, value: null, baseline: null, ratio: null, budget, ratioBudget, better, ok: false, error: why };
  }
}

function toJson({ name, value, unit, baseline, ratio, budget, ratioBudget, ok }) {
  return { name, value, unit, baseline, ratio, budget, ratioBudget, ok };
}

function toRow({ name, unit, value, baseline, ratio, budget, ratioBudget, better, ok, error }) {
  const limits = [];
  if (budget !== null) limits.push(`${better === 'lower' ? '≤' : '≥'} ${number(budget)}`);
  if (ratioBudget !== null) limits.push(`≤ ${ratioBudget} ×`);
  return [name, unit, number(value), number(baseline), ratio === null ? '' : ratio.toFixed(2), limits.join(', '), error ? 'failed' : limits.length === 0 ? '' : ok ? 'yes' : 'NO'];
}

function number(value) {
  if (value === null) return '';
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
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
