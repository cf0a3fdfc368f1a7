/** YAML files of packages as modules: their content is parsed when something is bundled, so that nothing has to be parsed when it runs. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'yaml';

const { resolve } = createRequire(import.meta.url);
const YAML = /\.yaml$/;

/** A plugin of esbuild. */
export const yamlModules = {
  name: 'yaml',
  setup: (esbuild) => {
    esbuild.onResolve({ filter: YAML }, ({ path }) => ({ path: resolve(path) }));
    esbuild.onLoad({ filter: YAML }, ({ path }) => ({ loader: 'json', contents: JSON.stringify(parse(readFileSync(path, 'utf8'))) }));
  },
};
