import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type CancellationToken, throwIfCancelled } from '../../common/cancellation';
import type { Disposable } from '../../common/disposable';
import { HuntError, toHuntError } from '../../common/errors';

/**
 * A short-lived DuckDB that may read the user's files, which the one that runs queries may not. It holds staging tables and writes the
 * database file that queries read.
 */
export class Loader implements Disposable {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #token: CancellationToken;
  #tables = 0;
  #disposed = false;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, token: CancellationToken) {
    this.#instance = instance;
    this.#connection = connection;
    this.#token = token;
  }

  /** @param temporaryFolder Where staged rows go that do not fit into memory. */
  static async open(temporaryFolder: string, token: CancellationToken): Promise<Loader> {
    const instance = await DuckDBInstance.create(':memory:', {
      temp_directory: temporaryFolder,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    await connection.run(`SET TimeZone = 'UTC'`);
    return new Loader(instance, connection, token);
  }

  /** A name for a staging table. */
  tableName(): string {
    return `staged_${++this.#tables}`;
  }

  /** @throws HuntError `cancelled`, `storage`; other errors as DuckDB words them. */
  async run(sql: string): Promise<void> {
    await this.#guarded(() => this.#connection.run(sql));
  }

  async rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    return this.#guarded(async () => (await this.#connection.runAndReadAll(sql)).getRows());
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    throwIfCancelled(this.#token);
    const registration = this.#token.onCancellationRequested(() => this.#connection.interrupt());
    try {
      return await work();
    } catch (thrown) {
      throwIfCancelled(this.#token);
      throw storageFailure(thrown) ?? thrown;
    } finally {
      registration.dispose();
    }
  }
}

function storageFailure(thrown: unknown): HuntError | undefined {
  const message = thrown instanceof Error ? thrown.message : '';
  if (/No space left on device|not enough space on the disk/i.test(message)) {
    return new HuntError({ kind: 'storage', reason: 'full', path: '', message }, { cause: thrown });
  }
  return undefined;
}

/** A problem with one file does not stop the others; these do. */
export function stopsLoading(thrown: unknown): boolean {
  const { data } = toHuntError(thrown);
  return data.kind === 'cancelled' || (data.kind === 'storage' && (data.reason === 'full' || data.reason === 'readOnly'));
}

/** DuckDB's first sentence, without its advice on options that people cannot set here. */
export function firstSentence(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const [line = message] = message.split('\n');
  return line.replace(/^(Invalid Input|IO|Conversion|Parser|Binder|Out of Memory) Error: /, '').trim();
}
