import { element, setAttribute } from '../dom';
import type { IconName } from '../icons';
import { button } from '../controls';
import { iconButton } from '../table/sidePanel';

export interface ToolbarHandlers {
  readonly options: (open: boolean) => void;
  readonly reset: () => void;
  readonly table: (asTable: boolean) => void;
  readonly zoomOut: () => void;
  readonly png: () => void;
  readonly svg: () => void;
  readonly copyLine: () => void;
  readonly addToQuery: () => void;
}

/** The row of controls above a chart. */
export class ChartToolbar {
  readonly element = element('div', { class: 'hb-toolbar' });
  readonly #options: HTMLButtonElement;
  readonly #table: HTMLButtonElement;
  readonly #zoomOut: HTMLButtonElement;
  readonly #reset: HTMLButtonElement;
  readonly #pictures: readonly HTMLButtonElement[];
  readonly #handlers: ToolbarHandlers;
  #builder: HTMLElement | undefined;

  /** @param isAsked Did the query ask for a chart, to which one can go back? */
  constructor(isAsked: boolean, handlers: ToolbarHandlers) {
    this.#handlers = handlers;
    this.#options = toggle('columns', 'Chart options', 'aria-expanded', () => this.#setOptions(this.#builder?.hidden ?? true));
    this.#table = toggle('table', 'Show the data as a table', 'aria-pressed', () => {
      this.setTable(this.#table.getAttribute('aria-pressed') !== 'true');
      handlers.table(this.#table.getAttribute('aria-pressed') === 'true');
    });
    this.#zoomOut = button('Zoom out', handlers.zoomOut);
    this.#reset = button('As the query asks', handlers.reset, 'Draw the chart as the query asks');
    this.#pictures = [button('PNG', handlers.png, 'Save as PNG'), button('SVG', handlers.svg, 'Save as SVG')];
    this.#zoomOut.hidden = true;
    this.#reset.hidden = true;
    this.#reset.dataset['asked'] = String(isAsked);
    this.element.append(
      this.#options,
      this.#table,
      this.#zoomOut,
      this.#reset,
      element('span', { class: 'hb-space' }),
      iconButton('copy', 'Copy the query operators that draw this chart', handlers.copyLine),
      button('Add to query', handlers.addToQuery, 'Add to query the operators that draw this chart'),
      ...this.#pictures,
    );
    this.element.addEventListener('keydown', (event) => {
      // Enter and the space bar press a button here; the notebook would edit the cell.
      if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
    });
  }

  /** The lists that "Chart options" shows and hides. */
  follow(builder: HTMLElement, open: boolean): void {
    this.#builder = builder;
    builder.hidden = !open;
    setAttribute(this.#options, 'aria-expanded', String(open));
  }

  setTable(asTable: boolean): void {
    setAttribute(this.#table, 'aria-pressed', String(asTable));
  }

  setZoomed(isZoomed: boolean): void {
    this.#zoomOut.hidden = !isZoomed;
  }

  /** Is the chart people's own, and not the query's? */
  setOwn(isOwn: boolean): void {
    this.#reset.hidden = !isOwn || this.#reset.dataset['asked'] !== 'true';
  }

  setDrawn(isDrawn: boolean): void {
    for (const picture of this.#pictures) picture.disabled = !isDrawn;
  }

  #setOptions(open: boolean): void {
    if (this.#builder) this.follow(this.#builder, open);
    this.#handlers.options(open);
  }
}

function toggle(icon: IconName, label: string, state: 'aria-expanded' | 'aria-pressed', act: () => void): HTMLButtonElement {
  const made = iconButton(icon, label, act);
  made.setAttribute(state, 'false');
  made.classList.add('hb-toggle');
  return made;
}
