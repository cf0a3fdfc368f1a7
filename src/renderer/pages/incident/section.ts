import { element } from '../../dom';
import { type IconName, icon } from '../../icons';

/** A part of the page under a heading. It is drawn anew only when what it shows has changed, and keeps the focus then. */
export class Section {
  readonly node: HTMLElement;
  readonly #heading: HTMLElement;
  readonly #count: HTMLElement;
  readonly #body: HTMLElement;
  #shown: string | undefined;

  constructor(id: string, title: string) {
    this.#count = element('span', { class: 'hb-count' });
    this.#heading = element('h2', { id: `${id}-title` }, title, ' ', this.#count);
    this.#body = element('div', { class: 'hb-body' });
    this.node = element('section', { id, 'aria-labelledby': `${id}-title` }, this.#heading, this.#body);
  }

  /** @param what All that the drawing depends on. */
  update(what: unknown, draw: () => readonly (Node | string)[], count?: number): void {
    const key = JSON.stringify(what);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#count.textContent = count === undefined ? '' : String(count);
    const focused = this.#body.contains(document.activeElement) ? document.activeElement?.getAttribute('data-key') : undefined;
    this.#body.replaceChildren(...draw());
    if (typeof focused === 'string') this.#body.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }
}

export interface ButtonLook {
  readonly label: string;
  readonly icon?: IconName;
  /** Of the button within its section, so that it keeps the focus when that is drawn anew. */
  readonly key?: string;
  readonly kind?: 'primary' | 'secondary' | 'icon' | 'link';
}

export function button(look: ButtonLook, onClick: () => void): HTMLButtonElement {
  const kind = look.kind ?? 'secondary';
  const made = element('button', { type: 'button', class: `hb-button hb-${kind}` });
  if (look.icon) made.append(icon(look.icon));
  if (kind === 'icon') {
    made.setAttribute('aria-label', look.label);
    made.title = look.label;
  } else {
    made.append(element('span', {}, look.label));
  }
  if (look.key !== undefined) made.setAttribute('data-key', look.key);
  made.addEventListener('click', onClick);
  return made;
}

export function quiet(text: string): HTMLParagraphElement {
  return element('p', { class: 'hb-quiet' }, text);
}

/** Adds a choice to a `select`. */
export function option(value: string, text: string): HTMLOptionElement {
  return element('option', { value }, text);
}
