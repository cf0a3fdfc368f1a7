import { HuntError } from '../../../common/errors';
import type { Column } from '../../../common/kqlTypes';
import type { Bookmark, HuntingQuery, IncidentTask, WatchlistRow } from '../../../common/sentinelService';
import { WrittenFile } from '../writtenFile';

/** A watchlist that people made, or what they added to one of the data. */
export interface WrittenWatchlist {
  readonly alias: string;
  readonly name: string;
  readonly description: string;
  readonly searchKey: string;
  readonly columns: readonly Column[];
  readonly items: readonly WrittenItem[];
  readonly updatedTime: string;
  /** It adds to a watchlist of the data. */
  readonly extends: boolean;
}

export interface WrittenItem {
  readonly id: string;
  readonly time: string;
  readonly values: WatchlistRow;
}

/** Of a task that comes with an incident. */
export interface WrittenTask {
  readonly incident: number;
  readonly id: string;
  readonly status: IncidentTask['status'];
  readonly etag: string;
}

/** What people wrote to a local workspace besides its incidents. */
export interface SentinelNotes {
  readonly bookmarks: readonly Bookmark[];
  readonly watchlists: readonly WrittenWatchlist[];
  readonly huntingQueries: readonly HuntingQuery[];
  readonly tasks: readonly WrittenTask[];
}

/** As {@link import('../incidentDesk').DeskOptions}. */
export interface SentinelFileOptions {
  readonly file: string;
  readonly author: string;
  readonly now: () => Date;
}

export type SentinelFile = WrittenFile<SentinelNotes>;

const VERSION = 1;
const empty: SentinelNotes = { bookmarks: [], watchlists: [], huntingQueries: [], tasks: [] };

export function sentinelFile(file: string): SentinelFile {
  return new WrittenFile<SentinelNotes>({
    file,
    what: 'The bookmarks, watchlists and hunting queries of this workspace',
    empty,
    read: readNotes,
    write: (notes) => ({ version: VERSION, ...notes }),
  });
}

function readNotes(json: unknown): SentinelNotes {
  const { version, ...notes } = (typeof json === 'object' && json !== null ? json : {}) as Readonly<Record<string, unknown>>;
  if (typeof version === 'number' && version > VERSION) {
    throw new HuntError({ kind: 'refused', message: 'was written by a newer version of Huntbook' });
  }
  const lists = Object.keys(empty).map((name) => [name, notes[name]] as const);
  if (version !== VERSION || lists.some(([, list]) => !Array.isArray(list))) {
    throw new HuntError({ kind: 'refused', message: 'does not hold what Huntbook writes there' });
  }
  return Object.fromEntries(lists) as unknown as SentinelNotes;
}
