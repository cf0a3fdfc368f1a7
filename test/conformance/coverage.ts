import { neverCancelled } from '../../src/common/cancellation';
import { toHuntError } from '../../src/common/errors';
import { type Column, kqlTypes, UNIX_EPOCH_TICKS } from '../../src/common/kqlTypes';
import type { Catalog, CatalogTable } from '../../src/engine/catalog';
import { type Database, quoteName } from '../../src/engine/database';
import type { ExternalFiles } from '../../src/engine/externalFiles';
import { physicalTypes } from '../../src/engine/physicalTypes';
import { translateWithData } from '../../src/engine/dataTranslation';
import { syntaxErrors } from '../../src/kql/analysis';
import { analyzeWithTimeNames } from '../../src/kql/timeNames';

/** A query as people wrote it. */
export interface RealQuery {
  readonly id: string;
  readonly query: string;
}

export type CoverageVerdict = 'ran' | 'syntax' | 'binding' | 'unsupported' | 'failed';

export interface CoverageResult {
  readonly id: string;
  readonly verdict: CoverageVerdict;
  readonly detail?: string | undefined;
  /** What is not supported, by its name alone. */
  readonly feature?: string | undefined;
  readonly translateMs?: number | undefined;
}

/** Tables of a workspace: `{table: {column: type}}`. */
export type Schemas = Readonly<Record<string, Readonly<Record<string, string>>>>;

const SCHEMA = 'tables';

/** Makes the tables, empty, and the catalog that names them. */
export async function emptyTables(database: Database, schemas: Schemas): Promise<Catalog> {
  await database.run(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`, neverCancelled);
  const tables: CatalogTable[] = [];
  for (const [name, described] of Object.entries(schemas)) {
    const columns = Object.entries(described).map(([column, type]): Column => ({
      name: column,
      type: kqlTypes.find((known) => known === type) ?? 'dynamic',
    }));
    const relation = `${SCHEMA}.${quoteName(`t${tables.length}`)}`;
    await database.run(
      `CREATE TABLE ${relation} (${columns.map(({ type }, index) => `c${index} ${physicalTypes[type]}`).join(', ')})`,
      neverCancelled,
    );
    const timeColumn = columns.find(({ name: column }) => column === 'TimeGenerated' || column === 'Timestamp')?.name;
    tables.push({ name, columns, relation, timeColumn });
  }
  return { tables, functions: [], watchlists: [] };
}

/** What `externaldata` reads is empty, as tables are. */
const emptyFiles: ExternalFiles = { find: () => ({ kind: 'empty' }) };

/** Parses, binds, translates and runs a query on empty tables. */
export async function cover(database: Database, catalog: Catalog, { id, query }: RealQuery): Promise<CoverageResult> {
  try {
    const [syntax] = syntaxErrors(query);
    if (syntax) return { id, verdict: 'syntax', detail: 'message' in syntax ? syntax.message : syntax.kind };
    const [binding] = analyzeWithTimeNames(query, catalog).analysis.errors;
    if (binding)
      return {
        id,
        verdict: 'binding',
        detail: 'message' in binding ? binding.message : `unknown ${'name' in binding ? binding.name : ''}`,
      };
  } catch (thrown) {
    return { id, verdict: 'binding', detail: toHuntError(thrown).message };
  }
  try {
    const started = performance.now();
    const translation = await translateWithData(
      { text: query, definitions: [], catalog, now: BigInt(Date.now()) * 10_000n + UNIX_EPOCH_TICKS, external: emptyFiles },
      (sql) => database.rows(sql, neverCancelled),
    );
    const translateMs = performance.now() - started;
    if (translation.kind === 'query') await database.run(translation.sql, neverCancelled);
    return { id, verdict: 'ran', translateMs };
  } catch (thrown) {
    const { data, message } = toHuntError(thrown);
    return data.kind === 'unsupported'
      ? { id, verdict: 'unsupported', feature: data.feature, detail: message }
      : { id, verdict: 'failed', detail: message };
  }
}
