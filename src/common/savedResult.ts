/**
 * What a saved notebook keeps of a result: the vendor item of an output, read by the table renderer.
 * A change of shape raises the version; every version ever saved stays readable.
 */
import type { Page, ResultInfo } from './engineProtocol';

export const RESULT_MIME = 'application/vnd.huntbook.result+json';
export const SAVED_RESULT_VERSION = 1;

/** Most rows a preview keeps. */
export const PREVIEW_ROWS = 100;
/** Most bytes of JSON a preview's rows take. */
export const PREVIEW_BYTES = 100_000;

export interface SavedResultV1 {
  readonly version: 1;
  readonly result: ResultInfo;
  /** Of the cell option `name`, when it has one. */
  readonly name?: string | undefined;
  /** Columns that the file leaves out, from the end: there are too many. */
  readonly columnsLeftOut?: number | undefined;
}

export type SavedResult = SavedResultV1;

/** Reads a saved item of any version; undefined when it is not one that this version understands. */
export function readSavedResult(value: unknown): SavedResult | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const candidate = value as Partial<SavedResultV1>;
  if (candidate.version !== 1) return undefined;
  const result = candidate.result as Partial<ResultInfo> | undefined;
  const preview = result?.preview as Partial<Page> | undefined;
  if (!Array.isArray(result?.columns) || !Array.isArray(preview?.rows) || typeof result.rowCount !== 'number') return undefined;
  return candidate as SavedResultV1;
}
