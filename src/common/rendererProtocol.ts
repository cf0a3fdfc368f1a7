/**
 * Messages between the table renderer and the extension host (`createRendererMessaging`). They reach every
 * instance of the renderer in an editor, so each names its result and its request.
 */
import type { HuntErrorData } from './errors';
import type { Page, ReadPage, ReadValue } from './engineProtocol';
import type { Column, WireRow, WireValue } from './kqlTypes';
import type { ExportFormat } from './resultFiles';
import type { ResultQuestions, Viewed } from './resultViews';
import type { SavedResult } from './savedResult';

export const TABLE_RENDERER_ID = 'huntbook.table';

/** Of what a cell's metadata remembers about how its result is looked at: characters of JSON. */
export const MAX_STATE_CHARS = 4000;

/** A question about a result, with the name of the engine's method that answers it. */
export type Question = {
  readonly [name in keyof ResultQuestions]: { readonly method: name; readonly argument: ResultQuestions[name]['argument'] };
}[keyof ResultQuestions];

export type FromRenderer =
  | { readonly type: 'readPage'; readonly requestId: string; readonly read: ReadPage }
  | { readonly type: 'readValue'; readonly requestId: string; readonly read: ReadValue }
  /** Is the result still held, so that pages can be read? */
  | { readonly type: 'attach'; readonly requestId: string; readonly resultId: string }
  /** Rows of an output that no cell of ours made: from now on they can be asked about like those of a result. */
  | { readonly type: 'hold'; readonly resultId: string; readonly columns: readonly Column[]; readonly rows: readonly WireRow[] }
  /** "Run again for all N rows": runs the cell that shows this result. */
  | { readonly type: 'runAgain'; readonly resultId: string }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'ask'; readonly requestId: string; readonly question: Question }
  /** Puts KQL into a new cell below the one that shows the result. Nothing runs. */
  | { readonly type: 'newCell'; readonly resultId: string; readonly text: string }
  /** Adds an operator (`where …`, without the pipe) or a `render` line to the query that made the result. Nothing runs. */
  | { readonly type: 'addToQuery'; readonly resultId: string; readonly operator: string }
  /** Asks for a file and writes the view to it. */
  | { readonly type: 'export'; readonly viewed: Viewed; readonly columns: readonly number[]; readonly format?: ExportFormat }
  /** An image that was drawn: asks for a file and writes it. */
  | { readonly type: 'saveImage'; readonly name: string; readonly format: 'svg' | 'png'; readonly base64: string }
  | { readonly type: 'openPanel'; readonly resultId: string }
  /** Compares the result with another of the notebook, chosen in the editor. */
  | { readonly type: 'diff'; readonly resultId: string }
  /** Rows of a view become a bookmark of Sentinel: row numbers in the view. */
  | { readonly type: 'bookmark'; readonly viewed: Viewed; readonly rows: readonly number[] }
  | { readonly type: 'addToWatchlist'; readonly viewed: Viewed; readonly rows: readonly number[] }
  /** What `keepState` last said of the result, in this window or an earlier one. */
  | { readonly type: 'recallState'; readonly requestId: string; readonly resultId: string }
  /** What to remember in the cell's metadata about how the result is looked at; null forgets it. See {@link MAX_STATE_CHARS}. */
  | { readonly type: 'keepState'; readonly resultId: string; readonly state: unknown };

export type ToRenderer =
  | { readonly type: 'page'; readonly requestId: string; readonly page: Page }
  | { readonly type: 'value'; readonly requestId: string; readonly value: WireValue }
  | { readonly type: 'attached'; readonly requestId: string; readonly live: boolean }
  /** `state` is null when nothing is remembered. It comes from a file: whatever somebody's editor left there. */
  | { readonly type: 'recalled'; readonly requestId: string; readonly state: unknown }
  /** To `ask`; its shape is that of the question's method. */
  | { readonly type: 'answer'; readonly requestId: string; readonly answer: unknown }
  | { readonly type: 'failed'; readonly requestId: string; readonly error: HuntErrorData; readonly text: string }
  /** The rows of these results are gone (restart, crash): fall back to the preview. */
  | { readonly type: 'gone'; readonly resultIds: readonly string[] };

/** What a panel says beside: it has loaded and waits for a result. */
export type FromPanel = FromRenderer | { readonly type: 'ready' };

/** What a panel is told beside: the result to show, in place of the one before. */
export type ToPanel = ToRenderer | { readonly type: 'show'; readonly saved: SavedResult };
