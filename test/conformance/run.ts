import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { neverCancelled } from '../../src/common/cancellation';
import { toHuntError } from '../../src/common/errors';
import { UNIX_EPOCH_TICKS } from '../../src/common/kqlTypes';
import type { Catalog } from '../../src/engine/catalog';
import { Database } from '../../src/engine/database';
import { translateWithData } from '../../src/engine/dataTranslation';
import { toWire, wireExpression } from '../../src/engine/wire';
import { type Answer, difference } from './comparison';
import { readPublishedTable } from './publishedTable';
import { corrected, knownWrong } from './triage';

/** A query with its published answer, a Markdown table. */
export interface PublishedCase {
  readonly id: string;
  readonly query: string;
  readonly expected: string;
  /** False when the answer depends on chance or on the time. */
  readonly deterministic: boolean;
}

export type Verdict = 'matched' | 'unsupported' | 'wrong' | 'failed';

export interface CaseResult {
  readonly id: string;
  readonly verdict: Verdict;
  readonly deterministic: boolean;
  /** How it differs, what is not supported, or the error. */
  readonly detail?: string | undefined;
  readonly sql?: string | undefined;
  /** Why a wrong answer is not ours: the published output is itself wrong. */
  readonly publishedWrong?: string | undefined;
}

export const emptyCatalog: Catalog = { tables: [], functions: [], watchlists: [] };

/** Runs work on an engine of its own, which is gone afterwards. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'huntbook-conformance-'));
  const database = await Database.open({ directory, memoryLimitMiB: 1024, allowedDirectories: [] });
  try {
    return await work(database);
  } finally {
    database.dispose();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Translates and runs one query over nothing but itself. */
export async function answer(
  database: Database,
  query: string,
  catalog: Catalog = emptyCatalog,
): Promise<Answer & { readonly sql: string }> {
  const now = BigInt(Date.now()) * 10_000n + UNIX_EPOCH_TICKS;
  const translation = await translateWithData({ text: query, definitions: [], catalog, now }, (sql) => database.rows(sql, neverCancelled));
  if (translation.kind !== 'query') return { columns: [], rows: [], ordered: false, sql: '' };
  const list = translation.columns.map((column, index) => wireExpression(`c${index}`, column.type)).join(', ');
  const rows = await database.rows(`SELECT ${list} FROM (${translation.sql})`, neverCancelled);
  return {
    columns: translation.columns,
    rows: rows.map((row) => row.map((value, index) => toWire(value, translation.columns[index]?.type ?? 'string'))),
    ordered: translation.ordered,
    sql: translation.sql,
  };
}

export async function runCase(database: Database, published: PublishedCase): Promise<CaseResult> {
  const { id, deterministic } = published;
  let sql: string | undefined;
  try {
    const answered = await answer(database, published.query);
    sql = answered.sql;
    const detail = difference(answered, readPublishedTable(published.expected));
    if (detail === undefined) return { id, deterministic, verdict: 'matched', sql };
    const known = knownWrong.get(id);
    const right = known && corrected(known, published.expected);
    const left = right === undefined ? undefined : difference(answered, readPublishedTable(right));
    if (left !== undefined) return { id, deterministic, verdict: 'wrong', detail: `even with the published output put right: ${left}`, sql };
    return { id, deterministic, verdict: 'wrong', detail, sql, publishedWrong: known?.reason };
  } catch (thrown) {
    const error = toHuntError(thrown);
    return { id, deterministic, verdict: error.data.kind === 'unsupported' ? 'unsupported' : 'failed', detail: error.message, sql };
  }
}
