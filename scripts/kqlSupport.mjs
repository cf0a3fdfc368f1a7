/** `npm run docs:kql`: writes `docs/kql-support.md` from the engine's own tables. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { installDependencies } from './lib/install.mjs';
import { root } from './lib/paths.mjs';

await installDependencies();
const { bundleForNode } = await import('./lib/nodeBundle.mjs');
const [main] = await bundleForNode(['test/conformance/supportCommand.ts']);
mkdirSync(path.join(root, 'docs'), { recursive: true });
const { status } = spawnSync(process.execPath, [main, path.join(root, 'docs/kql-support.md')], { stdio: 'inherit' });
process.exit(status ?? 1);
