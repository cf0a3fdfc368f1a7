/** The emulator of Azure (test/emulator) in a process of its own. Import after the dependencies are installed. */
import { createInterface } from 'node:readline';
import { bundleForNode } from './nodeBundle.mjs';
import { startGroup, stopGroup } from './processes.mjs';

/**
 * Starts it and answers when it serves.
 * @param {{port?: number, small?: boolean}} [options] `small`: without the sample, which takes seconds to make.
 */
export async function startEmulatorProcess({ port = 0, small = false } = {}) {
  const [main] = await bundleForNode(['test/emulator/emulatorCommand.ts']);
  const args = [main, '--json', '--port', String(port), ...(small ? ['--small'] : [])];
  const child = startGroup(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const described = await new Promise((resolve, reject) => {
    createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line)));
    child.once('close', (code) => reject(new Error(`The emulator ended with ${code}.`)));
  });
  return { ...described, stop: () => stopGroup(child) };
}
