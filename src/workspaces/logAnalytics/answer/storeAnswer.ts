import type { CancellationToken } from '../../../common/cancellation';
import { HuntError } from '../../../common/errors';
import type { Column } from '../../../common/kqlTypes';
import type { Database } from '../../../engine/database';
import type { ResultStore, StoredResult } from '../../../results/resultStore';
import type { AnswerFile } from './answerFile';
import { type Conversion, lostValuesSql, rowsSql } from './rowsSql';
import { MalformedAnswer } from './rowScanner';
import { mendRows } from './surrogates';

export interface AnswerStore {
  readonly database: Database;
  readonly store: ResultStore;
}

export interface ReceivedResult {
  readonly stored: StoredResult;
  /** Values that do not fit the type that the service itself gave their column. */
  readonly warnings: readonly string[];
}

/** What is stored, as what. */
interface Storing {
  readonly target: AnswerStore;
  readonly names: { readonly resultId: string; readonly notebookId: string };
  readonly columns: readonly Column[];
  readonly files: readonly StoredFile[];
  readonly token: CancellationToken;
}

type StoredFile = Pick<AnswerFile, 'path' | 'longestRow' | 'rowCount'>;

/**
 * Puts the rows of answers, one after the other, into the result store.
 * @throws MalformedAnswer when a row cannot be read; HuntError as the store.
 */
export async function storeAnswers(
  target: AnswerStore,
  names: Storing['names'],
  columns: readonly Column[],
  files: readonly StoredFile[],
  token: CancellationToken,
): Promise<ReceivedResult> {
  const storing: Storing = { target, names, columns, files: files.filter(({ rowCount }) => rowCount > 0), token };
  try {
    return await storeConverted(storing);
  } catch (thrown) {
    if (!hasHalves(thrown)) throw readable(thrown);
  }
  for (const { path } of storing.files) await mendRows(path);
  try {
    const { stored, warnings } = await storeConverted(storing);
    return { stored, warnings: [...warnings, 'Some texts hold halves of characters (lone surrogates); each is shown as \ufffd.'] };
  } catch (thrown) {
    throw readable(thrown);
  }
}

/** Strictly first; where a value does not fit its type, once more with what does. */
async function storeConverted(storing: Storing): Promise<ReceivedResult> {
  try {
    return { stored: await store(storing, 'strict'), warnings: [] };
  } catch (thrown) {
    if (!isConversionFailure(thrown)) throw thrown;
  }
  const { target, columns, files, token } = storing;
  const warnings = await lostValues(target.database, columns, files, token);
  return { stored: await store(storing, 'lenient'), warnings };
}

async function store({ target, names, columns, files, token }: Storing, conversion: Conversion): Promise<StoredResult> {
  const fill = async (relation: string): Promise<void> => {
    for (const { path, longestRow } of files) {
      await target.database.run(`INSERT INTO ${relation} ${rowsSql(path, columns, longestRow, conversion)}`, token);
    }
  };
  return target.store.fill({ ...names, columns }, fill, token);
}

async function lostValues(
  database: Database,
  columns: readonly Column[],
  files: readonly Pick<AnswerFile, 'path' | 'longestRow'>[],
  token: CancellationToken,
): Promise<readonly string[]> {
  const lost = columns.map(() => 0);
  for (const { path, longestRow } of files) {
    const [counts = []] = await database.rows(lostValuesSql(path, columns, longestRow), token);
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

function hasHalves(thrown: unknown): boolean {
  return thrown instanceof HuntError && thrown.data.kind === 'execution' && /malformed json.*surrogate/iu.test(thrown.data.message);
}

function isJsonFailure(message: string): boolean {
  return /malformed json|another number of values/iu.test(message);
}
