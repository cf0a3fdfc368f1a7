import { element } from '../../dom';
import { icon } from '../../icons';
import { iconButton, SidePanel } from '../sidePanel';
import type { TableContext } from '../tableContext';
import { textButton } from '../textButton';
import { columnTitle, countText, typeLook } from '../values';

/** Columns listed at once: thousands would take seconds to lay out. */
const maxListed = 300;

/** All columns in their order: find one, show or hide, pin, move. */
export class ColumnsPanel {
  readonly panel: SidePanel;
  readonly #table: TableContext;
  readonly #search = element('input', {
    type: 'text',
    class: 'hb-field-input',
    placeholder: 'Go to column',
    'aria-label': 'Find a column by its name; Enter goes to the first',
    spellcheck: 'false',
  });
  readonly #list = element('ul', { class: 'hb-columns' });
  readonly #note = element('p', { class: 'hb-quiet', role: 'status' });

  constructor(table: TableContext, close: () => void) {
    this.#table = table;
    this.panel = new SidePanel(close);
    this.panel.title = 'Columns';
    const all = textButton('Show all', () => table.arrange((columns) => columns.showOnly([])));
    const order = textButton('Original order', () => table.arrange((columns) => columns.reset()));
    const fit = textButton('Fit all', () => {
      for (const index of table.model.columns.shown) table.resize(index, 'fit');
    });
    this.panel.content.append(element('div', { class: 'hb-columnshead' }, this.#search, element('div', { class: 'hb-links' }, all, order, fit)), this.#list, this.#note);
    this.#search.addEventListener('input', () => this.refresh());
    this.#search.addEventListener('keydown', (event) => {
      const first = this.#found()[0];
      if (event.key !== 'Enter' || first === undefined) return;
      event.preventDefault();
      table.goTo(first, false);
      table.focus();
    });
  }

  focus(): void {
    this.#search.focus({ preventScroll: true });
    this.#search.select();
  }

  refresh(): void {
    if (!this.panel.open) return;
    const found = this.#found();
    const focused = focusKey();
    this.#list.replaceChildren(...found.slice(0, maxListed).map((index) => this.#entry(index)));
    const cut = found.length > maxListed ? `The first ${countText(maxListed)} of ${countText(found.length)} columns; search for the others.` : '';
    this.#note.textContent = found.length === 0 ? 'No column has this in its name.' : cut;
    if (focused !== undefined) this.#list.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  #found(): readonly number[] {
    const { columns } = this.#table.model;
    const wanted = this.#search.value.trim().toLowerCase();
    return columns.order.filter((index) => (columns.all[index]?.name ?? '').toLowerCase().includes(wanted));
  }

  #entry(index: number): HTMLElement {
    const { columns } = this.#table.model;
    const column = columns.all[index];
    const title = column ? columnTitle(column) : '';
    const isHidden = columns.isHidden(index);
    const box = element('input', { type: 'checkbox', 'aria-label': `Show ${title}`, 'data-focus': `box:${index}` });
    box.checked = !isHidden;
    box.disabled = !isHidden && columns.shown.length === 1;
    box.addEventListener('change', () => this.#table.arrange((set) => set.setHidden(index, !box.checked)));
    const name = element('button', { type: 'button', class: 'hb-columnname', title: `Go to ${title}` }, icon(typeLook(column?.type ?? 'string').icon), element('span', {}, title));
    name.addEventListener('click', () => this.#table.goTo(index, false));
    const isPinned = columns.isPinned(index);
    const pin = iconButton('pin', `${isPinned ? 'Unpin' : 'Pin'} ${title}`, () => this.#table.arrange((set) => set.setPinned(index, !isPinned)));
    pin.setAttribute('aria-pressed', String(isPinned));
    const entry = element('li', { class: isHidden ? 'hb-columnentry hb-off' : 'hb-columnentry' }, box, name, pin);
    entry.append(this.#mover(index, 'chevronUp', `Move ${title} left`, -1), this.#mover(index, 'chevronDown', `Move ${title} right`, 1));
    return entry;
  }

  #mover(index: number, look: 'chevronUp' | 'chevronDown', label: string, by: number): HTMLElement {
    const button = iconButton(look, label, () => this.#table.arrange((set) => set.move(index, set.placeOf(index) + by)));
    button.dataset['focus'] = `${look}:${index}`;
    button.disabled = this.#table.model.columns.isHidden(index);
    return button;
  }
}

/** What has the focus is found again after the list is made anew. */
function focusKey(): string | undefined {
  return document.activeElement instanceof HTMLElement ? document.activeElement.dataset['focus'] : undefined;
}
