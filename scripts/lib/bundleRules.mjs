import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { buildProduct } from './product.mjs';

/** What must not get into a bundle, whichever way it is imported. */
const forbidden = [
  { bundle: 'extension.js', pattern: /node_modules\/@(kusto|duckdb|azure|microsoft)\//, reason: 'it belongs to the engine process' },
  { bundle: 'extension.js', pattern: /^src\/(engine|results)\//, reason: 'it belongs to the engine process' },
  { bundle: 'renderer-chart.js', pattern: /^src\/(?!renderer\/|common\/)/, reason: 'a renderer imports src/common alone' },
  { bundle: 'renderer-table.js', pattern: /^src\/(?!renderer\/|common\/)/, reason: 'a renderer imports src/common alone' },
];

/** Throws when a bundle holds what must not be in it: lint sees one import at a time, this sees where they lead. */
export async function bundleRules() {
  await buildProduct();
  const offences = forbidden.flatMap(({ bundle, pattern, reason }) => {
    const meta = path.join(root, 'out/meta', `${bundle}.json`);
    if (!existsSync(meta)) return [];
    const { inputs } = JSON.parse(readFileSync(meta, 'utf8'));
    return Object.keys(inputs)
      .filter((input) => pattern.test(input))
      .map((input) => `${bundle} holds ${input}: ${reason}`);
  });
  if (offences.length > 0) throw new Error(offences.join('\n'));
}
