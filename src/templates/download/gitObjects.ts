import { type CancellationToken, throwIfCancelled } from '../../common/cancellation';
import { HuntError } from '../../common/errors';
import { type GitOptions, startGit } from './gitProcess';

export interface TreeFile {
  readonly oid: string;
  readonly name: string;
}

/** Regular files of `git ls-tree -r -z`: no symbolic links, no submodules, and no names that are not UTF-8. */
export function regularFiles(listing: Buffer): readonly TreeFile[] {
  return listing
    .toString('utf8')
    .split('\0')
    .flatMap((record) => {
      const match = /^100(?:644|755|664) blob ([0-9a-f]{40,64})\t([\s\S]+)$/.exec(record);
      return match?.[1] !== undefined && match[2] !== undefined && !match[2].includes('\uFFFD') ? [{ oid: match[1], name: match[2] }] : [];
    });
}

/**
 * Hands each file's content to `take`, in order, by one `git cat-file --batch`.
 * @throws HuntError `cancelled`; `network` when git ends before all were there.
 */
export async function readFiles(
  files: readonly TreeFile[],
  options: GitOptions,
  check: (file: TreeFile, bytes: number) => void,
  take: (file: TreeFile, content: Buffer) => Promise<void>,
): Promise<void> {
  const child = startGit(['cat-file', '--batch'], options);
  const registration = options.token.onCancellationRequested(() => child.kill());
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString('utf8')}`.slice(-2_000)));
  child.stdin.on('error', () => undefined);
  child.stdin.end(files.map(({ oid }) => `${oid}\n`).join(''));
  try {
    const reader = new BatchReader(child.stdout, () => lost(options.token, said));
    for (const file of files) {
      const header = await reader.line();
      const size = /^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1];
      if (size === undefined) throw lost(options.token, `${file.name}: ${header}`);
      check(file, Number(size));
      const content = await reader.bytes(Number(size) + 1);
      await take(file, content.subarray(0, -1));
      throwIfCancelled(options.token);
    }
  } finally {
    registration.dispose();
    child.kill();
  }
}

function lost(token: CancellationToken, said: string): HuntError {
  return token.isCancellationRequested
    ? new HuntError({ kind: 'cancelled' })
    : new HuntError({ kind: 'network', host: 'the repository', message: `Not all files came: ${said.trim().slice(0, 400)}.` });
}

/** Reads a stream by lines and by counted bytes. */
class BatchReader {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #ended: () => HuntError;
  #held: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>, ended: () => HuntError) {
    this.#chunks = stream[Symbol.asyncIterator]();
    this.#ended = ended;
  }

  async line(): Promise<string> {
    let end = this.#held.indexOf(10);
    while (end < 0) {
      this.#held = Buffer.concat([this.#held, await this.#next()]);
      end = this.#held.indexOf(10);
    }
    const line = this.#held.subarray(0, end).toString('utf8');
    this.#held = this.#held.subarray(end + 1);
    return line;
  }

  async bytes(count: number): Promise<Buffer> {
    const parts = [this.#held];
    let length = this.#held.length;
    while (length < count) {
      const chunk = await this.#next();
      parts.push(chunk);
      length += chunk.length;
    }
    const all = parts.length === 1 ? this.#held : Buffer.concat(parts, length);
    this.#held = all.subarray(count);
    return all.subarray(0, count);
  }

  async #next(): Promise<Buffer> {
    const next = await this.#chunks.next();
    if (next.done === true) throw this.#ended();
    return next.value;
  }
}
