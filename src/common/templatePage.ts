/** What the page of a template and the extension say to each other. Plain data; every text is of others and untrusted. */
import type { TemplateDetails } from './templateService';
import type { Template } from './templates';

/** Whether a table that a template needs has data in the workspace in use. */
export interface TableState {
  readonly name: string;
  /** `absent`: the workspace has no such table. `unknown`: nobody counted. */
  readonly state: 'data' | 'empty' | 'absent' | 'unknown';
  readonly rows?: number | undefined;
  /** When data last came, ISO 8601. */
  readonly lastTime?: string | undefined;
}

/** The tables of a template in a workspace; without a workspace, nothing is known of them. */
export interface TemplateTables {
  /** Absent when none is connected. */
  readonly workspace?: string | undefined;
  readonly tables: readonly TableState[];
}

export interface ShownTemplate {
  readonly template: Template;
  /** Name of the source, and the state of it that is in use. */
  readonly sourceName: string;
  readonly commit?: string | undefined;
  /** Where people can read the file; https. */
  readonly address?: string | undefined;
  readonly favourite: boolean;
  /** A notebook was made of an earlier version. */
  readonly changed: boolean;
}

export type ToTemplatePage =
  | { readonly type: 'template'; readonly shown: ShownTemplate }
  | { readonly type: 'details'; readonly details: TemplateDetails }
  | { readonly type: 'tables'; readonly tables: TemplateTables }
  | { readonly type: 'failed'; readonly message: string };

export type FromTemplatePage =
  /** The page is there and listens. */
  | { readonly type: 'ready' }
  | { readonly type: 'create' }
  | { readonly type: 'preview' }
  | { readonly type: 'toggleFavourite' }
  | { readonly type: 'showChanges' }
  | { readonly type: 'connect' }
  /** A link in the template's text; https alone. */
  | { readonly type: 'open'; readonly url: string };
