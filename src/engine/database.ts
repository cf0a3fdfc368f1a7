import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type CancellationToken, throwIfCancelled } from '../common/cancellation';
import type { Disposable } from '../common/disposable';
import { HuntError, type HuntErrorData, toHuntError } from '../common/errors';
import { macroStatements } from './macros';
import { quoteText } from './render';
import { registerRoutines } from './routines/registry';

export interface DatabaseOptions {
  /** Folder of our own; large intermediate results spill into `tmp` below it. Made when it is missing. */
  readonly directory: string;
  readonly memoryLimitMiB: number;
  /** Threads for one query; the machine's when absent. */
  readonly threads?: number | undefined;
  /** Folders whose database files may be attached later. Queries themselves can reach nothing. */
  readonly allowedDirectories: readonly string[];
  /** Single files that queries may read. */
  readonly allowedFiles?: readonly string[] | undefined;
  /** A database of addresses in MaxMind's format, for `geo_info_from_ip_address()`. */
  readonly geoIpDatabase?: string | undefined;
}

const INTERRUPT_MS = 50;
/** So long a cancelled statement may take to stop; then its caller is told, and it ends by itself. DuckDB's planner hears no interrupt. */
const PATIENCE_MS = 100;

/** An in-memory DuckDB that is locked down: no files but those allowed, no network, no extensions, no change of settings. */
export class Database implements Disposable {
  readonly #instance: DuckDBInstance;
  readonly #options: DatabaseOptions;
  #idle: DuckDBConnection[] = [];
  #disposed = false;

  private constructor(instance: DuckDBInstance, options: DatabaseOptions) {
    this.#instance = instance;
    this.#options = options;
  }

