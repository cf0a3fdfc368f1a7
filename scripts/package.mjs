/**
 * `npm run package [-- --all]`: makes the `.vsix` for this platform (or for all of them) in `out/package/` and prints its size and
 * the bundles' against their budgets. Ends with 1 when a bundle is over its budget.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies } from './lib/install.mjs';
import { root } from './lib/paths.mjs';
import { formatBytes, formatTable } from './lib/report.mjs';

const { values: options } = parseArgs({ options: { all: { type: 'boolean', default: false } } });
await installDependencies();
const { buildProduct, packageProduct, platforms, thisPlatform } = await import('./lib/product.mjs');
const { bundleSizes } = await import('./lib/bundleSizes.mjs');

await buildProduct();
const sizes = bundleSizes();
const rows = sizes.map(({ name, raw, gzip, budget }) => {
  const limit = budget === undefined ? '' : `≤ ${formatBytes(budget)}`;
  return [name, formatBytes(raw), formatBytes(gzip), limit, budget === undefined ? '' : gzip <= budget ? 'yes' : 'NO'];
});
process.stdout.write(`${formatTable(['bundle', 'raw', 'gzip', 'budget (gzip)', 'within'], rows)}\n\n`);

for (const platform of options.all ? Object.keys(platforms) : [thisPlatform()]) {
  const vsix = await packageProduct(platform);
  process.stdout.write(`${path.relative(root, vsix)}  ${formatBytes(statSync(vsix).size)}\n`);
}
process.exit(sizes.every(({ gzip, budget }) => budget === undefined || gzip <= budget) ? 0 : 1);
