import type { Disposable } from '../../../common/disposable';
import type { Column, KqlType } from '../../../common/kqlTypes';
import type { Pivot } from '../../../common/resultViews';
import { element } from '../../dom';
import { icon } from '../../icons';
import { valueText } from '../filterText';
import type { PivotWish } from './pivotDialog';
import type { SavedTable } from '../savedTable';
import type { TableContext } from '../tableContext';
import { columnTitle, countText } from '../values';

const maxRows = 2000;
const maxColumns = 200;

/** Shows a table that was worked out here. */
export type MakeTable = (container: HTMLElement, saved: SavedTable) => Disposable;

/** A cross table in place of the table that it was made of, with a way back. */
export class PivotTable implements Disposable {
  readonly #table: TableContext;
  readonly #element = element('div', { class: 'hb-derived' });
  readonly #leave: () => void;
  readonly #makeTable: MakeTable;
  #view: Disposable | undefined;

  constructor(table: TableContext, wish: PivotWish, makeTable: MakeTable, leave: () => void) {
    this.#table = table;
    this.#leave = leave;
    this.#makeTable = makeTable;
    table.say('Working out the pivot…');
    const { row, across, aggregate } = wish;
    table.ask('readPivot', { view: table.view, rows: [row], across, aggregate, maxRows, maxColumns }).then(
      (pivot) => this.#show(wish, pivot),
      (thrown: unknown) => table.say(`No pivot. ${thrown instanceof Error ? thrown.message : String(thrown)}`),
    );
  }

  dispose(): void {
    if (!this.#view) return;
    this.#view.dispose();
    this.#view = undefined;
    this.#element.remove();
    this.#table.root.hidden = false;
    this.#leave();
  }

  #show(wish: PivotWish, pivot: Pivot): void {
    const { root, model } = this.#table;
    const back = element('button', { type: 'button', class: 'hb-button hb-second' }, icon('table'), 'Back to the rows');
    back.addEventListener('click', () => this.dispose());
    const place = element('div');
    const title = pivotTitle(wish, model.columns.all);
    this.#element.append(element('div', { class: 'hb-table hb-derivedhead' }, back, element('span', {}, title)), place);
    root.after(this.#element);
    root.hidden = true;
    this.#view = this.#makeTable(place, pivotSaved(this.#table, wish, pivot));
    this.#table.say('');
    back.focus();
  }
}

function pivotTitle({ row, across, aggregate }: PivotWish, columns: readonly Column[]): string {
  const nameOf = (index: number): string => columnTitle(columns[index] ?? { name: '', type: 'string' });
  const cells = aggregate.kind === 'count' ? 'rows' : `${aggregate.kind} of ${nameOf(aggregate.column)}`;
  return `Pivot: ${cells} by ${nameOf(row)} and ${nameOf(across)}`;
}

function pivotSaved({ saved, model }: TableContext, { row, across, aggregate }: PivotWish, pivot: Pivot): SavedTable {
  const { all } = model.columns;
  const own = all[row] ?? { name: '', type: 'string' };
  const acrossType = all[across]?.type ?? 'string';
  const names = pivot.across.map((value) => valueText(value, acrossType, model.zone));
  const type = cellType(aggregate.kind, all[aggregate.column]?.type ?? 'string');
  const columns: readonly Column[] = [own, ...names.map((name) => ({ name, type }))];
  const rows = pivot.rows.map(({ keys, cells }) => [keys[0] ?? null, ...cells]);
  const cut: string[] = [];
  if (pivot.totalRows > rows.length) cut.push(`The first ${countText(rows.length)} of ${countText(pivot.totalRows)} rows.`);
  if (pivot.totalColumns > names.length) cut.push(`The ${countText(names.length)} most frequent of ${countText(pivot.totalColumns)} columns.`);
  return {
    workspace: saved.workspace,
    name: undefined,
    timespan: undefined,
    elapsedMs: undefined,
    resultId: '',
    columns,
    rowCount: rows.length,
    preview: { offset: 0, rows, total: rows.length, cuts: [] },
    warnings: cut,
    notices: [],
    visualization: undefined,
  };
}

function cellType(kind: PivotWish['aggregate']['kind'], type: KqlType): KqlType {
  if (kind === 'count' || kind === 'distinct') return 'long';
  return kind === 'mean' && type !== 'timespan' ? 'real' : type;
}