  /** @throws HuntError `storage` when the folder cannot be made. */
  static async open(options: DatabaseOptions): Promise<Database> {
    const temporary = join(options.directory, 'tmp');
    try {
      await mkdir(temporary, { recursive: true });
    } catch (thrown) {
      throw toHuntError(thrown);
    }
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: `${options.memoryLimitMiB}MiB`,
      temp_directory: temporary,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
    });
    const database = new Database(instance, options);
    const connection = await instance.connect();
    registerRoutines(connection, options.geoIpDatabase);
    for (const statement of macroStatements()) await connection.run(statement);
    const allowed = options.allowedDirectories.map(quoteText).join(', ');
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(`SET allowed_directories = [${allowed}]`);
    await connection.run(`SET allowed_paths = [${(options.allowedFiles ?? []).map(quoteText).join(', ')}]`);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    database.#idle.push(connection);
    return database;
  }

  /**
   * Runs a statement whose rows nobody reads. Cancelling interrupts it.
   * @param undo Is run when the statement succeeds after its caller was told that it is cancelled.
   */
  async run(sql: string, token: CancellationToken, undo?: string): Promise<void> {
    await this.#use(token, (connection) => connection.run(sql), undo);
  }

  /** Runs a query: rows of values as DuckDB's JavaScript interface gives them (BIGINT as bigint, NULL as null). */
  async rows(sql: string, token: CancellationToken): Promise<readonly (readonly unknown[])[]> {
    return await this.#use(token, async (connection) => (await connection.runAndReadAll(sql)).getRowsJS());
  }

  /** The values of a query's only column, an INTEGER without nulls: many times faster than as rows. */
  async integers(sql: string, token: CancellationToken): Promise<Int32Array> {
    return await this.#use(token, async (connection) => {
      const chunks = await (await connection.run(sql)).fetchAllChunks();
      const values = new Int32Array(chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0));
      let next = 0;
      for (const chunk of chunks) {
        const vector = chunk.getColumnVector(0);
        for (let row = 0; row < chunk.rowCount; row++) values[next++] = Number(vector.getItem(row));
      }
      return values;
    });
  }

  /** Attaches a database file read-only under a name of ours. Its folder must be an allowed one. */
  async attach(path: string, name: string): Promise<void> {
    await this.#use(undefined, (connection) => connection.run(`ATTACH ${quoteText(path)} AS ${quoteName(name)} (READ_ONLY)`));
  }

  async detach(name: string): Promise<void> {
    await this.#use(undefined, (connection) => connection.run(`DETACH DATABASE IF EXISTS ${quoteName(name)}`));
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const connection of this.#idle.splice(0)) connection.closeSync();
    this.#instance.closeSync();
  }

  /** Each statement has a connection of its own, so that it can be interrupted alone, and be left behind while it stops. */
  async #use<T>(token: CancellationToken | undefined, work: (connection: DuckDBConnection) => Promise<T>, undo?: string): Promise<T> {
    if (!token) return this.#runOn(await this.#connection(), undefined, work);
    throwIfCancelled(token);
    const patience = patienceWith(token);
    let isLeft = false;
    // Getting a connection can wait as well: for a thread, while statements that were left behind still hold theirs.
    const running = this.#connection().then((connection) =>
      this.#runOn(connection, token, async (own) => {
        throwIfCancelled(token);
        const answer = await work(own);
        if (isLeft && undo !== undefined) await own.run(undo);
        return answer;
      }),
    );
    try {
      return await Promise.race([running, patience.over]);
    } catch (thrown) {
      isLeft = true;
      running.catch(() => undefined);
      throw thrown;
    } finally {
      patience.dispose();
    }
  }

  async #connection(): Promise<DuckDBConnection> {
    // DuckDB takes the process down with it when it is closed and asked.
    if (this.#disposed) throw new HuntError({ kind: 'engineLost', message: 'closed' });
    return this.#idle.pop() ?? (await this.#instance.connect());
  }

  async #runOn<T>(
    connection: DuckDBConnection,
    token: CancellationToken | undefined,
    work: (connection: DuckDBConnection) => Promise<T>,
  ): Promise<T> {
    let again: NodeJS.Timeout | undefined;
    const registration = token?.onCancellationRequested(() => {
      connection.interrupt();
      // DuckDB forgets an interruption that comes before the statement has begun on its thread.
      again = setInterval(() => {
        connection.interrupt();
      }, INTERRUPT_MS);
    });
    try {
      return await work(connection);
    } catch (thrown) {
      throw new HuntError(this.#describe(thrown, token), { cause: thrown });
    } finally {
      registration?.dispose();
      clearInterval(again);
      if (this.#disposed) connection.closeSync();
      else this.#idle.push(connection);
    }
  }

  #describe(thrown: unknown, token: CancellationToken | undefined): HuntErrorData {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    if (token?.isCancellationRequested || message.startsWith('INTERRUPT')) return { kind: 'cancelled' };
    const unsupported = /^Invalid Input Error: Not supported: (.*)$/mu.exec(message);
    if (unsupported?.[1] !== undefined) return { kind: 'unsupported', feature: unsupported[1] };
    if (/^Parser Error: Max expression depth/mu.test(message)) return tooDeep;
    const path = this.#options.directory;
    const pattern = /Pattern failed to parse: (.*)$/mu.exec(message)?.[1];
    if (pattern !== undefined) return { kind: 'query', message: `A regular expression does not parse: ${pattern}` };
    if (message.includes('max_temp_directory_size')) return { kind: 'storage', reason: 'full', path, message };
    if (/Out of Memory/iu.test(message)) return { kind: 'outOfMemory', limitMiB: this.#options.memoryLimitMiB };
    if (/No space left|disk is full|not enough disk/iu.test(message)) return { kind: 'storage', reason: 'full', path, message };
    if (/Read-only file system/iu.test(message)) return { kind: 'storage', reason: 'readOnly', path, message };
    if (/Permission denied/iu.test(message)) return { kind: 'storage', reason: 'denied', path, message };
    const [firstLine = message] = message.split('\n');
    return { kind: 'execution', message: firstLine.replace(/^[A-Z][A-Za-z ]* Error: /u, '') };
  }
}

const tooDeep: HuntErrorData = {
  kind: 'unsupported',
  feature: 'so many operators after or inside each other',
  advice: 'Let an earlier cell do a part, and use its result.',
};

/** `over` fails some time after the token asks to stop. */
function patienceWith(token: CancellationToken): Disposable & { readonly over: Promise<never> } {
  let timer: NodeJS.Timeout | undefined;
  let registration: Disposable | undefined;
  const over = new Promise<never>((_, reject) => {
    registration = token.onCancellationRequested(() => {
      timer = setTimeout(() => {
        reject(new HuntError({ kind: 'cancelled' }));
      }, PATIENCE_MS);
    });
  });
  return {
    over,
    dispose: () => {
      registration?.dispose();
      clearTimeout(timer);
    },
  };
}

/** A name as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
