/**
 * A real workbench with the packaged product in it, for the tests of one file:
 *
 *     const session = useWorkbench();
 *     it('opens a hunt', async () => {
 *       const { workbench } = session();
 *       await workbench.openFile('hunt.ipynb');
 *     });
 *
 * A test that fails leaves a picture of the window and the server's log in `test-results/`.
 */
import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type OpenedProduct, openProduct, type ProductOptions } from '../../scripts/lib/openedProduct.mjs';
import { testResults } from '../../scripts/lib/paths.mjs';

/** Starts a workbench before the tests of this file and stops it after them. */
export function useWorkbench(options: ProductOptions = {}): () => OpenedProduct {
  let product: OpenedProduct | undefined;

  const keepEvidence = async (test: string): Promise<void> => {
    if (!product) return;
    const file = path.join(testResults, `ui-${test.replaceAll(/\W+/g, '-')}`);
    await product.workbench.screenshot(`${file}.png`);
    cpSync(product.logFile, `${file}.log`);
  };

  beforeAll(async () => {
    product = await openProduct(options);
    try {
      await product.workbench.open(product.url);
    } catch (error) {
      await keepEvidence('start');
      throw error;
    }
  });

  afterAll(async () => {
    await product?.close();
  });

  beforeEach((context) => {
    context.onTestFailed(() => keepEvidence(context.task.name));
  });

  return () => {
    if (!product) throw new Error('The workbench is there inside tests alone.');
    return product;
  };
}
