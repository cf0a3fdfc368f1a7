import type { WireRow, WireValue } from '../kqlTypes';
import type { ProcessColumns } from './processColumns';

/** A process, as far as rows tell of it. */
export interface ProcessNode {
  readonly host: string;
  readonly id: string;
  /** File name without folder. */
  readonly name: string;
  readonly commandLine: string;
  readonly account: string;
  /** When it began; '' when only its children are known. */
  readonly time: string;
  /** The alert on it; '' without one. */
  readonly alert: string;
  /** Index of its row; undefined: it is only known as a parent. */
  readonly row: number | undefined;
  readonly children: readonly ProcessNode[];
}

export interface ProcessForest {
  /** In the order of time; roots are processes whose parent no row names. */
  readonly hosts: readonly { readonly host: string; readonly roots: readonly ProcessNode[] }[];
  readonly processes: number;
  /** Rows that name no process. */
  readonly skipped: number;
}

interface Building {
  readonly host: string;
  readonly id: string;
  name: string;
  commandLine: string;
  account: string;
  time: string;
  alert: string;
  row: number | undefined;
  parent: Building | undefined;
  readonly children: Building[];
}

/** What a row says of one process of it: itself, its parent, or the parent of that. */
interface Said {
  readonly host: string;
  readonly id: string;
  readonly uniqueId: string;
  readonly created: string;
  readonly name: string;
}

/**
 * Puts processes under the ones that made them. Ids are used again, so a process is known by its unique id where there is one, else by
 * its id and the time it was made, else by its id and name: the parent is then the last one before it.
 */
export function processForest(columns: ProcessColumns, rows: readonly WireRow[]): ProcessForest {
  const builder = new ForestBuilder(columns);
  const { time } = columns;
  const order = rows.map((_row, index) => index);
  if (time !== undefined) order.sort((left, right) => compare(textOf(rows[left]?.[time]), textOf(rows[right]?.[time])) || left - right);
  let skipped = 0;
  for (const index of order) if (!builder.add(rows[index] ?? [], index)) skipped += 1;
  return { ...builder.forest(), skipped };
}

class ForestBuilder {
  readonly #columns: ProcessColumns;
  readonly #byKey = new Map<string, Building>();
  /** The newest process of a host that has an id. */
  readonly #byId = new Map<string, Building>();
  readonly #all: Building[] = [];

  constructor(columns: ProcessColumns) {
    this.#columns = columns;
  }

  /** @returns whether the row names a process. */
  add(row: WireRow, index: number): boolean {
    const columns = this.#columns;
    const at = (column: number | undefined): string => (column === undefined ? '' : textOf(row[column]));
    const host = at(columns.host);
    const id = processId(at(columns.id));
    if (id === '') return false;
    const created = at(columns.created);
    const said: Said = { host, id, uniqueId: at(columns.uniqueId), created, name: fileName(at(columns.name)) };
    const process = this.#start(said, at(columns.time));
    process.row ??= index;
    process.name = said.name || process.name;
    process.commandLine = at(columns.commandLine) || process.commandLine;
    process.account = at(columns.account) || process.account;
    process.alert = at(columns.alert) || process.alert;
    process.time = process.time === '' ? created || at(columns.time) : process.time;
    const parent = this.#parent({
      host,
      id: processId(at(columns.parentId)),
      uniqueId: at(columns.parentUniqueId),
      created: at(columns.parentCreated),
      name: fileName(at(columns.parentName)),
    });
    if (!parent) return true;
    parent.commandLine ||= at(columns.parentCommandLine);
    adopt(parent, process);
    const above = { host, id: processId(at(columns.grandparentId)), uniqueId: '', created: '', name: fileName(at(columns.grandparentName)) };
    const grandparent = this.#parent(above);
    if (grandparent && parent.row === undefined) adopt(grandparent, parent);
    return true;
  }

  forest(): Omit<ProcessForest, 'skipped'> {
    const hosts = new Map<string, Building[]>();
    for (const process of this.#all) {
      if (process.parent) continue;
      const roots = hosts.get(process.host) ?? [];
      roots.push(process);
      hosts.set(process.host, roots);
    }
    const sorted = [...hosts].map(([host, roots]) => ({ host, roots: roots.sort(byTime).map(finished) }));
    return { hosts: sorted, processes: this.#all.length };
  }

  /** The process that a row is about. A known one is meant when nothing tells them apart, or when it was only known as a parent. */
  #start(said: Said, time: string): Building {
    const known = this.#find(said);
    if (!known) return this.#make(said);
    const isExact = said.uniqueId !== '' || said.created !== '';
    return known.row === undefined || isExact || (known.time === time && known.name === said.name) ? known : this.#make(said);
  }

  #parent(said: Said): Building | undefined {
    if (said.id === '' && said.uniqueId === '') return undefined;
    const known = this.#find(said);
    // Another program under the same id: the parent that is meant began before the first row.
    if (known && (said.name === '' || known.name === '' || known.name.toLowerCase() === said.name.toLowerCase())) return known;
    return this.#make(said);
  }

  #find(said: Said): Building | undefined {
    const exact = exactKey(said);
    if (exact !== undefined) return this.#byKey.get(exact);
    return this.#byId.get(`${said.host}\n${said.id}`);
  }

  #make({ host, id, uniqueId, created, name }: Said): Building {
    const made: Building = { host, id, name, commandLine: '', account: '', time: created, alert: '', row: undefined, parent: undefined, children: [] };
    const exact = exactKey({ host, id, uniqueId, created, name });
    if (exact !== undefined) this.#byKey.set(exact, made);
    if (id !== '') this.#byId.set(`${host}\n${id}`, made);
    this.#all.push(made);
    return made;
  }
}

function exactKey({ host, id, uniqueId, created }: Said): string | undefined {
  if (uniqueId !== '') return `${host}\nunique\n${uniqueId}`;
  return created === '' ? undefined : `${host}\n${id}\n${created}`;
}

/** Not under itself nor under one of its children, whatever the rows say. */
function adopt(parent: Building, child: Building): void {
  if (child.parent || parent === child) return;
  if (child.children.length > 0) {
    for (let ancestor: Building | undefined = parent; ancestor; ancestor = ancestor.parent) if (ancestor === child) return;
  }
  child.parent = parent;
  parent.children.push(child);
}

/** Without recursion: a chain of processes may be longer than the stack. */
function finished(root: Building): ProcessNode {
  const order: Building[] = [root];
  for (const process of order) order.push(...process.children);
  const made = new Map<Building, ProcessNode>();
  for (const process of order.reverse()) {
    const { host, id, name, commandLine, account, time, alert, row } = process;
    const children = [...process.children].sort(byTime).flatMap((child) => made.get(child) ?? []);
    made.set(process, { host, id, name, commandLine, account, time, alert, row, children });
  }
  return made.get(root) ?? { ...root, children: [] };
}

/** When it began, or its first child did. */
function startOf(process: Building): string {
  return process.time !== '' ? process.time : (process.children[0]?.time ?? '');
}

function byTime(left: Building, right: Building): number {
  return compare(startOf(left), startOf(right)) || (left.row ?? -1) - (right.row ?? -1);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function textOf(value: WireValue | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

/** Windows writes ids in hexadecimal (`0x1a4`), others in decimal; 0 and nothing name no process. */
function processId(text: string): string {
  const number = /^0x[0-9a-f]+$/i.test(text) ? Number(text) : /^\d+(\.0)?$/.test(text) ? Number(text) : undefined;
  if (number === 0) return '';
  return number === undefined ? text.trim() : String(number);
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
}
