import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { parse } from 'yaml';

const require = createRequire(import.meta.url);

/** YAML files of packages as modules, as in the bundles. The module has a name of its own: a package's file would be left to Node. */
const yamlModules: Plugin = {
  name: 'yaml',
  enforce: 'pre',
  resolveId: (source) => (/^[^\0].*\.yaml$/u.test(source) ? `\0${require.resolve(source)}` : undefined),
  load: (id) => (/^\0.*\.yaml$/u.test(id) ? `export default ${JSON.stringify(parse(readFileSync(id.slice(1), 'utf8')))};` : undefined),
};

/** Limits are for what hangs, not for what is slow: a loaded machine fails no test. Speed is measured by `npm run bench`. */
const testTimeout = 120_000;
const hookTimeout = 240_000;

/** One project a layer; `npm run test:<layer>` runs one. */
export default defineConfig({
  plugins: [yamlModules],
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
