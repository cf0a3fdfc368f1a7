import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, scratch } from './paths.mjs';
import { startGroup, stopGroup } from './processes.mjs';

const onWindows = process.platform === 'win32';
const userData = path.join(scratch, 'desktop');

/** VS Code's command on PATH, or undefined. */
export function findCode() {
  const names = onWindows ? ['code.cmd', 'code.exe'] : ['code'];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find((file) => existsSync(file));
}

/** Opens a folder in desktop VS Code with the product under development, apart from the user's own settings and extensions. */
export function openDesktop(code, folder) {
  const args = [
    '--new-window',
    '--wait',
    '--disable-workspace-trust',
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${path.join(scratch, 'desktop-extensions')}`,
    folder,
  ];
  // On Windows the command is a batch file, which needs a shell and so quotes.
  const child = onWindows
    ? startGroup(`"${code}"`, args.map((arg) => `"${arg}"`), { stdio: 'inherit', shell: true })
    : startGroup(code, args, { stdio: 'inherit' });
  return {
    ended: new Promise((resolve) => child.once('close', resolve)),
    stop: async () => {
      endApplication();
      await stopGroup(child);
    },
  };
}

/** The command starts the application apart from itself; the application notes its process in its user data. */
function endApplication() {
  try {
    process.kill(Number(readFileSync(path.join(userData, 'code.lock'), 'utf8')), 'SIGTERM');
  } catch {
    // It has ended.
  }
}
