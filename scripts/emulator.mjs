/**
 * `npm run emulator -- [--port N] [--small] [--gzip]`: Azure on this machine (test/emulator), for any client, until Ctrl+C.
 * It prints where it is and how to point a client at it.
 */
import { spawn } from 'node:child_process';
import { installDependencies } from './lib/install.mjs';

await installDependencies();
const { bundleForNode } = await import('./lib/nodeBundle.mjs');
const [main] = await bundleForNode(['test/emulator/emulatorCommand.ts']);
const child = spawn(process.execPath, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl+C reaches the emulator too, which removes what it made and ends by itself.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGTERM'));
child.on('close', (code) => process.exit(code ?? 1));
