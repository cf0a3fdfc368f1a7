import { defineConfig } from 'vitest/config';

/** Limits are for what hangs, not for what is slow: a loaded machine fails no test. Speed is measured by `npm run bench`. */
const testTimeout = 120_000;
const hookTimeout = 240_000;

/** One project a layer; `npm run test:<layer>` runs one. */
export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout, hookTimeout } },
      { extends: true, test: { name: 'conformance', include: ['test/conformance/**/*.test.ts'], testTimeout, hookTimeout } },
      { extends: true, test: { name: 'renderer', include: ['test/renderer/**/*.test.{ts,tsx}'], testTimeout, hookTimeout } },
      // One workbench and one browser at a time: two of each do not fit two cores.
      { extends: true, test: { name: 'ui', include: ['test/ui/**/*.test.ts'], testTimeout, hookTimeout, fileParallelism: false } },
    ],
  },
});
