import type { Catalog } from '../../engine/catalog';
import { translateWithData } from '../../engine/dataTranslation';
import { TICKS_PER_MILLISECOND, UNIX_EPOCH_TICKS } from '../../common/kqlTypes';
import type { StoredResult } from '../../results/resultStore';
import type { WorkspaceAnswer, WorkspaceQuery } from '../workspace';
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
