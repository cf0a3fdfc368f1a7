import type { Visualization } from '../common/engineProtocol';
import { HuntError, type HuntErrorData, type TextSpan } from '../common/errors';
import type { Column } from '../common/kqlTypes';
import { readCellOptions } from '../kql/cellOptions';
import { spanIn } from '../kql/spans';
import { splitStatements } from '../kql/statements';
import { analyzeWithTimeNames } from '../kql/timeNames';
import { timespanRange } from '../kql/timespan';
import type { Catalog, CatalogTable } from './catalog';
import { composeQuery, type Definition } from './composition';
import { Environment } from './environment';
import type { ExternalFiles } from './externalFiles';
import { namesTables } from './graph/graphToTable';
import { type Insertion, withInsertions } from './insertions';
import { printValue } from './operators/print';
import { pick } from './plan';
import { SchemaNeeded } from './plugins/schemaNeeded';
import { Renderer } from './render';
import { Translator } from './translator';

export interface TranslateInput {
  /** Whole text of the cell, its options included. */
  readonly text: string;
  /** Earlier cells of `let` statements, in the order they ran: later ones replace names of earlier ones. */
  readonly definitions: readonly Definition[];
  /** The workspace's tables and functions, and named results as further tables. Keep the object: the binder's schema is cached by it. */
  readonly catalog: Catalog;
  /** What `now()` is, in ticks. */
  readonly now: bigint;
  /** ISO 8601; restricts the time column of every table. */
  readonly timespan?: string | undefined;
  /** Files that `externaldata` may read; absent: none. */
  readonly external?: ExternalFiles | undefined;
}

export type Translation =
  | {
      readonly kind: 'query';
      /** One SELECT whose columns are named `c0`, `c1`, … and stored by the storage convention. */
      readonly sql: string;
      readonly columns: readonly Column[];
      readonly visualization?: Visualization | undefined;
      /** The query orders its rows, so the order of the answer means something. */
      readonly ordered: boolean;
      readonly usedTables: readonly CatalogTable[];
      readonly warnings: readonly string[];
    }
  /** The cell holds `let` statements alone, or nothing. */
  | { readonly kind: 'definitions'; readonly names: readonly string[] };

/**
 * Parses, binds and translates a cell. Synchronous, and pure but for looking at whether files of `externaldata` are there.
 * @param insertions What `translateWithData` found out about the data.
 * @throws SchemaNeeded When columns depend on the data: `translateWithData` sees to that.
 * @throws HuntError `cellOption`, `query`, `unknownName` or `unsupported`, with a place in the cell when it lies there.
 */
export function translate(input: TranslateInput, insertions: readonly Insertion[] = []): Translation {
  const header = readCellOptions(input.text);
  const [optionError] = header.errors;
  if (optionError) throw new HuntError(optionError);
  const composed = withInsertions(composeQuery(input.text, input.definitions), insertions);
  const { analysis, schema: catalog } = analyzeWithTimeNames(composed.text, input.catalog);
  const [error] = analysis.errors;
  if (error) throw new HuntError(composed.relocate(error));
  const statements = analysis.root.list('Statements').filter((statement) => statement.length > 0);
  const query = statements.at(-1);
  if (query?.kind !== 'ExpressionStatement' || query.start < composed.cellStart) {
    return { kind: 'definitions', names: splitStatements(input.text).lets.map(({ name }) => name) };
  }
  const queries = statements.filter((statement) => statement.kind === 'ExpressionStatement');
  const naming = queries.slice(0, -1).filter((statement) => namesTables(statement.need('Expression')));
  const several = queries.filter((statement) => !naming.includes(statement));
  const spanOf = (node: { readonly start: number; readonly length: number }): TextSpan | undefined =>
    composed.spanInCell(node.start, node.length);
  if (several.length > 1) {
    throw new HuntError({
      kind: 'unsupported',
      feature: 'several queries in one cell',
      advice: 'Put each in a cell of its own.',
      span: several[1] && spanOf(several[1]),
    });
  }
  const timespan = input.timespan ?? header.options.timespan;
  const timeRange = timespan === undefined ? undefined : timespanRange(timespan, input.now);
  if (timespan !== undefined && !timeRange) {
    throw new HuntError({ kind: 'cellOption', option: 'timespan', message: `"${timespan}" is no ISO 8601 duration or interval` });
  }
  const translator = new Translator({ external: input.external, catalog, now: input.now, timeRange, root: analysis.root, spanOf });
  try {
    const environment = translator.bindLets(statements, new Environment());
    for (const statement of naming) translator.table(statement.need('Expression'), environment);
    const node = query.need('Expression');
    if (node.graph)
      throw new HuntError({ kind: 'unsupported', feature: 'a query whose result is a graph', advice: 'End it with graph-match or graph-to-table.', span: spanOf(node) });
    const { scalarType } = node;
    const answered = scalarType === undefined ? translator.table(node, environment) : printValue(translator, node, scalarType, environment);
    const plan = pick(answered, answered.columns.filter(({ name }) => !translator.phantoms.has(name)));
    return {
      kind: 'query',
      sql: new Renderer().statement(plan),
      columns: plan.columns.map(({ name, type }) => ({ name, type })),
      visualization: translator.visualization,
      ordered: plan.order.some((key) => key.implicit !== true),
      usedTables: [...translator.usedTables].map((table) => asGiven(table, input.catalog)),
      warnings: [...analysis.warnings.map(({ message }) => message), ...translator.warnings],
    };
  } catch (thrown) {
    if (thrown instanceof SchemaNeeded) throw thrown;
    throw asHuntError(thrown, () => spanIn(input.text, header.bodyStart, 0));
  }
}

/** The catalog's own table: the query may have read it under another name of its time. */
function asGiven(table: CatalogTable, catalog: Catalog): CatalogTable {
  return (table.stored && catalog.tables.find(({ name }) => name === table.name)) ?? table;
}

function asHuntError(thrown: unknown, span: () => TextSpan): HuntError {
  if (thrown instanceof HuntError) return thrown;
  const data: HuntErrorData =
    thrown instanceof RangeError
      ? { kind: 'query', message: 'The query is nested too deeply.', span: span() }
      : { kind: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) };
  return new HuntError(data, { cause: thrown });
}
