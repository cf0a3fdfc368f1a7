import { element } from '../dom';
import { icon } from '../icons';
import { visibleText } from './textPieces';

export interface BarAction {
  readonly label: string;
  readonly icon: 'run' | 'retry';
  readonly act: () => void;
}

/** A line of advice above the grid, with at most one thing to do about it. */
export function bar(kind: 'info' | 'warning', texts: readonly string[], action?: BarAction): HTMLElement {
  const lines = element('div', { class: 'hb-bartext' }, ...texts.map((text) => element('div', {}, visibleText(text))));
  const created = element('div', { class: `hb-bar hb-${kind}`, role: 'note' }, icon(kind), lines);
  if (action) {
    const button = element('button', { type: 'button', class: 'hb-button' }, icon(action.icon), action.label);
    button.addEventListener('click', action.act);
    created.append(button);
  }
  return created;
}
