import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { devNull } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { type CancellationToken, throwIfCancelled } from '../../common/cancellation';
import { HuntError, toHuntError } from '../../common/errors';

export interface GitOptions {
  /** The repository; absent for commands that need none. */
  readonly gitDir?: string | undefined;
  readonly proxy?: string | undefined;
  readonly token: CancellationToken;
  readonly input?: string | undefined;
  /** Called with git's own sentences of progress. */
  readonly onProgress?: ((line: string) => void) | undefined;
}

type GitChild = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Runs git so that nothing of the repository, and nothing of the machine's configuration, runs or asks: no hooks, no helpers, no prompts,
 * no other protocols than the ones named, no filters (files are never checked out).
 * @see https://git-scm.com/docs/git#_environment_variables
 */
export function startGit(arguments_: readonly string[], { gitDir, proxy }: Pick<GitOptions, 'gitDir' | 'proxy'>): GitChild {
  const settings = [
    'core.hooksPath=' + devNull,
    'core.symlinks=false',
    'core.fsmonitor=false',
    'credential.helper=',
    'gc.auto=0',
    'maintenance.auto=false',
    'submodule.recurse=false',
    'fetch.recurseSubmodules=false',
    'http.followRedirects=initial',
    'http.lowSpeedLimit=200',
    'http.lowSpeedTime=60',
    'protocol.version=2',
    ...(process.platform === 'win32' ? ['http.sslBackend=schannel'] : []),
  ];
  const where = gitDir === undefined ? [] : [`--git-dir=${gitDir}`];
  return spawn('git', [...settings.flatMap((setting) => ['-c', setting]), ...where, ...arguments_], {
    env: { ...ownEnvironment(), ...isolation, ...(proxy === undefined ? {} : proxyEnvironment(proxy)) },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

const isolation = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '',
  SSH_ASKPASS: '',
  GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
  GIT_ALLOW_PROTOCOL: 'https:http:ssh:file',
  GIT_LFS_SKIP_SMUDGE: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  LC_ALL: 'C',
};

/** Not among the arguments, which others on the machine can read: an address of a proxy may hold a password. */
function proxyEnvironment(proxy: string): NodeJS.ProcessEnv {
  return { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'http.proxy', GIT_CONFIG_VALUE_0: proxy };
}

/** Without what an outer git (a hook, a terminal in the editor) says of its own repository. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const kept = /^(GIT_SSL_CAINFO|GIT_SSL_CAPATH|GIT_EXEC_PATH)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name) || kept.test(name)));
}

/**
 * Runs git to its end.
 * @returns What it wrote to its standard output.
 * @throws HuntError `cancelled`; `notFound` of the program git; `network` with git's own words when it failed.
 */
export async function git(arguments_: readonly string[], options: GitOptions): Promise<Buffer> {
  throwIfCancelled(options.token);
  const child = startGit(arguments_, options);
  const registration = options.token.onCancellationRequested(() => child.kill());
  const output: Buffer[] = [];
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString('utf8')}`.slice(-8_000);
    const line = chunk.toString('utf8').split(/[\r\n]+/).filter((text) => text.trim() !== '').at(-1);
    if (line !== undefined) options.onProgress?.(line.trim());
  });
  child.stdin.on('error', () => undefined); // It ended before it read all: its exit says why.
  child.stdin.end(options.input ?? '');
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    throwIfCancelled(options.token);
    if (code !== 0) throw gitError(said, arguments_);
    return Buffer.concat(output);
  } catch (thrown) {
    throw isMissing(thrown) ? new HuntError({ kind: 'notFound', what: 'program', name: 'git' }, { cause: thrown }) : toHuntError(thrown);
  } finally {
    registration.dispose();
  }
}

export function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT' && 'syscall' in thrown && String(thrown.syscall).startsWith('spawn');
}

/** What git says, as ours: the lines that name the failure, without advice for people at a terminal. */
function gitError(said: string, arguments_: readonly string[]): HuntError {
  const lines = said.split(/[\r\n]+/).filter((line) => /^(fatal|error|remote):/i.test(line.trim()));
  const message = (lines.length > 0 ? lines.slice(-3) : [said.trim().split('\n').at(-1) ?? '']).join(' ').slice(0, 600);
  if (/No space left on device|disk quota exceeded/i.test(said)) {
    return new HuntError({ kind: 'storage', reason: 'full', path: '', message });
  }
  return new HuntError({ kind: 'network', host: 'the repository', message: `git ${arguments_[0] ?? ''}: ${message.replace(/[.\s]+$/, '')}.` });
}
