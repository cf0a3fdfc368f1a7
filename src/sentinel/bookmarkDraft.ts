import { entityOfValue, hashAlgorithm } from '../common/entityColumns';
import type { EntityKind } from '../common/incidents';
import type { Column, WireRow } from '../common/kqlTypes';
import type { EntityMapping, NewBookmark } from '../common/sentinelService';

/** Most entities of one bookmark: the service takes five kinds with a few identifiers each, and nobody reads more. */
export const MAX_ENTITIES = 10;

/** What is said once for all rows that are bookmarked together. */
export interface BookmarkWords {
  readonly name: string;
  /** Markdown. */
  readonly notes: string;
  readonly query: string;
  readonly labels: readonly string[];
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  /** Time range of the query, ISO 8601 `start/end`. */
  readonly timespan?: string | undefined;
}

/** How the service calls the identifier by which a value names an entity. */
const identifiers: Readonly<Partial<Record<EntityKind, string>>> = {
  Account: 'FullName',
  Host: 'FullName',
  Ip: 'Address',
  Url: 'Url',
  DnsResolution: 'DomainName',
  FileHash: 'Value',
  File: 'Name',
  Process: 'CommandLine',
  Mailbox: 'MailboxPrimaryAddress',
  CloudApplication: 'Name',
  AzureResource: 'ResourceId',
};

/** The entities that a row names, by its columns and the form of its values; each once. */
export function entityMappings(columns: readonly Column[], row: WireRow): readonly EntityMapping[] {
  const found = new Map<string, EntityMapping>();
  columns.forEach((column, index) => {
    const value = row[index] ?? null;
    const kind = entityOfValue(value, column);
    if (typeof value !== 'string' || kind === undefined || (column.type === 'dynamic' && /^[[{]/.test(value))) return;
    const identifier = kind === 'Process' && !column.name.endsWith('CommandLine') ? undefined : identifiers[kind];
    if (identifier === undefined) return;
    const key = `${kind} ${value.toLowerCase()}`;
    if (!found.has(key)) found.set(key, { kind, identifier, value });
  });
  return [...found.values()].slice(0, MAX_ENTITIES);
}

export interface MappedColumn {
  readonly kind: EntityKind;
  readonly identifier: string;
  readonly column: string;
}

/** The column of each entity that results of this shape name: for the entity mappings of an analytics rule. */
export function mappedColumns(columns: readonly Column[], rows: readonly WireRow[]): readonly MappedColumn[] {
  const taken = new Set<string>();
  return columns.flatMap((column, index) => {
    const kinds = rows.flatMap((row) => entityMappings([column], [row[index] ?? null]));
    const [first] = kinds;
    // What most rows name, or nothing: a column that now and then holds an address is not one of addresses.
    if (!first || kinds.filter(({ kind }) => kind === first.kind).length * 2 < rows.length || taken.has(first.kind)) return [];
    taken.add(first.kind);
    return [{ kind: first.kind, identifier: first.identifier, column: column.name }];
  });
}

/** One bookmark of one row. @param nth From 1, when several rows are bookmarked together. */
export function bookmarkOfRow(words: BookmarkWords, columns: readonly Column[], row: WireRow, nth?: number): NewBookmark {
  const { name, timespan, ...others } = words;
  const [queryStart, queryEnd] = timespan?.includes('/') === true ? timespan.split('/') : [];
  const eventTime = timeOf(columns, row);
  return {
    ...others,
    name: nth === undefined ? name : `${name} (${nth})`,
    queryResult: JSON.stringify(rowObject(columns, row)),
    entities: entityMappings(columns, row),
    ...(eventTime === undefined ? {} : { eventTime }),
    ...(isTime(queryStart) && isTime(queryEnd) ? { queryStart, queryEnd } : {}),
  };
}

/** A name for a bookmark: what the row is about, as far as it says. */
export function suggestedName(title: string, columns: readonly Column[], row: WireRow | undefined): string {
  const [first, second] = row ? entityMappings(columns, row) : [];
  const about = [first, second].flatMap((mapping) => (mapping ? [shortValue(mapping.value)] : [])).join(', ');
  return about === '' ? title : `${title}: ${about}`;
}

/** By column; of columns that share a name the first. Values of type dynamic stand as JSON, not as its text. */
function rowObject(columns: readonly Column[], row: WireRow): Readonly<Record<string, unknown>> {
  const entries = columns.map(({ name, type }, index) => {
    const value = row[index] ?? null;
    return [name, type === 'dynamic' && typeof value === 'string' ? parsed(value) : value] as const;
  });
  return Object.fromEntries(entries.reverse());
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** When the event happened: `TimeGenerated`, else the first time in the row. */
function timeOf(columns: readonly Column[], row: WireRow): string | undefined {
  const times = columns.flatMap(({ name, type }, index) => (type === 'datetime' && typeof row[index] === 'string' ? [{ name, value: row[index] }] : []));
  return (times.find(({ name }) => name === 'TimeGenerated') ?? times[0])?.value;
}

function isTime(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(text));
}

function shortValue(value: string): string {
  return hashAlgorithm(value) ? `${value.slice(0, 12)}…` : value.length > 40 ? `${value.slice(0, 39)}…` : value;
}
