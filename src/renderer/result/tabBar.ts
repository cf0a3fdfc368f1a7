import { element, setAttribute } from '../dom';
import { icon } from '../icons';
import type { ResultTab } from '../resultTab';

/**
 * The tabs of an output. Arrow keys go from tab to tab, Enter opens one: opening may load code and data.
 * Source: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ (manual activation)
 */
export class TabBar {
  readonly element = element('div', { class: 'hb-tabs', role: 'tablist', 'aria-label': 'Views of the result' });
  readonly #buttons: readonly HTMLButtonElement[];

  constructor(tabs: readonly ResultTab[], idPrefix: string, open: (id: string) => void) {
    this.#buttons = tabs.map((tab) => {
      const attributes = { type: 'button', class: 'hb-tab', role: 'tab', id: TabBar.tabId(idPrefix, tab), 'data-tab': tab.id };
      const button = element('button', { ...attributes, 'aria-controls': TabBar.panelId(idPrefix, tab) }, icon(tab.icon), tab.label);
      button.addEventListener('click', () => open(tab.id));
      return button;
    });
    this.element.append(...this.#buttons);
    this.element.addEventListener('keydown', (event) => this.#pressed(event));
  }

  static tabId(idPrefix: string, tab: ResultTab): string {
    return `${idPrefix}-tab-${tab.id}`;
  }

  static panelId(idPrefix: string, tab: ResultTab): string {
    return `${idPrefix}-panel-${tab.id}`;
  }

  select(id: string): void {
    for (const button of this.#buttons) {
      const isChosen = button.dataset['tab'] === id;
      setAttribute(button, 'aria-selected', String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
    }
  }

  /** To the chosen tab. */
  focus(): void {
    this.#buttons.find((button) => button.tabIndex === 0)?.focus({ preventScroll: true });
  }

  /** What is handled here is none of the notebook's business: there, Enter edits the cell and arrows leave it. */
  #pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
    const count = this.#buttons.length;
    const at = this.#buttons.findIndex((button) => button === event.target);
    const steps: Readonly<Record<string, number>> = { ArrowLeft: at + count - 1, ArrowRight: at + 1, Home: 0, End: count - 1 };
    const next = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#buttons[next % count]?.focus();
  }
}
