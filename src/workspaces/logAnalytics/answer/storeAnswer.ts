import type { CancellationToken } from '../../../common/cancellation';
import { HuntError } from '../../../common/errors';
import type { Column } from '../../../common/kqlTypes';
import type { Database } from '../../../engine/database';
import type { ResultStore, StoredResult } from '../../../results/resultStore';
import type { AnswerFile } from './answerFile';
import { type Conversion, lostValuesSql, rowsSql } from './rowsSql';
import { MalformedAnswer } from './rowScanner';

export interface AnswerStore {
  readonly database: Database;
  readonly store: ResultStore;
}

export interface ReceivedResult {
  readonly stored: StoredResult;
  /** Values that do not fit the type that the service itself gave their column. */
  readonly warnings: readonly string[];
}

/**
 * Puts the rows of answers, one after the other, into the result store.
 * @throws MalformedAnswer when a row cannot be read; HuntError as the store.
 */
export async function storeAnswers(
  { database, store }: AnswerStore,
  names: { readonly resultId: string; readonly notebookId: string },
  columns: readonly Column[],
  files: readonly Pick<AnswerFile, 'path' | 'longestRow' | 'rowCount'>[],
  token: CancellationToken,
): Promise<ReceivedResult> {
  const filled = files.filter(({ rowCount }) => rowCount > 0);
  const fill = (conversion: Conversion) => async (relation: string): Promise<void> => {
    for (const { path, longestRow } of filled) {
      await database.run(`INSERT INTO ${relation} ${rowsSql(path, columns, longestRow, conversion)}`, token);
    }
  };
  try {
    return { stored: await store.fill({ ...names, columns }, fill('strict'), token), warnings: [] };
  } catch (thrown) {
    if (!isConversionFailure(thrown)) throw readable(thrown);
  }
  const warnings = await lostValues(database, columns, filled, token);
  const stored = await store.fill({ ...names, columns }, fill('lenient'), token).catch((thrown: unknown) => {
    throw readable(thrown);
  });
  return { stored, warnings };
}

async function lostValues(
  database: Database,
  columns: readonly Column[],
  files: readonly Pick<AnswerFile, 'path' | 'longestRow'>[],
  token: CancellationToken,
): Promise<readonly string[]> {
  const lost = columns.map(() => 0);
  for (const { path, longestRow } of files) {
    const [counts = []] = await database.rows(lostValuesSql(path, columns, longestRow), token).catch((thrown: unknown) => {
      throw readable(thrown);
    });
    counts.forEach((count, index) => (lost[index] = (lost[index] ?? 0) + Number(count)));
  }
  return columns.flatMap(({ name, type }, index) => {
    const count = lost[index] ?? 0;
    const values = count === 1 ? '1 value' : `${count} values`;
    return count === 0 ? [] : [`${values} of the column ${name} cannot be held as ${type} and ${count === 1 ? 'is' : 'are'} empty here.`];
  });
}

function isConversionFailure(thrown: unknown): boolean {
  return thrown instanceof HuntError && thrown.data.kind === 'execution' && !isJsonFailure(thrown.data.message);
}

/** What the database says about text that is no JSON is about the answer, not about the query. */
function readable(thrown: unknown): unknown {
  const damaged = thrown instanceof HuntError && thrown.data.kind === 'execution' && isJsonFailure(thrown.data.message);
  return damaged ? new MalformedAnswer('A row of the answer is no JSON.', { cause: thrown }) : thrown;
}

function isJsonFailure(message: string): boolean {
  return /malformed json|another number of values/iu.test(message);
}
