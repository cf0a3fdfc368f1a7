import type { DataProblem } from '../../../common/engineProtocol';
import { toHuntError } from '../../../common/errors';
import type { IncidentDetails } from '../../../common/incidents';
import type { HuntingQuery } from '../../../common/sentinelService';
import type { CatalogTable } from '../../../engine/catalog';
import type { Database } from '../../../engine/database';
import { similarIncidents } from '../../similarIncidents';
import type { WorkspaceSentinel } from '../../workspaceSentinel';
import type { IncidentDesk } from '../incidentDesk';
import { bookmarksOf, localBookmarks } from './localBookmarks';
import { localHuntingQueries } from './localHuntingQueries';
import { localTasks, type TasksOf } from './localTasks';
import { type DataWatchlist, LocalWatchlists } from './localWatchlists';
import { type SentinelFile, sentinelFile, type SentinelFileOptions } from './sentinelFile';

/** What a workspace comes with. */
export interface Bundled {
  /** Have `isBuiltIn`. */
  readonly huntingQueries: readonly HuntingQuery[];
  readonly tasksOf: TasksOf;
}

export const nothingBundled: Bundled = { huntingQueries: [], tasksOf: () => [] };

export interface LocalSentinelOptions extends SentinelFileOptions {
  readonly desk: IncidentDesk;
  readonly bundled: Bundled;
}

/** Where the watchlists of a workspace are. */
export interface WatchlistPlace {
  readonly database: Database;
  /** Of this workspace alone, as a part of names. */
  readonly prefix: string;
  readonly data: readonly DataWatchlist[];
  readonly onChange: () => void;
}

/** What a local workspace keeps for hunters, in a file beside its data. */
export class LocalSentinel {
  readonly answers: WorkspaceSentinel;
  readonly #desk: IncidentDesk;
  readonly #path: string;
  readonly #file: SentinelFile;
  readonly #watchlists: LocalWatchlists;

  #problems: readonly DataProblem[] = [];

  constructor(options: LocalSentinelOptions, place: WatchlistPlace) {
    const { desk, bundled, now } = options;
    const file = sentinelFile(options.file);
    this.#desk = desk;
    this.#path = options.file;
    this.#file = file;
    this.#watchlists = new LocalWatchlists({ ...place, file, now });
    this.answers = {
      ...localBookmarks(file, options, desk),
      ...this.#watchlists.answers,
      ...localHuntingQueries(file, bundled.huntingQueries),
      ...localTasks(file, desk, bundled.tasksOf),
      similarIncidents: async ({ number }) => Promise.resolve(similarIncidents(desk.get(number), desk.all())),
      deleteComment: async ({ number, commentId }) => this.withBookmarks(await desk.deleteComment(number, commentId)),
    };
  }

  /** Reads what was written before. When that fails, the workspace is there all the same: see {@link problems}. */
  async load(): Promise<void> {
    try {
      await this.#watchlists.hold(await this.#file.read());
    } catch (thrown) {
      this.#problems = [{ file: this.#path, message: toHuntError(thrown).message }];
    }
  }

  /** What is wrong with the file. */
  get problems(): readonly DataProblem[] {
    return this.#problems;
  }

  /** For `_GetWatchlist`. */
  get watchlists(): readonly CatalogTable[] {
    return this.#watchlists.tables;
  }

  /** @throws HuntError `notFound` */
  async incident(number: number): Promise<IncidentDetails> {
    return this.withBookmarks(this.#desk.get(number));
  }

  async withBookmarks(details: IncidentDetails): Promise<IncidentDetails> {
    return { ...details, bookmarks: await bookmarksOf(this.#file, details.incident.number) };
  }

  /** Lets go of the tables that it made. */
  async drop(): Promise<void> {
    await this.#watchlists.drop();
  }
}
