import { element } from '../dom';
import { icon } from '../icons';
import { type GridModel, richText, type RowContent } from './cellView';
import { groupText } from './grouping';
import { columnTitle, countText, plural } from './values';

/** The head of a row: its number, or the group that it stands for. Stays at the left edge. */
export class GutterView {
  readonly element = element('div', { class: 'hb-gutter', role: 'rowheader', 'aria-colindex': '1' });
  readonly #number = document.createTextNode('');
  readonly #open = element('span', { class: 'hb-open', title: 'Show row details (Space)' }, icon('chevronRight'));
  #isGroup = false;

  constructor() {
    this.element.append(this.#number, this.#open);
  }

  draw(model: GridModel, { index, group }: RowContent): void {
    if (group) {
      this.#isGroup = true;
      const column = model.columns.all[group.column];
      if (!column) return;
      const text = groupText(group, column, model.zone);
      const isMissing = group.key === null || group.key === '';
      const label = element('span', { class: isMissing ? 'hb-grouplabel hb-null' : 'hb-grouplabel' }, ...richText(text, '', false));
      this.element.title = `${columnTitle(column)}: ${label.textContent}, ${plural(group.rows, 'row')}`;
      this.element.style.setProperty('--hb-level', String(group.level));
      const twist = element('span', { class: group.expanded ? 'hb-twist hb-opened' : 'hb-twist' }, icon('chevronRight'));
      this.element.replaceChildren(twist, label, element('span', { class: 'hb-badge' }, countText(group.rows)));
      return;
    }
    if (this.#isGroup) {
      this.#isGroup = false;
      this.element.removeAttribute('title');
      this.element.style.removeProperty('--hb-level');
      this.element.replaceChildren(this.#number, this.#open);
    }
    this.#number.data = countText((model.source.place(index)?.row ?? index) + 1);
  }
}
