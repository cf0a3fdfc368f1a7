import { element } from '../dom';
import { icon, type IconName } from '../icons';
import { filterText } from './filterText';
import { keyText } from './grouping';
import { iconButton } from './sidePanel';
import type { TableContext } from './tableContext';
import { withFilter } from './viewChanges';

/** The filters and groups in force, each to be changed or taken away. */
export class ChipBar {
  readonly element = element('div', { class: 'hb-chips', role: 'group', 'aria-label': 'Filters and groups' });

  constructor() {
    this.element.hidden = true;
  }

  show(table: TableContext): void {
    const { view, grouping, model } = table;
    const chips = [
      ...(view.columnFilters ?? []).map((filter) => {
        const text = filterText(filter, model.columns.all[filter.column], model.zone);
        const remove = (): void => table.setView(withFilter(table.view, filter, undefined));
        return chip('filter', text, (at) => table.editFilter(filter.column, filter, at), remove);
      }),
      ...grouping.by.map((key) => {
        const text = `Grouped by ${keyText(key, model.columns.all)}`;
        const remove = (): void => table.setGrouping({ ...grouping, by: grouping.by.filter((one) => one !== key) });
        return chip('group', text, undefined, remove);
      }),
    ];
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = chips.length === 0;
    this.element.replaceChildren(...chips);
    // A chip that is gone must not take the focus with it.
    if (hadFocus && !this.element.hidden) this.element.querySelector('button')?.focus();
    else if (hadFocus) table.focus();
  }
}

function chip(name: IconName, text: string, edit: ((at: Element) => void) | undefined, remove: () => void): HTMLElement {
  const label = element(edit ? 'button' : 'span', { class: 'hb-chiptext', ...(edit ? { type: 'button', title: 'Change this filter' } : {}) }, icon(name), element('span', {}, text));
  const made = element('span', { class: 'hb-chip' }, label, iconButton('close', `Remove: ${text}`, remove));
  if (edit) label.addEventListener('click', () => edit(made));
  return made;
}
