import { execFileSync, spawn } from 'node:child_process';

const onWindows = process.platform === 'win32';

/** Groups of processes that were started here and still run; whatever happens, they end with this process. */
const groups = new Set();
/** What else is to be ended when this process is told to stop. */
const stops = new Set();
let watching = false;

/**
 * Runs a command to its end and answers with what it wrote. Its end with another code than 0 is an error that carries the last lines.
 * `inherit` lets it write to the terminal instead.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: Record<string, string>, inherit?: boolean, shell?: boolean}} [options]
 * @returns {Promise<string>}
 */
export function run(command, args, { cwd, env, inherit = false, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, shell, stdio: inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => (output += chunk);
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}:\n${shorten(output)}`));
    });
  });
}

/** npm, the one that started this script where there is one. */
export function npm(args, options = {}) {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) return run(process.execPath, [script, ...args], options);
  return run('npm', args, { ...options, shell: onWindows });
}

/** Starts a process that leads its own group, so that everything it starts can be ended with it. */
export function startGroup(command, args, options = {}) {
  watchForTheEnd();
  const child = spawn(command, args, { ...options, detached: !onWindows, windowsHide: true });
  groups.add(child);
  child.on('close', () => groups.delete(child));
  return child;
}

/** Ends a group: asks, and after three seconds insists. Answers when its leader is gone. */
export async function stopGroup(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('close', resolve));
  signalGroup(child, 'SIGTERM');
  const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), 3000);
  await gone;
  clearTimeout(insist);
  groups.delete(child);
  // Members which outlive their leader.
  signalGroup(child, 'SIGKILL');
}

/** When this process is told to stop (Ctrl+C), `stop` runs before it ends. */
export function onStop(stop) {
  watchForTheEnd();
  stops.add(stop);
}

/** The beginning and the end: tools tell the cause in the one or the other. */
function shorten(output) {
  const lines = output.trimEnd().split('\n');
  return lines.length <= 200 ? lines.join('\n') : [...lines.slice(0, 100), '…', ...lines.slice(-100)].join('\n');
}

export function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

function signalGroup(child, signal) {
  try {
    if (onWindows) execFileSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-child.pid, signal);
  } catch {
    // Nothing of the group is left.
  }
}

function watchForTheEnd() {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const child of groups) signalGroup(child, 'SIGKILL');
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      void Promise.all([...[...stops].map((stop) => stop()), ...[...groups].map(stopGroup)]).then(() => {
        process.exit(signal === 'SIGINT' ? 130 : 143);
      });
    });
  }
}
