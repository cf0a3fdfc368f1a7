import { type ColumnEntity, entityOfColumn, entityOfValue } from '../entityColumns';
import type { Column, WireRow, WireValue } from '../kqlTypes';

export interface GraphNode {
  /** Unique in the graph. */
  readonly id: string;
  readonly kind: ColumnEntity | 'Alert';
  readonly label: string;
  /** Rows that name it. */
  readonly rows: number;
  /** Column that names it; undefined: it stands inside a value. */
  readonly column: number | undefined;
  /** The value there, for filters. */
  readonly value: WireValue;
}

export interface GraphLink {
  readonly source: string;
  readonly target: string;
  /** Rows that name both. */
  readonly rows: number;
}

export interface EntityGraph {
  /** The most linked first. */
  readonly nodes: readonly GraphNode[];
  readonly links: readonly GraphLink[];
  /** Entities beyond the limit. */
  readonly leftOut: number;
}

/** Columns that a graph is drawn of. */
export interface GraphColumns {
  readonly entities: readonly number[];
  /** Sentinel's `Entities` of an alert: JSON, a list of objects with a `Type`. */
  readonly list: number | undefined;
  /** What the list belongs to. */
  readonly alert: number | undefined;
}

const alertNames = ['AlertName', 'DisplayName', 'Title'];
/** More would make a graph of everything with everything. */
const MAX_COLUMNS = 8;

/** Which columns name entities; undefined when there are not two to link. */
export function graphColumns(columns: readonly Column[]): GraphColumns | undefined {
  const kinds = columns.map((column) => entityOfColumn(column));
  const entities = kinds.flatMap((kind, index) => (kind === undefined || kind === 'AzureResource' ? [] : [index])).slice(0, MAX_COLUMNS);
  const named = (names: readonly string[]): number | undefined =>
    names.map((name) => columns.findIndex((column) => column.name === name)).find((index) => index >= 0);
  const list = named(['Entities']);
  const alert = list === undefined ? undefined : named(alertNames);
  if (entities.length < 2 && list === undefined) return undefined;
  return { entities, list, alert };
}

interface Found {
  readonly kind: GraphNode['kind'];
  readonly label: string;
  readonly column: number | undefined;
  readonly value: WireValue;
}

/**
 * Entities that rows name together. Names are compared without case; a row links each of its entities with each other, or, where it is an
 * alert with a list of entities, the alert with each.
 * @param at Where the columns stand in `rows`, by their index.
 */
export function entityGraph(
  columns: readonly Column[],
  chosen: GraphColumns,
  rows: readonly WireRow[],
  at: (column: number) => number,
  maxNodes: number,
): EntityGraph {
  const nodes = new Map<string, { found: Found; rows: number }>();
  const links = new Map<string, { source: string; target: string; rows: number }>();
  for (const row of rows) {
    const alert = alertOf(chosen, row, at);
    const list = chosen.list === undefined ? null : (row[at(chosen.list)] ?? null);
    const others = unique([...namedBy(columns, chosen, row, at), ...listed(list)]);
    for (const found of alert ? [alert, ...others] : others) {
      const id = idOf(found);
      const known = nodes.get(id);
      if (known) known.rows += 1;
      else nodes.set(id, { found, rows: 1 });
    }
    for (const [source, target] of pairs(alert, others)) {
      const [left, right] = [idOf(source), idOf(target)].sort() as [string, string];
      const key = `${left}\n${right}`;
      const known = links.get(key);
      if (known) known.rows += 1;
      else links.set(key, { source: left, target: right, rows: 1 });
    }
  }
  return limited(nodes, [...links.values()], maxNodes);
}

/** The nodes with the most neighbours; of those with equally many, the ones that most rows name. */
function limited(nodes: ReadonlyMap<string, { found: Found; rows: number }>, links: readonly GraphLink[], most: number): EntityGraph {
  const degree = new Map<string, number>();
  for (const { source, target } of links) for (const id of [source, target]) degree.set(id, (degree.get(id) ?? 0) + 1);
  const all = [...nodes].map(([id, { found, rows }]): GraphNode => ({ id, rows, ...found }));
  const degreeOf = ({ id }: GraphNode): number => degree.get(id) ?? 0;
  all.sort((left, right) => degreeOf(right) - degreeOf(left) || right.rows - left.rows || (left.id < right.id ? -1 : 1));
  const kept = all.slice(0, most);
  const ids = new Set(kept.map(({ id }) => id));
  const shown = links.filter(({ source, target }) => ids.has(source) && ids.has(target));
  return { nodes: kept, links: shown, leftOut: all.length - kept.length };
}

function alertOf({ list, alert }: GraphColumns, row: WireRow, at: (column: number) => number): Found | undefined {
  const name = list === undefined || alert === undefined ? null : (row[at(alert)] ?? null);
  return typeof name === 'string' && name !== '' ? { kind: 'Alert', label: name, column: alert, value: name } : undefined;
}

function namedBy(columns: readonly Column[], { entities }: GraphColumns, row: WireRow, at: (column: number) => number): readonly Found[] {
  return entities.flatMap((column) => {
    const value = row[at(column)] ?? null;
    const definition = columns[column];
    const kind = definition && entityOfValue(value, definition);
    return kind === undefined || typeof value !== 'string' || /^[[{]/.test(value) ? [] : [{ kind, label: value, column, value }];
  });
}

/**
 * How an alert's entities are called by their `Type`, and which property names them.
 * Source: https://learn.microsoft.com/azure/sentinel/entities-reference
 */
const listedKinds: Readonly<Record<string, readonly [ColumnEntity, readonly string[]]>> = {
  account: ['Account', ['UserPrincipalName', 'UPN', 'Name', 'DisplayName']],
  host: ['Host', ['HostName', 'NetBiosName', 'FullName']],
  ip: ['Ip', ['Address']],
  url: ['Url', ['Url']],
  dns: ['DnsResolution', ['DomainName']],
  file: ['File', ['Name']],
  filehash: ['FileHash', ['Value']],
  process: ['Process', ['CommandLine', 'ProcessId']],
  mailbox: ['Mailbox', ['MailboxPrimaryAddress']],
  'cloud-application': ['CloudApplication', ['Name']],
};

function listed(value: WireValue): readonly Found[] {
  if (typeof value !== 'string' || !value.startsWith('[')) return [];
  let list: unknown;
  try {
    list = JSON.parse(value);
  } catch {
    return [];
  }
  const entries: readonly unknown[] = Array.isArray(list) ? list : [];
  return entries.flatMap((entry) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const properties = entry as Readonly<Record<string, unknown>>;
    const type = typeof properties['Type'] === 'string' ? properties['Type'].toLowerCase() : '';
    const [kind, names] = Object.hasOwn(listedKinds, type) ? (listedKinds[type] ?? []) : [];
    const label = names?.map((name) => properties[name]).find((one): one is string => typeof one === 'string' && one !== '');
    return kind === undefined || label === undefined ? [] : [{ kind, label, column: undefined, value: label }];
  });
}

function pairs(alert: Found | undefined, others: readonly Found[]): readonly (readonly [Found, Found])[] {
  if (alert) return others.map((other) => [alert, other] as const);
  return others.flatMap((one, index) => others.slice(index + 1).map((other) => [one, other] as const));
}

function unique(all: readonly Found[]): readonly Found[] {
  return [...new Map(all.map((found) => [idOf(found), found] as const).reverse()).values()].reverse();
}

function idOf({ kind, label }: Found): string {
  return `${kind}:${label.toLowerCase()}`;
}
