/**
 * What a hunter writes back to Microsoft Sentinel, and what it keeps for hunters: bookmarks, watchlists, hunting queries, tasks.
 * The same for the sample, for local folders (kept in a file beside the data) and for Azure. Everything here is plain data; texts are
 * untrusted. Names follow the SecurityInsights and Operational Insights REST APIs.
 */
import type { Column, WireRow } from './kqlTypes';
import type { Entity, EntityKind, Incident, IncidentDetails } from './incidents';

/** A column of the bookmarked row that names an entity. */
export interface EntityMapping {
  readonly kind: EntityKind;
  /** Identifier of the entity that the value is: `Address` of an Ip, `Name` of an Account, as the service calls them. */
  readonly identifier: string;
  readonly value: string;
}

export interface NewBookmark {
  readonly name: string;
  /** Markdown. */
  readonly notes: string;
  /** The query that found the row, as it ran. */
  readonly query: string;
  /** The row: JSON of an object, by column. */
  readonly queryResult: string;
  /** When the bookmarked event happened, and the time range of the query; ISO 8601. */
  readonly eventTime?: string | undefined;
  readonly queryStart?: string | undefined;
  readonly queryEnd?: string | undefined;
  readonly labels: readonly string[];
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly entities: readonly EntityMapping[];
}

export interface Bookmark extends NewBookmark {
  /** Of the service. */
  readonly id: string;
  readonly createdTime: string;
  readonly createdBy: string;
  readonly etag?: string | undefined;
  /** Incidents that it is attached to, as far as the service says. */
  readonly incidentNumbers: readonly number[];
}

export interface Watchlist {
  readonly alias: string;
  readonly name: string;
  readonly description: string;
  /** Column by which `_GetWatchlist` offers `SearchKey`. */
  readonly searchKey: string;
  /** Its own columns, all texts; empty for a watchlist in Azure without rows, and where they cannot be read. */
  readonly columns: readonly Column[];
  /** Absent where the service does not say. */
  readonly itemCount?: number | undefined;
  readonly updatedTime?: string | undefined;
}

export interface WatchlistRows {
  /** The watchlist's own, without those that `_GetWatchlist` adds; all texts. */
  readonly columns: readonly Column[];
  readonly rows: readonly WireRow[];
  /** Items in all; more than given when cut at {@link MAX_WATCHLIST_ROWS}. */
  readonly total: number;
  /** There are so many or more: the service does not count. */
  readonly totalIsLeast?: boolean | undefined;
}

/** Most rows of a watchlist that are read for people. */
export const MAX_WATCHLIST_ROWS = 10_000;

/** Texts by column name. */
export type WatchlistRow = Readonly<Record<string, string>>;

export interface HuntingQuery {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly query: string;
  /** It comes with the workspace: it can be run, not changed or deleted. */
  readonly isBuiltIn?: boolean | undefined;
  readonly tactics: readonly string[];
  /** MITRE ATT&CK ids: `T1078`. */
  readonly techniques: readonly string[];
  readonly etag?: string | undefined;
}

export type NewHuntingQuery = Omit<HuntingQuery, 'id' | 'etag' | 'isBuiltIn'>;

export interface IncidentTask {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly status: 'New' | 'Completed';
  readonly createdTime: string;
  readonly createdBy: string;
  readonly etag?: string | undefined;
}

/** Another incident and why it may belong to the first. */
export interface SimilarIncident {
  readonly incident: Incident;
  /** Entities that both name. */
  readonly shared: readonly Entity[];
  /** It has the same title. */
  readonly sameTitle: boolean;
}

interface InWorkspace {
  readonly workspaceId: string;
}

interface OfIncident extends InWorkspace {
  readonly number: number;
}

/**
 * As {@link import('./rpc').Service}. All may fail with `forbidden` (naming the role), `notFound`, `refused` (with the service's reason),
 * and writes of something that was changed meanwhile with `refused` and a text that says so; nothing is written then.
 */
export interface SentinelService {
  /** The newest first. */
  readonly listBookmarks: { readonly argument: InWorkspace; readonly answer: readonly Bookmark[] };
  /** Attached to an incident when one is given. When that alone fails the bookmark is there, and `notAttached` says why it is by itself. */
  readonly addBookmark: {
    readonly argument: InWorkspace & { readonly bookmark: NewBookmark; readonly incidentNumber?: number | undefined };
    readonly answer: Bookmark & { readonly notAttached?: string | undefined };
  };
  /** What is attached already stays so. */
  readonly attachBookmark: { readonly argument: OfIncident & { readonly bookmarkId: string }; readonly answer: null };
  readonly detachBookmark: { readonly argument: OfIncident & { readonly bookmarkId: string }; readonly answer: null };
  readonly deleteBookmark: { readonly argument: InWorkspace & { readonly bookmarkId: string }; readonly answer: null };
  readonly listWatchlists: { readonly argument: InWorkspace; readonly answer: readonly Watchlist[] };
  readonly readWatchlist: { readonly argument: InWorkspace & { readonly alias: string }; readonly answer: WatchlistRows };
  /**
   * Rows are texts by column name; columns that the watchlist does not have are refused, one that a row leaves out is empty there. In
   * Azure they are written one after the other: when it ends in the middle, the first ones are added and `failure` says why the others are
   * not. Progress is a sentence for people.
   */
  readonly addWatchlistRows: {
    readonly argument: InWorkspace & { readonly alias: string; readonly rows: readonly WatchlistRow[] };
    readonly answer: { readonly added: number; readonly failure?: string | undefined };
    readonly progress: string;
  };
  /** The columns are those of the rows. Fails when the alias is taken. */
  readonly createWatchlist: {
    readonly argument: InWorkspace & {
      readonly alias: string;
      readonly name: string;
      readonly description: string;
      readonly searchKey: string;
      readonly rows: readonly WatchlistRow[];
    };
    readonly answer: Watchlist;
  };
  /** By name. */
  readonly listHuntingQueries: { readonly argument: InWorkspace; readonly answer: readonly HuntingQuery[] };
  /** A new one, or one that is there, as it was read: what someone else changed meanwhile is not written over. */
  readonly saveHuntingQuery: {
    readonly argument: InWorkspace & { readonly query: NewHuntingQuery | HuntingQuery };
    readonly answer: HuntingQuery;
  };
  readonly deleteHuntingQuery: { readonly argument: InWorkspace & { readonly id: string }; readonly answer: null };
  /** Empty where the service has no tasks. */
  readonly listTasks: { readonly argument: OfIncident; readonly answer: readonly IncidentTask[] };
  readonly setTaskStatus: {
    readonly argument: OfIncident & { readonly task: IncidentTask; readonly status: IncidentTask['status'] };
    readonly answer: IncidentTask;
  };
  /** The likeliest first, at most 20. */
  readonly similarIncidents: { readonly argument: OfIncident; readonly answer: readonly SimilarIncident[] };
  /** The id is {@link import('./incidents').IncidentComment.id}. */
  readonly deleteComment: { readonly argument: OfIncident & { readonly commentId: string }; readonly answer: IncidentDetails };
}
