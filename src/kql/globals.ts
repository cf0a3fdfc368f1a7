import type { Column } from '../common/kqlTypes';
import { kusto, listItems, type RawCallContext, type RawGlobals, type RawSymbol } from './bridge';
import { correctSignatures } from './corrections';
import { pluginSymbols } from './plugins';
import { scalarSymbol } from './typeSymbols';

/** What a query may name, as the binder needs it. */
export interface KqlSchema {
  readonly tables: readonly KqlTable[];
  readonly functions: readonly KqlFunction[];
  /** Tables that `_GetWatchlist('name')` returns. */
  readonly watchlists: readonly KqlTable[];
  /** Other connected workspaces, for `workspace("name").Table`. */
  readonly workspaces?: readonly { readonly name: string; readonly tables: readonly KqlTable[] }[] | undefined;
}

export interface KqlTable {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly description?: string | undefined;
  /** By name, of the columns that are described. */
  readonly columnDescriptions?: Readonly<Record<string, string>> | undefined;
}

/** A stored function. */
export interface KqlFunction {
  readonly name: string;
  /** As KQL writes them, with brackets or without. */
  readonly parameters: string;
  readonly body: string;
  readonly description?: string | undefined;
}

correctSignatures();

const cache = new WeakMap<KqlSchema, RawGlobals>();
const tableCache = new WeakMap<KqlTable, RawSymbol>();

/** The binder's globals of a schema. Kept as long as the schema (and for tables: the table) object lives. */
export function globalsOf(schema: KqlSchema): RawGlobals {
  const known = cache.get(schema);
  if (known) return known;
  const { Symbols, GlobalState } = kusto;
  const members = [
    ...schema.tables.map(tableSymbol),
    ...schema.functions.map(
      ({ name, parameters, body, description }) =>
        new Symbols.FunctionSymbol.$ctor16(name, enclosed(parameters, '(', ')'), enclosed(body, '{', '}'), description ?? null),
    ),
    watchlistFunction(schema.watchlists),
    ...(schema.workspaces ? [workspaceFunction(schema.workspaces)] : []),
  ];
  const database = new Symbols.DatabaseSymbol.ctor('workspace', members);
  const cluster = new Symbols.ClusterSymbol.ctor('local', [database]);
  const globals = GlobalState.Default.WithPlugIns(pluginSymbols()).WithCluster(cluster).WithDatabase(database);
  cache.set(schema, globals);
  return globals;
}

/** Services write parameters and bodies with brackets or without; Kusto.Language wants them. */
function enclosed(text: string, open: string, close: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith(open) && trimmed.endsWith(close) ? trimmed : `${open}${trimmed}\n${close}`;
}

/** Names of all built-in functions and aggregates, for suggestions. */
export function builtInFunctionNames(schema: KqlSchema): string[] {
  const globals = globalsOf(schema);
  return [...listItems(globals.Functions), ...listItems(globals.Aggregates)].map((symbol) => symbol.Name);
}

export function pluginNames(schema: KqlSchema): string[] {
  return listItems(globalsOf(schema).PlugIns).map((symbol) => symbol.Name);
}

/** The binder's symbol of a table. Kept as long as the table object lives. */
export function tableSymbol(table: KqlTable): RawSymbol {
  const known = tableCache.get(table);
  if (known) return known;
  const { Symbols } = kusto;
  const columns = table.columns.map(
    ({ name, type }) => new Symbols.ColumnSymbol.ctor(name, scalarSymbol(type), table.columnDescriptions?.[name]),
  );
  const plain = new Symbols.TableSymbol.$ctor4(table.name, columns);
  const symbol = table.description === undefined ? plain : plain.WithDescripton(table.description);
  tableCache.set(table, symbol);
  return symbol;
}

/** `workspace("name")`: the tables of another workspace that is connected; the name has to be a constant. */
function workspaceFunction(workspaces: NonNullable<KqlSchema['workspaces']>): RawSymbol {
  const { Symbols } = kusto;
  const databases = new Map(
    workspaces.map(({ name, tables }) => [name.toLowerCase(), new Symbols.DatabaseSymbol.ctor(name, tables.map(tableSymbol))] as const),
  );
  const unknown = new Symbols.DatabaseSymbol.ctor('unknown', []);
  const returnType = (context: RawCallContext): RawSymbol => {
    const [first] = listItems(context.Arguments);
    const name = first?.ConstantValue;
    return (typeof name === 'string' ? databases.get(name.toLowerCase()) : undefined) ?? unknown;
  };
  return new Symbols.FunctionSymbol.ctor('workspace', returnType, Symbols.Tabularity.Tabular, [
    new Symbols.Parameter.$ctor2('name', scalarSymbol('string')),
  ]);
}

/** `_GetWatchlist`: the columns depend on the alias, which has to be a constant. */
function watchlistFunction(watchlists: readonly KqlTable[]): RawSymbol {
  const { Symbols } = kusto;
  const byName = new Map(watchlists.map((table) => [table.name.toLowerCase(), table]));
  const empty: KqlTable = { name: 'watchlist', columns: watchlistBaseColumns };
  const returnType = (context: RawCallContext): RawSymbol => {
    const [first] = listItems(context.Arguments);
    const alias = first?.ConstantValue;
    return tableSymbol((typeof alias === 'string' ? byName.get(alias.toLowerCase()) : undefined) ?? empty);
  };
  return new Symbols.FunctionSymbol.ctor('_GetWatchlist', returnType, Symbols.Tabularity.Tabular, [
    new Symbols.Parameter.$ctor2('watchlistAlias', scalarSymbol('string')),
  ]);
}

/** Columns that every watchlist has. */
export const watchlistBaseColumns: readonly Column[] = [
  { name: '_DTItemId', type: 'string' },
  { name: 'LastUpdatedTimeUTC', type: 'datetime' },
  { name: 'SearchKey', type: 'string' },
  { name: 'WatchlistItem', type: 'dynamic' },
];
