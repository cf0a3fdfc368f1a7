import { execFileSync, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** Runs git for the preparation of a test, with an identity of its own. */
export function git(folder: string, ...given: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z', GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z' };
  const settings = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'init.defaultBranch=main', '-c', 'core.protectNTFS=false'];
  return execFileSync('git', [...settings, ...given], { cwd: folder, env, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] }).trim();
}

/** A repository with one commit of these files. */
export function makeRepository(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '--quiet');
  git(folder, 'config', 'uploadpack.allowFilter', 'true');
  git(folder, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  commit(folder, files);
}

export function commit(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'Change');
}

interface TreeEntry {
  readonly mode: string;
  readonly name: string;
  readonly text: string;
}

/** Adds an entry that no work tree could have: a link, or a name that leaves the folder. */
export function commitEntries(folder: string, entries: readonly TreeEntry[]): void {
  const listing = git(folder, 'ls-tree', 'HEAD');
  const write = (input: string, ...given: readonly string[]): string =>
    execFileSync('git', given, { cwd: folder, input, encoding: 'utf8' }).trim();
  const added = entries.map(({ mode, name, text }) => `${mode} blob ${write(text, 'hash-object', '-w', '--stdin')}\t${name}`);
  const tree = write(`${[listing, ...added].filter((line) => line !== '').join('\n')}\n`, 'mktree');
  git(folder, 'update-ref', 'refs/heads/main', git(folder, 'commit-tree', tree, '-p', 'HEAD', '-m', 'Entries'));
}

export interface GitServer {
  readonly url: string;
  /** Answered requests, as `METHOD path`. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

/** Serves the repositories below a folder on loopback: by git's own CGI, or as plain files, as a dumb server does. */
export async function serveRepositories(root: string, kind: 'smart' | 'dumb'): Promise<GitServer> {
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (kind === 'smart') smart(root, request, response);
    else dumb(root, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function smart(root: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: searchParams.toString(),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(child.stdin);
  child.stdin.on('error', () => undefined);
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.on('close', () => {
    const all = Buffer.concat(output);
    const end = all.indexOf('\r\n\r\n');
    const headers = all.subarray(0, end).toString('utf8').split('\r\n').map((line) => line.split(/:\s*/, 2));
    const status = Number(headers.find(([name]) => name === 'Status')?.[1]?.slice(0, 3) ?? 200);
    for (const [name = '', value = ''] of headers) if (name !== 'Status' && name !== '') response.setHeader(name, value);
    response.writeHead(status);
    response.end(all.subarray(end + 4));
  });
}

function dumb(root: string, request: IncomingMessage, response: ServerResponse): void {
  const file = path.join(root, decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname));
  const isThere = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  response.writeHead(isThere ? 200 : 404, { 'content-type': 'application/octet-stream' });
  response.end(isThere ? readFileSync(file) : undefined);
}
