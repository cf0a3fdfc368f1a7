import { element } from '../../dom';
import { icon } from '../../icons';
import { button } from './section';

export interface Notice {
  readonly kind: 'info' | 'error';
  readonly text: string;
  /** What people can do about it. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

/** What became of what people did: the last success, and every failure until it is dealt with. Read out by screen readers. */
export class Notices {
  readonly node = element('div', { class: 'hb-notices' });
  readonly #said = element('div', { role: 'status' });
  readonly #failures = element('div', { role: 'alert' });

  constructor() {
    this.node.append(this.#failures, this.#said);
  }

  show(notice: Notice): void {
    if (notice.kind === 'info') this.#said.replaceChildren(this.#draw(notice));
    else this.#failures.append(this.#draw(notice));
  }

  #draw({ kind, text, action }: Notice): HTMLElement {
    const drawn = element('div', { class: `hb-notice hb-${kind}` }, icon(kind === 'info' ? 'check' : 'warning'), element('span', { class: 'hb-text' }, text));
    if (action) {
      drawn.append(
        button({ label: action.label, kind: 'link' }, () => {
          drawn.remove();
          action.run();
        }),
      );
    }
    drawn.append(button({ label: 'Dismiss', icon: 'close', kind: 'icon' }, () => drawn.remove()));
    return drawn;
  }
}
