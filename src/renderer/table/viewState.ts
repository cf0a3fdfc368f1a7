/**
 * What the editor keeps of a table while the notebook is open: outputs are taken down and rendered again as cells
 * scroll by. One state serves all tables of the renderer, so it is a list by result, newest last.
 */
import type { SortKey, View } from '../../common/engineProtocol';
import type { RendererContext } from '../rendererApi';
import type { TimeZone } from './values';

/** Tables remembered, at most. */
const maxTables = 100;

export interface TableState {
  readonly resultId: string;
  readonly view: View;
  /** Column widths that the user set: index and CSS pixels. */
  readonly widths: readonly (readonly [column: number, width: number])[];
  readonly top: number;
  readonly left: number;
}

interface SavedState {
  readonly zone: TimeZone;
  readonly tables: readonly TableState[];
}

/** Reads and writes the state; shared by all tables of one renderer. */
export class ViewStates {
  readonly #context: RendererContext;
  readonly #zoneListeners = new Set<() => void>();
  #zone: TimeZone;
  readonly #tables = new Map<string, TableState>();

  constructor(context: RendererContext) {
    this.#context = context;
    const saved = context.getState?.() as Partial<SavedState> | undefined | null;
    this.#zone = saved?.zone === 'local' ? 'local' : 'utc';
    const tables: readonly unknown[] = Array.isArray(saved?.tables) ? saved.tables : [];
    for (const raw of tables) {
      const table = readTableState(raw);
      if (table) this.#tables.set(table.resultId, table);
    }
  }

  /** Times of all tables are in one zone, so that they can be compared. */
  get zone(): TimeZone {
    return this.#zone;
  }

  set zone(zone: TimeZone) {
    this.#zone = zone;
    this.#write();
    for (const listener of this.#zoneListeners) listener();
  }

  onZone(listener: () => void): { dispose(): void } {
    this.#zoneListeners.add(listener);
    return { dispose: () => void this.#zoneListeners.delete(listener) };
  }

  get(resultId: string): TableState | undefined {
    return this.#tables.get(resultId);
  }

  set(state: TableState): void {
    this.#tables.delete(state.resultId);
    this.#tables.set(state.resultId, state);
    for (const oldest of this.#tables.keys()) {
      if (this.#tables.size <= maxTables) break;
      this.#tables.delete(oldest);
    }
    this.#write();
  }

  #write(): void {
    this.#context.setState?.({ zone: this.#zone, tables: [...this.#tables.values()] } satisfies SavedState);
  }
}

function readTableState(raw: unknown): TableState | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const state = raw as Partial<TableState>;
  if (typeof state.resultId !== 'string' || typeof state.top !== 'number' || typeof state.left !== 'number') return undefined;
  if (!Array.isArray(state.widths) || typeof state.view?.filter !== 'string' || !Array.isArray(state.view.sort)) return undefined;
  return state as TableState;
}

/** The next sort when a header is chosen: ascending, descending, off. `add` keeps the other keys. */
export function nextSort(sort: readonly SortKey[], column: number, add: boolean): readonly SortKey[] {
  const current = sort.find((key) => key.column === column);
  const next = current === undefined ? { column, descending: false } : current.descending ? undefined : { column, descending: true };
  if (!add) return next ? [next] : [];
  if (current === undefined) return next ? [...sort, next] : sort;
  return sort.flatMap((key) => (key.column !== column ? [key] : next ? [next] : []));
}
