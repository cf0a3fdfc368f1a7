import type { CancellationToken } from '../../common/cancellation';
import type { IncidentDetails } from '../../common/incidents';
import type { Column } from '../../common/kqlTypes';

export interface OpenSample {
  /** Folder for the cached database file; made when missing. */
  readonly directory: string;
  /** The moment the data ends at: nothing is later. */
  readonly now: Date;
  /** Called with a sentence for people while the data is generated. */
  readonly progress?: ((sentence: string) => void) | undefined;
  readonly token?: CancellationToken | undefined;
}

/** A table or watchlist of the sample database, with columns stored as `src/engine/catalog.ts` says (`c0`, `c1`, …). */
export interface SampleTable {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Quoted name of the table in the database file; prefix it with the name the file is attached as: `sample."SigninLogs"`. */
  readonly relation: string;
  readonly rowCount: number;
  readonly timeColumn?: string | undefined;
  /** First and last value of the time column, ISO 8601. */
  readonly firstTime?: string | undefined;
  readonly lastTime?: string | undefined;
}

export interface SampleWorkspace {
  /** A complete DuckDB file to be attached read-only. */
  readonly databaseFile: string;
  readonly tables: readonly SampleTable[];
  /** By alias, for `_GetWatchlist`. */
  readonly watchlists: readonly SampleTable[];
  readonly incidents: readonly IncidentDetails[];
}

/**
 * Opens the sample workspace "Contoso": 14 days of generated logs that end at `now`, with one attack in them (STORY.md).
 * The data is generated on the first call of a quarter of a UTC day and read from the cached file afterwards; older cache files are removed.
 * @throws HuntError `storage` when the folder cannot be written, `cancelled` when the token asks to stop.
 */
export declare function openSample(options: OpenSample): Promise<SampleWorkspace>;
