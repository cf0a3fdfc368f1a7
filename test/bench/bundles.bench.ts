import { budgets, bundleSizes } from '../../scripts/lib/bundleSizes.mjs';
import { buildProduct } from '../../scripts/lib/product.mjs';
import type { Bench, Measurement } from './bench';

/** The baseline is the bundle before compression. */
export const benches: readonly Bench[] = Object.entries(budgets).map(([bundle, budget]) => ({
  name: `bundle: ${bundle}, gzip`,
  unit: 'KB',
  budget: budget / 1024,
  run: () => measure(bundle),
}));

async function measure(bundle: string): Promise<Measurement> {
  await buildProduct();
  const size = bundleSizes().find(({ name }) => name === bundle);
  if (!size) throw new Error(`there is no bundle ${bundle}`);
  return { value: size.gzip / 1024, baseline: size.raw / 1024 };
}
