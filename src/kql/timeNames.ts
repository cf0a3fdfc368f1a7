/**
 * Defender's tables call the time of a row `Timestamp` in advanced hunting and `TimeGenerated` in Log Analytics. A query may use either
 * name, whichever the table has:
 *
 * - A query that binds as it stands means what it says: nothing is changed.
 * - A query that does not, and uses one of the names alone, sees the column of Defender's tables under that name: `take 10` shows
 *   `Timestamp` where the query says `Timestamp`, and no second column with the same times.
 * - A query that does not and uses both names sees both columns side by side.
 * - A query over Defender's tables of both kinds would bind, and pass over the rows of one kind: it is treated as if it did not.
 */
import { analyze, type Analysis } from './analysis';
import type { KqlSchema, KqlTable } from './globals';
import type { KqlNode } from './node';

/** The two names. */
const timeNames = ['TimeGenerated', 'Timestamp'] as const;
type TimeName = (typeof timeNames)[number];

/**
 * Tables of the advanced hunting schema, https://learn.microsoft.com/defender-xdr/advanced-hunting-schema-tables. Tables of other services
 * whose names begin like these (`DeviceHeartbeat`, of Windows Update) gain a name that nobody asks for.
 */
const defenderTable =
  /^(?:AADSignInEventsBeta|AADSpnSignInEventsBeta|AIAgentsInfo|Alert(?:Evidence|Info)|Behavior(?:Entities|Info)|CampaignInfo|Cloud(?:AppEvents|AuditEvents|DnsEvents|ProcessEvents|StorageAggregatedEvents)|DataSecurity\w+|Device[A-Z]\w+|DisruptionAndResponseEvents|Email[A-Z]\w+|Entra(?:Id|Spn)\w+|FileMaliciousContentInfo|GraphApiAuditEvents|Identity[A-Z]\w+|Message[A-Z]\w+|OAuthAppInfo|UrlClickEvents)$/u;

/** A table as a query sees it that uses the other name of the time. */
export interface TimeNamedTable {
  /** Positions of the columns in the table as it is stored. */
  readonly stored: readonly number[];
}

/** A table of any layer: what is known beside the columns is kept. */
type TimedTable = KqlTable & { readonly timeColumn?: string | undefined };

/**
 * Binds a text, with the other name of the time where Defender's tables need it. The schema that comes back is the one that was bound
 * against.
 */
export function analyzeWithTimeNames<Schema extends KqlSchema>(
  text: string,
  schema: Schema,
): { readonly analysis: Analysis; readonly schema: Schema } {
  const analysis = analyze(text, schema);
  const isMissing = analysis.errors.some((error) => error.kind === 'unknownName' && timeNames.some((name) => name === error.name));
  const nodes = isMissing || isMixed(schema) ? [...analysis.root.walk()] : [];
  const used = timeNames.filter((name) => nodes.some((node) => node.kind === 'NameReference' && node.simpleName === name));
  if (used.length === 0 || !(isMissing || losesRows(nodes, schema, used))) return { analysis, schema };
  const named = withTimeNames(schema, used);
  const again = analyze(text, named);
  // The name is missing elsewhere, too: errors name the columns that the tables have.
  return isMissing && again.errors.length >= analysis.errors.length ? { analysis, schema } : { analysis: again, schema: named };
}

const mixed = new WeakMap<KqlSchema, boolean>();

/** Are there Defender tables of both kinds? */
function isMixed(schema: KqlSchema): boolean {
  const known = mixed.get(schema);
  if (known !== undefined) return known;
  const names = new Set(schema.tables.filter(({ name }) => defenderTable.test(name)).flatMap(timeNamesOf));
  mixed.set(schema, names.size > 1);
  return names.size > 1;
}

const timeNamesOf = ({ columns }: KqlTable): TimeName[] => timeNames.filter((known) => columns.some(({ name }) => name === known));

/** Does the query use a name that some of its Defender tables lack and only others of them have? */
function losesRows(nodes: readonly KqlNode[], schema: KqlSchema, used: readonly TimeName[]): boolean {
  const declared = new Set(nodes.flatMap((node) => (node.kind === 'NameDeclaration' && node.simpleName ? [node.simpleName] : [])));
  const named = new Set(nodes.flatMap(({ symbol }) => (symbol?.kind === 'Table' ? [symbol.name] : [])));
  const tables = schema.tables.filter(({ name }) => named.has(name));
  return used.some((name) => {
    const having = tables.filter((table) => timeNamesOf(table).includes(name));
    const isDefenders = having.length > 0 && having.every((table) => defenderTable.test(table.name));
    return isDefenders && !declared.has(name) && tables.some((table) => defenderTable.test(table.name) && !having.includes(table));
  });
}

const cache = new WeakMap<KqlSchema, Map<string, KqlSchema>>();
const tables = new WeakMap<KqlTable, Map<string, KqlTable>>();

function withTimeNames<Schema extends KqlSchema>(schema: Schema, used: readonly TimeName[]): Schema {
  const known = cache.get(schema) ?? new Map<string, KqlSchema>();
  cache.set(schema, known);
  const key = used.join();
  const made = known.get(key) ?? { ...schema, tables: schema.tables.map((table) => timeNamed(table, used)) };
  known.set(key, made);
  // Made of a schema of this very type by the spread above.
  return made as Schema;
}

function timeNamed<Table extends TimedTable>(table: Table, used: readonly TimeName[]): Table {
  const at = table.columns.findIndex(({ name, type }) => timeNames.some((known) => known === name) && type === 'datetime');
  const own = table.columns[at];
  const other = timeNames.find((name) => name !== own?.name);
  if (!own || !other || !used.includes(other) || !defenderTable.test(table.name) || timeNamesOf(table).includes(other)) return table;
  const known = tables.get(table) ?? new Map<string, KqlTable>();
  tables.set(table, known);
  const key = used.join();
  const made = known.get(key) ?? rename(table, at, used.length > 1, other);
  known.set(key, made);
  return made as Table;
}

function rename<Table extends TimedTable>(table: Table, at: number, both: boolean, name: TimeName): Table & TimeNamedTable {
  const added = { name, type: 'datetime' } as const;
  const columns = both ? table.columns.toSpliced(at + 1, 0, added) : table.columns.with(at, added);
  const positions = table.columns.map((_, index) => index);
  const timeColumn = !both && table.timeColumn === table.columns[at]?.name ? name : table.timeColumn;
  return { ...table, columns, timeColumn, stored: both ? positions.toSpliced(at + 1, 0, at) : positions };
}
