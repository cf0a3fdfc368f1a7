import type { Disposable } from '../../../common/disposable';
import type { Aggregate, AggregateKind } from '../../../common/resultViews';
import { element } from '../../dom';
import { openDialog } from './dialog';
import { aggregatesOf } from '../grouping';
import type { Anchor } from './popup';
import type { TableContext } from '../tableContext';
import { columnTitle } from '../values';

export interface PivotWish {
  readonly row: number;
  readonly across: number;
  readonly aggregate: Aggregate;
}

/** Columns that a choice lists, at most. */
const maxChoices = 1000;

/** Asks what a cross table is made of. */
export function askForPivot(table: TableContext, column: number, anchor: Anchor, done: (wish: PivotWish) => void): Disposable {
  const { columns } = table.model;
  const others = columns.order.filter((index) => index !== column);
  const rows = columnSelect(table, columns.order, column);
  const across = columnSelect(table, columns.order, others[0] ?? column);
  const kind = element('select', { class: 'hb-select' });
  const values = columnSelect(table, columns.order, column);
  const kinds: readonly (readonly [AggregateKind, string])[] = [
    ['count', 'Number of rows'],
    ['sum', 'Sum of'],
    ['mean', 'Mean of'],
    ['min', 'Minimum of'],
    ['max', 'Maximum of'],
    ['distinct', 'Distinct values of'],
  ];
  for (const [value, label] of kinds) kind.append(element('option', { value }, label));
  const problem = element('p', { class: 'hb-problem', role: 'alert' });
  const valuesLine = labelled('of', values);
  const follow = (): void => {
    valuesLine.hidden = kind.value === 'count';
    problem.textContent = '';
  };
  kind.addEventListener('change', follow);
  follow();
  const form = element(
    'form',
    { class: 'hb-form' },
    element('b', {}, 'Pivot'),
    labelled('Rows', rows),
    labelled('Columns', across),
    labelled('Cells', kind),
    valuesLine,
    problem,
    element('div', { class: 'hb-formbuttons' }, element('button', { type: 'submit', class: 'hb-button' }, 'Show')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = kinds.find(([value]) => value === kind.value)?.[0] ?? 'count';
    const source = columns.all[Number(values.value)];
    if (rows.value === across.value) problem.textContent = 'Rows and columns must be two columns.';
    else if (chosen !== 'count' && source && !aggregatesOf(source.type).includes(chosen)) {
      problem.textContent = `There is no ${chosen} of ${source.type} values.`;
    } else {
      dialog.dispose();
      done({ row: Number(rows.value), across: Number(across.value), aggregate: { column: Number(values.value), kind: chosen } });
    }
  });
  const dialog = openDialog(table.root, anchor, 'Pivot', [form], () => table.focus());
  return dialog;
}

function columnSelect(table: TableContext, indexes: readonly number[], chosen: number): HTMLSelectElement {
  const select = element('select', { class: 'hb-select' });
  for (const index of indexes.slice(0, maxChoices)) {
    const column = table.model.columns.all[index];
    if (column) select.append(element('option', { value: String(index) }, columnTitle(column)));
  }
  select.value = String(chosen);
  return select;
}

function labelled(text: string, control: HTMLElement): HTMLElement {
  return element('label', { class: 'hb-labelled' }, element('span', {}, text), control);
}
