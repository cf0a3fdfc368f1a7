import { element } from '../dom';
import { icon, type IconName } from '../icons';

/** A small button that shows an icon and says its name. */
export function iconButton(name: IconName, label: string, act: () => void): HTMLButtonElement {
  const button = element('button', { type: 'button', class: 'hb-iconbutton', title: label, 'aria-label': label }, icon(name));
  button.addEventListener('click', act);
  return button;
}

/** The panel beside the grid (below it when there is no room): a title, buttons, and scrolling content. */
export class SidePanel {
  readonly element = element('section', { class: 'hb-panel' });
  readonly content = element('div', { class: 'hb-panelbody', tabindex: '0' });
  readonly #title = element('h3', { class: 'hb-paneltitle' });
  readonly #close: HTMLButtonElement;

  constructor(close: () => void, buttons: readonly HTMLElement[] = []) {
    this.#close = iconButton('close', 'Close (Escape)', close);
    this.element.append(element('header', { class: 'hb-panelhead' }, this.#title, ...buttons, this.#close), this.content);
    this.element.hidden = true;
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') close();
      // Tab, and what has Control or Alt, is not for us; letters must not reach the notebook as commands.
      else if (event.key === 'Tab' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') event.preventDefault();
      event.stopPropagation();
    });
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  set open(open: boolean) {
    this.element.hidden = !open;
  }

  set title(title: string) {
    this.#title.textContent = title;
    this.element.setAttribute('aria-label', title);
    this.content.setAttribute('aria-label', title);
    this.content.setAttribute('role', 'group');
  }

  focus(): void {
    this.content.focus({ preventScroll: true });
  }
}
