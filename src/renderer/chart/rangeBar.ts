import { element } from '../dom';
import { button } from '../controls';

export interface RangeHandlers {
  /** Absent: rows cannot be chosen by what is along the axis. */
  readonly filter: (() => void) | undefined;
  readonly addToQuery: (() => void) | undefined;
  readonly zoom: () => void;
  readonly clear: () => void;
}

/** What can be done with the part of the axis that is chosen. */
export class RangeBar {
  readonly element = element('div', { class: 'hb-rangebar', role: 'group', 'aria-label': 'Chosen range' });

  constructor() {
    this.element.hidden = true;
  }

  show(text: string, { filter, addToQuery, zoom, clear }: RangeHandlers): void {
    const buttons = [
      ...(filter ? [button('Filter rows', filter, 'Filter rows of all tabs to this range')] : []),
      ...(addToQuery ? [button('Add to query', addToQuery, 'Add to query a where for this range')] : []),
      button('Zoom in', zoom),
      button('Clear', clear),
    ];
    this.element.replaceChildren(element('span', { class: 'hb-rangetext' }, text), ...buttons);
    this.element.hidden = false;
  }

  hide(): void {
    this.element.hidden = true;
  }

  focus(): void {
    this.element.querySelector('button')?.focus({ preventScroll: true });
  }
}
