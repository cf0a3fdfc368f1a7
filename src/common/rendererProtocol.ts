/**
 * Messages between the table renderer and the extension host (`createRendererMessaging`). They reach every
 * instance of the renderer in an editor, so each names its result and its request.
 */
import type { HuntErrorData } from './errors';
import type { Page, ReadPage, ReadValue } from './engineProtocol';
import type { WireValue } from './kqlTypes';

export const TABLE_RENDERER_ID = 'huntbook.table';

export type FromRenderer =
  | { readonly type: 'readPage'; readonly requestId: string; readonly read: ReadPage }
  | { readonly type: 'readValue'; readonly requestId: string; readonly read: ReadValue }
  /** Is the result still held, so that pages can be read? */
  | { readonly type: 'attach'; readonly requestId: string; readonly resultId: string }
  /** "Run again for all N rows": runs the cell that shows this result. */
  | { readonly type: 'runAgain'; readonly resultId: string }
  | { readonly type: 'copy'; readonly text: string };

export type ToRenderer =
  | { readonly type: 'page'; readonly requestId: string; readonly page: Page }
  | { readonly type: 'value'; readonly requestId: string; readonly value: WireValue }
  | { readonly type: 'attached'; readonly requestId: string; readonly live: boolean }
  | { readonly type: 'failed'; readonly requestId: string; readonly error: HuntErrorData; readonly text: string }
  /** The rows of these results are gone (restart, crash): fall back to the preview. */
  | { readonly type: 'gone'; readonly resultIds: readonly string[] };
