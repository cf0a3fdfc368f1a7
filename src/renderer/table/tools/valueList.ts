import type { Column, WireValue } from '../../../common/kqlTypes';
import type { ColumnFilter, ValueCounts } from '../../../common/resultViews';
import { element } from '../../dom';
import type { FilterEditor } from './filterEditors';
import { valueText } from '../filterText';
import type { TableContext } from '../tableContext';
import { countText } from '../values';

const shownValues = 200;
/** Typing rests this long, in milliseconds, before values are looked for. */
const searchDelayMs = 180;

/** The values of a column with their counts, to choose among. */
export function valueList(table: TableContext, index: number, column: Column, known: ColumnFilter | undefined): FilterEditor {
  const chosen = new Map<string, WireValue>();
  if (known?.kind === 'values') for (const value of known.values) chosen.set(keyOf(value), value);
  const search = element('input', { type: 'text', class: 'hb-field-input', placeholder: 'Search values', 'aria-label': 'Search values', spellcheck: 'false', 'data-first': '' });
  const list = element('div', { class: 'hb-values', role: 'group', 'aria-label': 'Values' });
  const note = element('p', { class: 'hb-quiet', role: 'status' });
  const { filter, derived, columnFilters } = table.view;
  // Values that the other filters leave: those of this column are to be chosen anew.
  const others = (columnFilters ?? []).filter((one) => one.column !== index);
  const view = { sort: [], filter, columnFilters: others, ...(derived ? { derived } : {}) };
  let asked = 0;

  const fill = ({ values, total }: ValueCounts): void => {
    list.replaceChildren(
      ...values.map(({ value, rows }) => {
        const box = element('input', { type: 'checkbox' });
        box.checked = chosen.has(keyOf(value));
        box.addEventListener('change', () => {
          if (box.checked) chosen.set(keyOf(value), value);
          else chosen.delete(keyOf(value));
          sayChosen(values.length, total);
        });
        const text = valueText(value, column.type, table.model.zone);
        const missing = value === null || value === '';
        return element('label', { class: 'hb-choice' }, box, element('span', { class: missing ? 'hb-null' : '' }, text), element('span', { class: 'hb-quiet' }, countText(rows)));
      }),
    );
    sayChosen(values.length, total);
  };
  const sayChosen = (shown: number, total: number): void => {
    const cut = total > shown ? `The ${countText(shown)} most frequent of ${countText(total)} values; search for the others. ` : '';
    note.textContent = total === 0 ? 'No value contains this.' : `${cut}${chosen.size > 0 ? `${countText(chosen.size)} chosen` : ''}`;
  };
  const load = (): void => {
    asked += 1;
    const mine = asked;
    table.ask('readValueCounts', { view, column: index, contains: search.value, limit: shownValues }).then(
      (counts) => {
        if (asked === mine) fill(counts);
      },
      (thrown: unknown) => {
        if (asked === mine) note.textContent = thrown instanceof Error ? thrown.message : String(thrown);
      },
    );
  };
  let timer = 0;
  search.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(load, searchDelayMs);
  });
  load();
  return {
    nodes: [search, list, note],
    read: () => (chosen.size === 0 ? 'Choose a value, or more.' : { column: index, kind: 'values', values: [...chosen.values()] }),
  };
}

/** `1` the number and `"1"` the text are two. */
function keyOf(value: WireValue): string {
  return JSON.stringify(value);
}
