import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FunctionInfo } from '../../../common/engineProtocol';
import { isObject } from '../answer/envelope';
import type { MetadataTable, MetadataWorkspace } from './metadata';

/** The schema of a workspace, with the time it was read from the service. */
export interface KeptSchema {
  /** ISO 8601. */
  readonly readAt: string;
  readonly tables: readonly MetadataTable[];
  readonly functions: readonly FunctionInfo[];
  readonly workspace?: MetadataWorkspace | undefined;
  /** Aliases, as they were last listed. */
  readonly watchlists?: readonly string[] | undefined;
}

const VERSION = 1;

/** Schemas on disk, one file a workspace: names of tables and columns and the texts of functions, no rows. */
export class SchemaFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What is kept of a workspace; undefined when nothing is, or nothing that can be read. */
  async read(workspaceId: string): Promise<KeptSchema | undefined> {
    try {
      const kept: unknown = JSON.parse(await readFile(this.#file(workspaceId), 'utf8'));
      if (!isObject(kept) || kept['version'] !== VERSION || !Array.isArray(kept['tables']) || !Array.isArray(kept['functions'])) return undefined;
      return kept as unknown as KeptSchema;
    } catch {
      // Never written, or written by another version: it is read from the service.
      return undefined;
    }
  }

  /** A schema that cannot be written is read again the next time. */
  async write(workspaceId: string, schema: KeptSchema): Promise<void> {
    const file = this.#file(workspaceId);
    const unfinished = `${file}.${process.pid}.tmp`;
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(unfinished, JSON.stringify({ version: VERSION, ...schema }), { mode: 0o600 });
      await rename(unfinished, file);
    } catch {
      await rm(unfinished, { force: true }).catch(() => undefined);
    }
  }

  #file(workspaceId: string): string {
    return path.join(this.#folder, `${createHash('sha256').update(workspaceId.toLowerCase()).digest('hex').slice(0, 24)}.json`);
  }
}
