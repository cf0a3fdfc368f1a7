/**
 * What the language server and its client say to each other beyond the Language Server Protocol. Everything here is plain data.
 */
import type { Column } from '../common/kqlTypes';
import type { KqlSchema } from '../kql/globals';

/** Client to server, a notification: what a notebook (or `.kql` file) means beyond its text. Sent again whenever it changes. */
export const CONTEXT_METHOD = 'huntbook/context';
export interface DocumentContext {
  /** Of the notebook, or of the `.kql` file. */
  readonly uri: string;
  /** The workspace of cells that name none; absent when none is chosen. */
  readonly workspace?: string | undefined;
  /** Numbers of the KQL cells in the notebook, which counts cells of other languages too, by URI. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Results that cells have given under a name. */
  readonly results: readonly { readonly name: string; readonly columns: readonly Column[] }[];
}

/**
 * Server to client, a request: what a workspace has, by name or id. `null` when it is not connected: the server then uses the tables it
 * knows.
 */
export const SCHEMA_METHOD = 'huntbook/schema';
export interface SchemaRequest {
  readonly workspace: string;
}
export type SchemaAnswer = KqlSchema | null;

/** Client to server, a notification: a workspace was connected, or has other tables now. Without a name: all of them. */
export const SCHEMA_CHANGED_METHOD = 'huntbook/schemaChanged';
export interface SchemaChanged {
  readonly workspace?: string | undefined;
}

/** Client to server, a notification: names of all workspaces, for completion. */
export const WORKSPACES_METHOD = 'huntbook/workspaces';

/**
 * Server to client, a request: frequent texts of a column in the results that a notebook (or `.kql` file) shows, most frequent first. No
 * query is sent for them.
 */
export const VALUES_METHOD = 'huntbook/values';
export interface ValuesRequest {
  /** Of the notebook, or of the file. */
  readonly uri: string;
  readonly column: string;
}

/** Settings under `huntbook.language`, sent as LSP sends settings. */
export interface LanguageSettings {
  /** Hunting hints by name; one that is absent is on. */
  readonly hints?: Readonly<Record<string, boolean>> | undefined;
  readonly inlayHints?: boolean | undefined;
}
