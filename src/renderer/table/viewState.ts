/**
 * What the editor keeps of a table while the notebook is open: outputs are taken down and rendered again as cells
 * scroll by. One state serves all tables of the renderer, so it is a list by result, newest last.
 */
import { type View, wholeView } from '../../common/engineProtocol';
import type { RendererContext } from '../rendererApi';
import type { ColumnArrangement } from './columnSet';
import type { Grouping } from './grouping';
import type { SavedTable } from './savedTable';
import { type TimeStyle, type TimeZone, zoneOf } from './values';
import { fittingView } from './viewChanges';

/** Outputs remembered, at most. */
const maxTables = 100;

export interface TableState {
  readonly resultId: string;
  readonly view: View;
  /** Column widths that the user set: index and CSS pixels. */
  readonly widths: readonly (readonly [column: number, width: number])[];
  readonly columns?: ColumnArrangement | undefined;
  readonly grouping?: Grouping | undefined;
  readonly top: number;
  readonly left: number;
}

/** What is remembered of an output beside its table. */
export interface OutputState {
  /** The tab that was chosen. */
  readonly tab?: string | undefined;
  /** What each tab keeps, by its id. */
  readonly memory: Readonly<Record<string, unknown>>;
}

interface SavedState {
  readonly zone: TimeStyle;
  readonly tables: readonly TableState[];
  readonly outputs?: readonly (readonly [resultId: string, state: OutputState])[];
}

/** Reads and writes the state; shared by all tables of one renderer. */
export class ViewStates {
  readonly #context: RendererContext;
  readonly #zoneListeners = new Set<() => void>();
  #times: TimeStyle;
  readonly #tables = new Map<string, TableState>();
  readonly #outputs = new Map<string, OutputState>();

  constructor(context: RendererContext) {
    this.#context = context;
    const saved = context.getState?.() as Partial<SavedState> | undefined | null;
    this.#times = saved?.zone === 'local' || saved?.zone === 'relative' ? saved.zone : 'utc';
    const tables: readonly unknown[] = Array.isArray(saved?.tables) ? saved.tables : [];
    for (const raw of tables) {
      const table = readTableState(raw);
      if (table) this.#tables.set(table.resultId, table);
    }
    const outputs: readonly unknown[] = Array.isArray(saved?.outputs) ? saved.outputs : [];
    for (const raw of outputs) {
      const [resultId, output] = readOutputState(raw);
      if (output) this.#outputs.set(resultId, output);
    }
  }

  /** Times of all tables are in one zone, so that they can be compared. */
  get zone(): TimeZone {
    return zoneOf(this.#times);
  }

  /** How the cells of all tables show times. */
  get times(): TimeStyle {
    return this.#times;
  }

  set times(style: TimeStyle) {
    this.#times = style;
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

  /** The view that a result was left in, without what does not fit its columns. */
  view({ resultId, columns }: Pick<SavedTable, 'resultId' | 'columns'>): View {
    const view = this.#tables.get(resultId)?.view ?? wholeView;
    return fittingView(view, columns.length);
  }

  set(state: TableState): void {
    putNewest(this.#tables, state.resultId, state);
    this.#write();
  }

  setView(resultId: string, view: View): void {
    this.set({ widths: [], top: 0, left: 0, ...this.#tables.get(resultId), resultId, view });
  }

  output(resultId: string): OutputState {
    return this.#outputs.get(resultId) ?? { memory: {} };
  }

  setOutput(resultId: string, state: OutputState): void {
    putNewest(this.#outputs, resultId, state);
    this.#write();
  }

  #write(): void {
    this.#context.setState?.({ zone: this.#times, tables: [...this.#tables.values()], outputs: [...this.#outputs] } satisfies SavedState);
  }
}

/** The newest are remembered. */
function putNewest<T>(states: Map<string, T>, resultId: string, state: T): void {
  states.delete(resultId);
  states.set(resultId, state);
  for (const oldest of states.keys()) {
    if (states.size <= maxTables) break;
    states.delete(oldest);
  }
}

function readOutputState(raw: unknown): readonly [resultId: string, state: OutputState | undefined] {
  const [resultId, state] = (Array.isArray(raw) ? raw : []) as readonly unknown[];
  const { tab, memory } = (typeof state === 'object' && state !== null ? state : {}) as Partial<OutputState>;
  if (typeof resultId !== 'string' || typeof memory !== 'object') return ['', undefined];
  return [resultId, { memory, ...(typeof tab === 'string' ? { tab } : {}) }];
}

function readTableState(raw: unknown): TableState | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const state = raw as Partial<TableState>;
  if (typeof state.resultId !== 'string' || typeof state.top !== 'number' || typeof state.left !== 'number') return undefined;
  if (!Array.isArray(state.widths) || typeof state.view?.filter !== 'string' || !Array.isArray(state.view.sort)) return undefined;
  return state as TableState;
}
