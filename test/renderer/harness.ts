import { afterAll, beforeAll } from 'vitest';
import { type OpenOptions, RendererHarness, type RendererPage } from './rendererHarness';

export { type OpenOptions, type Theme, themes } from './rendererHarness';

/** A harness for the tests of one file. */
export function useRenderer(): (options?: OpenOptions) => Promise<RendererPage> {
  let harness: RendererHarness | undefined;
  beforeAll(async () => {
    harness = await RendererHarness.start();
  });
  afterAll(async () => {
    await harness?.stop();
  });
  return (options) => {
    if (!harness) throw new Error('The page is there inside tests alone.');
    return harness.open(options);
  };
}
