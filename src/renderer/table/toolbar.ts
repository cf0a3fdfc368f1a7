import { element } from '../dom';
import { SearchBox, type SearchHandlers } from './searchBox';
import { iconButton } from './sidePanel';
import { textButton } from './textButton';
import { type TimeStyle, zoneName } from './values';

export interface ToolbarHandlers extends SearchHandlers {
  readonly times: (style: TimeStyle) => void;
  readonly reset: () => void;
  readonly columns: () => void;
  readonly copy: (headers: boolean) => void;
  readonly detail: () => void;
  readonly help: () => void;
}

const timeStyles: readonly (readonly [style: TimeStyle, label: string, title: () => string])[] = [
  ['utc', 'UTC', () => 'Show times in UTC'],
  ['local', 'Local', () => `Show times in local time (${zoneName()})`],
  ['relative', 'Ago', () => 'Show how long ago times were'],
];

/** The row of controls above the grid. */
export class Toolbar {
  readonly element = element('div', { class: 'hb-toolbar' });
  readonly search: SearchBox;
  readonly #count = element('span', { class: 'hb-count' });
  readonly #reset: HTMLButtonElement;
  readonly #times = element('div', { class: 'hb-switch', role: 'radiogroup', 'aria-label': 'Times' });

  constructor(hasTimes: boolean, handlers: ToolbarHandlers) {
    this.search = new SearchBox(handlers);
    // Here, where it moves nothing when it comes: a click on a header is often followed by another.
    this.#reset = textButton('Reset view', handlers.reset);
    this.#reset.title = 'No sort, filters or groups; columns as the result has them';
    this.#reset.hidden = true;
    this.element.append(this.search.element, this.#count, this.#reset, element('span', { class: 'hb-space' }));
    if (hasTimes) this.element.append(this.#timeSwitch(handlers));
    this.element.append(
      iconButton('columns', 'Columns', handlers.columns),
      iconButton('copy', 'Copy the selection (Ctrl+C)', () => {
        handlers.copy(false);
      }),
      iconButton('copyWithHeaders', 'Copy with column names (Ctrl+Shift+C)', () => {
        handlers.copy(true);
      }),
      iconButton('panel', 'Row details (Space)', handlers.detail),
      iconButton('keyboard', 'Keyboard shortcuts (?)', handlers.help),
    );
    this.element.addEventListener('keydown', (event) => {
      this.search.pressed(event);
    });
  }

  /** How many rows a filter keeps, or where a search is; '' without either. */
  setCount(text: string): void {
    this.#count.textContent = text;
  }

  /** Whether there is something to reset. */
  setChanged(changed: boolean): void {
    this.#reset.hidden = !changed;
  }

  setTimes(style: TimeStyle): void {
    for (const button of this.#times.querySelectorAll<HTMLButtonElement>('button')) {
      const isChosen = button.dataset['times'] === style;
      button.setAttribute('aria-checked', String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
    }
  }

  dispose(): void {
    this.search.dispose();
  }

  /** Source of the pattern: https://www.w3.org/WAI/ARIA/apg/patterns/radio/ */
  #timeSwitch(handlers: ToolbarHandlers): HTMLElement {
    const buttons = timeStyles.map(([style, label, title]) => {
      const button = element('button', { type: 'button', role: 'radio', title: title(), 'data-times': style }, label);
      button.addEventListener('click', () => handlers.times(style));
      return button;
    });
    this.#times.append(...buttons);
    this.#times.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const at = buttons.findIndex((button) => button === event.target);
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const next = buttons[(at + step + buttons.length) % buttons.length];
      next?.click();
      next?.focus();
    });
    return this.#times;
  }
}
