import type { ColumnFilter, DerivedColumn, SortKey, View } from '../../common/resultViews';
import type { Disposable } from '../../common/disposable';
import type { Messenger } from '../messenger';
import type { SharedView } from '../resultTab';
import { MAX_STATE_CHARS } from '../../common/rendererProtocol';
import type { ColumnArrangement } from './columnSet';
import { textMatches } from './filterText';
import { type Grouping, noGrouping, readGrouping } from './grouping';
import type { SavedTable } from './savedTable';
import type { ScrollPosition } from './tableRows';
import { fittingView, isWhole } from './viewChanges';
import type { TableState, ViewStates } from './viewState';

export interface TableServices {
  readonly messenger: Messenger;
  readonly states: ViewStates;
  /** Makes ids of elements unique in the document. */
  readonly idPrefix: string;
  /** Shared with other views of the result: what one filters, the others show filtered. */
  readonly view: SharedView;
  /** The table was worked out here, such as a pivot: its rows are all there, and nobody else knows it. */
  readonly derived?: boolean | undefined;
}

/** How a table was left. */
export interface RecalledState {
  readonly view: View;
  readonly grouping: Grouping;
  readonly columns: ColumnArrangement | undefined;
  readonly widths: readonly (readonly [column: number, width: number])[];
  readonly top: number;
  readonly left: number;
}

/** Waiting for what the file remembers, in milliseconds. */
const recallPatienceMs = 1000;
/** The state rests this long, in milliseconds, before the cell remembers it. */
const restMs = 800;

/**
 * Remembers how a table is looked at: in the editor while the notebook is open (an output is taken down when its cell scrolls out), and
 * small in the cell's metadata, for when the file is opened again.
 */
export class KeptState implements Disposable {
  readonly #saved: SavedTable;
  readonly #services: TableServices;
  /** Nothing is remembered before what was remembered is shown. */
  #begun = false;
  /** What the file remembers, '' for nothing; undefined while nobody knows. */
  #sent: string | undefined;
  #timer = 0;

  constructor(saved: SavedTable, services: TableServices) {
    this.#saved = saved;
    this.#services = services;
  }

  /** What was there before: of this session, else of the file, else nothing. */
  async recall(): Promise<RecalledState> {
    const { states, view, messenger } = this.#services;
    const { resultId, columns } = this.#saved;
    const count = columns.length;
    const { derived } = this.#services;
    const here = derived ? undefined : states.get(resultId);
    const isFiled = !here && !derived && messenger.connected;
    const filed = isFiled ? readFiled(await soon(messenger.recallState(resultId)), count) : undefined;
    if (isFiled) this.#sent = filed ? JSON.stringify(filed) : '';
    const known = here ?? filed;
    // What another tab showed meanwhile counts for more than what was remembered.
    const current = isWhole(view.current) && known ? fittingView(known.view, count) : view.current;
    return {
      view: current,
      grouping: readGrouping(known?.grouping, count + (current.derived?.length ?? 0)) ?? noGrouping,
      columns: known?.columns,
      widths: (known?.widths ?? []).filter(([column]) => column < count),
      top: here?.top ?? 0,
      left: here?.left ?? 0,
    };
  }

  /** From now on changes are remembered. */
  begin(): void {
    this.#begun = true;
  }

  keep(
    view: View,
    grouping: Grouping,
    columns: ColumnArrangement,
    widths: readonly (readonly [column: number, width: number])[],
    { top, left }: ScrollPosition,
  ): void {
    if (!this.#begun || this.#services.derived) return;
    const { states, view: shared } = this.#services;
    shared.set(view);
    states.set({ resultId: this.#saved.resultId, view, columns, grouping, widths, top, left });
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#send({ view, grouping, columns, widths }), restMs);
  }

  dispose(): void {
    window.clearTimeout(this.#timer);
  }

  #send(state: FiledState): void {
    const { view, grouping, columns, widths } = state;
    const nothing = isWhole(view) && grouping.by.length === 0 && widths.length === 0 && Object.keys(columns ?? {}).length === 0;
    const text = nothing ? '' : JSON.stringify(state);
    // What is too large is not remembered at all: half a filter is another filter.
    if (text === this.#sent || text.length > MAX_STATE_CHARS) return;
    this.#sent = text;
    this.#services.messenger.tell({ type: 'keepState', resultId: this.#saved.resultId, state: nothing ? null : state });
  }
}

/** An answer that does not come within a moment is none: rows do not wait for it. */
function soon(answer: Promise<unknown>): Promise<unknown> {
  const tooLate = new Promise<null>((resolve) => {
    setTimeout(() => resolve(null), recallPatienceMs);
  });
  return Promise.race([answer, tooLate]);
}

type FiledState = Pick<TableState, 'view' | 'grouping' | 'columns' | 'widths'> & { readonly grouping: Grouping };

/** A file holds whatever somebody's editor left there. */
function readFiled(raw: unknown, count: number): FiledState | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { view, grouping, columns, widths } = raw as Partial<FiledState>;
  const read = readView(view, count);
  if (!read) return undefined;
  const isWidth = (one: unknown): one is readonly [number, number] => Array.isArray(one) && one.length === 2 && one.every(Number.isFinite);
  return {
    view: read,
    grouping: readGrouping(grouping, count + (read.derived?.length ?? 0)) ?? noGrouping,
    columns: readArrangement(columns),
    widths: Array.isArray(widths) ? widths.filter(isWidth) : [],
  };
}

/** A view that has the shape of one, without what does not fit the columns. */
export function readView(raw: unknown, count: number): View | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { sort, filter, columnFilters, derived } = raw as Partial<View>;
  if (typeof filter !== 'string' || !Array.isArray(sort)) return undefined;
  const paths = objects(derived).filter(isDerived);
  const filters = objects(columnFilters).filter(isFilter);
  return fittingView({ sort: objects(sort).filter(isSortKey), filter, columnFilters: filters, derived: paths }, count);
}

function objects(list: unknown): readonly object[] {
  const all: readonly unknown[] = Array.isArray(list) ? list : [];
  return all.filter((one) => typeof one === 'object' && one !== null);
}

function isSortKey(raw: object): raw is SortKey {
  const { column, descending } = raw as Partial<SortKey>;
  return typeof column === 'number' && typeof descending === 'boolean';
}

function isDerived(raw: object): raw is DerivedColumn {
  const { name, path, source } = raw as Partial<DerivedColumn>;
  const isKey = (key: unknown): boolean => typeof key === 'string' || typeof key === 'number';
  return typeof name === 'string' && typeof source === 'number' && Array.isArray(path) && path.every(isKey);
}

function isFilter(raw: object): raw is ColumnFilter {
  const { kind, values, text, match } = raw as Readonly<Record<string, unknown>>;
  if (kind === 'values') return Array.isArray(values);
  if (kind === 'text') return typeof text === 'string' && textMatches.some(([known]) => known === match);
  return kind === 'range' || kind === 'empty';
}

function readArrangement(raw: unknown): ColumnArrangement {
  const { order, hidden, pinned } = (typeof raw === 'object' && raw !== null ? raw : {}) as Partial<Record<keyof ColumnArrangement, unknown>>;
  const numbers = (list: unknown): readonly number[] | undefined =>
    Array.isArray(list) ? list.filter((one) => Number.isInteger(one)) : undefined;
  return { order: numbers(order), hidden: numbers(hidden), pinned: numbers(pinned) };
}
