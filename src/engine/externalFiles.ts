import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What an address in `externaldata` stands for. */
export type ExternalSource =
  | { readonly kind: 'file'; readonly path: string }
  /** There are no rows: what runs queries on empty tables has empty files, too. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'refused'; readonly reason: string; readonly advice: string };

/** Says which file an address in a query means, and whether queries may read it. */
export interface ExternalFiles {
  readonly find: (address: string) => ExternalSource;
}

const SETTING = 'huntbook.engine.allowedFiles';

/** The files and folders that the user allowed queries to read. Nothing else can be read; links are followed. */
export class AllowedFiles implements ExternalFiles {
  /** Real paths, for the database's own list. */
  readonly files: readonly string[];
  readonly folders: readonly string[];

  /** @param allowed Absolute paths. Those that do not exist are left out. */
  constructor(allowed: readonly string[]) {
    const existing = allowed.flatMap((entry) => (path.isAbsolute(entry) ? (realPath(entry) ?? []) : []));
    this.files = existing.filter((entry) => !statSync(entry).isDirectory());
    this.folders = existing.filter((entry) => statSync(entry).isDirectory());
  }

  /** `file://` addresses, absolute paths, and paths relative to an allowed folder. */
  find(address: string): ExternalSource {
    const scheme = /^([a-z][a-z0-9+.-]+):/iu.exec(address)?.[1]?.toLowerCase();
    if (scheme !== undefined && scheme !== 'file') {
      return {
        kind: 'refused',
        reason: `externaldata from ${scheme} addresses`,
        advice: `The local engine does not use the network. Download the file into a folder of the setting ${SETTING} and name its path instead.`,
      };
    }
    const named = scheme === 'file' ? fileOf(address) : address;
    const candidates = named === undefined ? [] : path.isAbsolute(named) ? [named] : this.folders.map((folder) => path.join(folder, named));
    for (const candidate of candidates) {
      const real = realPath(candidate);
      if (real === undefined || !this.#allows(real) || !statSync(real).isFile()) continue;
      // DuckDB would read every file that such a name matches.
      if (!/[*?[\]{}]/u.test(real)) return { kind: 'file', path: real };
      return { kind: 'refused', reason: `externaldata from "${address}"`, advice: 'Rename the file: its path holds one of * ? [ ] { }.' };
    }
    // One answer for what is missing and what is not allowed: a query must not find out what else is on the disk.
    return {
      kind: 'refused',
      reason: `externaldata from "${address}", which is no file of the setting ${SETTING}`,
      advice: 'Add the file or its folder there and restart the local engine.',
    };
  }

  #allows(real: string): boolean {
    const isBelow = (folder: string): boolean => {
      const relative = path.relative(folder, real);
      return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
    };
    return this.files.includes(real) || this.folders.some(isBelow);
  }
}

function realPath(named: string): string | undefined {
  try {
    return realpathSync(named);
  } catch {
    return undefined;
  }
}

function fileOf(address: string): string | undefined {
  try {
    return fileURLToPath(address);
  } catch {
    return undefined;
  }
}
