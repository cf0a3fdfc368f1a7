import { randomUUID } from 'node:crypto';
import { type CancellationToken, neverCancelled } from '../common/cancellation';
import type { Page } from '../common/engineProtocol';
import type { Column, WireValue } from '../common/kqlTypes';
import { wholeView } from '../common/resultViews';
import type { EngineClient } from './engineClient';

export interface AskRows {
  readonly workspaceId: string;
  readonly text: string;
  /** ISO 8601 duration or `start/end`. */
  readonly timespan?: string | undefined;
  /** Most rows to be read; the rest is counted alone. */
  readonly most: number;
}

export interface ReadRows {
  readonly columns: readonly Column[];
  /** By the name of the column; of columns that share one the first. */
  readonly rows: readonly Readonly<Record<string, WireValue>>[];
  /** In the whole result. */
  readonly total: number;
}

/**
 * Asks a query outside of any notebook and reads its first rows; the result is forgotten.
 * @throws HuntError as the query.
 */
export async function readRows(engine: EngineClient, ask: AskRows, token: CancellationToken = neverCancelled): Promise<ReadRows> {
  const { workspaceId, text, timespan, most } = ask;
  const resultId = randomUUID();
  const query = { workspaceId, resultId, notebookId: `rows:${resultId}`, text, definitions: [], results: [], timespan };
  const answer = await engine.call('runQuery', query, token);
  if (answer.kind !== 'result') return { columns: [], rows: [], total: 0 };
  try {
    const { columns, rowCount } = answer.result;
    const count = Math.min(most, rowCount);
    const page: Page | undefined = count === 0 ? undefined : await engine.call('readPage', { resultId, view: wholeView, offset: 0, count }, token);
    return { columns, rows: (page?.rows ?? []).map((row) => namedRow(columns, row)), total: rowCount };
  } finally {
    await engine.call('forget', { resultIds: [resultId] });
  }
}

/** A row by the names of its columns. */
export function namedRow(columns: readonly Column[], row: readonly WireValue[]): Readonly<Record<string, WireValue>> {
  // Backwards, so that the first of a name stays.
  return Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null] as const).reverse());
}
