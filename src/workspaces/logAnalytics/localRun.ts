import { throwIfCancelled } from '../../common/cancellation';
import { HuntError } from '../../common/errors';
import type { Catalog } from '../../engine/catalog';
import { translateWithData } from '../../engine/dataTranslation';
import { TICKS_PER_MILLISECOND, UNIX_EPOCH_TICKS } from '../../common/kqlTypes';
import { splitStatements } from '../../kql/statements';
import type { StoredResult } from '../../results/resultStore';
import type { WorkspaceAnswer, WorkspaceQuery } from '../workspace';
import type { OwnBounds } from './query/ownRange';
import type { SplitRange } from './query/splitting';
import type { QueryServices } from './queryRun';
import type { Caller } from './wire/azureCall';

/** Ticks of .NET at a time of this machine. */
export function ticksAt(time: Date): bigint {
  return BigInt(time.getTime()) * TICKS_PER_MILLISECOND + UNIX_EPOCH_TICKS;
}

/** A query of results alone runs in the local engine: it asks nothing of Azure. */
export async function runLocally(
  { database, store, now, external }: Pick<QueryServices, 'database' | 'store' | 'now' | 'external'>,
  { text, definitions, resultId, notebookId }: WorkspaceQuery,
  results: readonly { readonly name: string; readonly stored: StoredResult }[],
  { token, progress }: Caller,
): Promise<WorkspaceAnswer> {
  const catalog: Catalog = {
    tables: results.map(({ name, stored }) => ({ name, columns: stored.columns, relation: stored.relation })),
    functions: [],
    watchlists: [],
  };
  const input = { text, definitions, catalog, now: ticksAt(now()), external };
  const translation = await translateWithData(input, (sql) => database.rows(sql, token));
  if (translation.kind === 'definitions') return translation;
  progress('Running on this machine');
  const { sql, columns, visualization, warnings, usedTables } = translation;
  const stored = await store.create({ resultId, notebookId, sql, columns }, token);
  return { kind: 'result', stored, visualization, warnings, usedResults: usedTables.map(({ name }) => name) };
}

/**
 * What bounds of a query's time mean now. The local engine computes them, with the cell's definitions.
 * @returns undefined when they cannot be told without the workspace.
 */
export async function evaluatedRange(
  { database, now, external }: Pick<QueryServices, 'database' | 'now' | 'external'>,
  { lower, upper }: OwnBounds,
  { text, definitions }: Pick<WorkspaceQuery, 'text' | 'definitions'>,
  { token }: Caller,
): Promise<SplitRange | undefined> {
  const present = ticksAt(now());
  const columns = [...lower, ...upper].map((bound, index) => `b${index} = todatetime(${bound})`);
  const own = splitStatements(text).lets.map((statement) => ({ cell: 0, text: `${statement.text};` }));
  const catalog: Catalog = { tables: [], functions: [], watchlists: [] };
  try {
    const input = { text: `print ${columns.join(', ')}`, definitions: [...definitions, ...own], catalog, now: present, external };
    const translation = await translateWithData(input, (sql) => database.rows(sql, token));
    const [row = []] = translation.kind === 'query' ? await database.rows(translation.sql, token) : [];
    const ticks = row.flatMap((value) => (typeof value === 'bigint' ? [value] : []));
    if (ticks.length < columns.length || ticks.length === 0) return undefined;
    const start = ticks.slice(0, lower.length).reduce((most, bound) => (bound > most ? bound : most));
    const ends = ticks.slice(lower.length);
    // An end may be the query's last moment; the part's filter excludes its own end.
    const end = ends.length === 0 ? present : ends.reduce((least, bound) => (bound < least ? bound : least)) + 1n;
    return start < end ? { start, end, isOpen: ends.length === 0 } : undefined;
  } catch (thrown) {
    throwIfCancelled(token);
    // It reads tables, or uses what the local engine does not have.
    if (thrown instanceof HuntError) return undefined;
    throw thrown;
  }
}
