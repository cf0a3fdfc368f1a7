/** Menus with submenus. Source of the pattern: https://www.w3.org/WAI/ARIA/apg/patterns/menubar/ */
import { type Disposable, DisposableStore, toDisposable } from '../../../common/disposable';
import { element } from '../../dom';
import { icon, type IconName } from '../../icons';
import { type Anchor, onPressOutside, showPopup } from './popup';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  /** The key that does the same without the menu. */
  readonly keys?: string;
  /** Of an item that is on or off. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly act?: () => void;
  /** A submenu. */
  readonly items?: () => readonly MenuEntry[];
}

/** An item, or a line between groups of items. */
export type MenuEntry = MenuItem | 'line';

/** Opens a menu; what is done, and whatever closes it, gives the focus back. */
export function openMenu(
  host: HTMLElement,
  anchor: Anchor,
  label: string,
  entries: readonly MenuEntry[],
  focusBack: () => void,
): Disposable {
  const store = new DisposableStore();
  const menu = new Menu(host, label, entries, {
    done: (act) => {
      store.dispose();
      focusBack();
      act?.();
    },
  });
  store.add(menu);
  menu.open(anchor, false);
  menu.enter();
  store.add(onPressOutside(() => menu.elements, () => store.dispose()));
  // A press elsewhere in the editor is not seen here.
  const left = (): void => store.dispose();
  window.addEventListener('blur', left);
  store.add(
    toDisposable(() => {
      window.removeEventListener('blur', left);
    }),
  );
  return store;
}

interface MenuHandlers {
  /** The menus close; then this is done. */
  readonly done: (act?: () => void) => void;
  /** Back to the menu outside; absent in the outermost. */
  readonly back?: () => void;
}

class Menu implements Disposable {
  readonly #host: HTMLElement;
  readonly #handlers: MenuHandlers;
  readonly #element: HTMLElement;
  readonly #items: readonly { readonly item: MenuItem; readonly element: HTMLElement }[];
  readonly #store = new DisposableStore();
  #sub: { readonly menu: Menu; readonly from: HTMLElement } | undefined;
  #typed = '';
  #typedAt = 0;

  constructor(host: HTMLElement, label: string, entries: readonly MenuEntry[], handlers: MenuHandlers) {
    this.#host = host;
    this.#handlers = handlers;
    this.#element = element('div', { class: 'hb-popup hb-menu', role: 'menu', 'aria-label': label });
    const items: { item: MenuItem; element: HTMLElement }[] = [];
    for (const entry of entries) {
      if (entry === 'line') {
        this.#element.append(element('div', { class: 'hb-menuline', role: 'separator' }));
        continue;
      }
      const made = itemElement(entry);
      items.push({ item: entry, element: made });
      this.#element.append(made);
    }
    this.#items = items;
    this.#listen();
  }

  /** This menu and the ones open from it. */
  get elements(): readonly Element[] {
    return [this.#element, ...(this.#sub?.menu.elements ?? [])];
  }

  open(anchor: Anchor, beside: boolean): void {
    this.#store.add(showPopup(this.#host, this.#element, anchor, beside));
  }

  /** To the first item. */
  enter(): void {
    this.#focus(0);
  }

  dispose(): void {
    this.#closeSub();
    this.#store.dispose();
  }

  #focus(at: number): void {
    const count = this.#items.length;
    this.#items[(at + count) % count]?.element.focus();
  }

  #run({ item, element: from }: { readonly item: MenuItem; readonly element: HTMLElement }): void {
    if (item.disabled) return;
    if (item.items) {
      this.#openSub(item, from);
      this.#sub?.menu.enter();
    } else this.#handlers.done(item.act);
  }

  #openSub(item: MenuItem, from: HTMLElement): void {
    if (this.#sub?.from === from) return;
    this.#closeSub();
    const back = (): void => {
      this.#closeSub();
      from.focus();
    };
    const menu = new Menu(this.#host, item.label, item.items?.() ?? [], { done: (act) => this.#handlers.done(act), back });
    this.#sub = { menu, from };
    from.setAttribute('aria-expanded', 'true');
    menu.open(from, true);
  }

  #closeSub(): void {
    this.#sub?.from.setAttribute('aria-expanded', 'false');
    this.#sub?.menu.dispose();
    this.#sub = undefined;
  }

  #listen(): void {
    this.#element.addEventListener('keydown', (event) => this.#pressed(event));
    // A menu in the editor has no menu of its own.
    this.#element.addEventListener('contextmenu', (event) => event.preventDefault());
    for (const entry of this.#items) {
      entry.element.addEventListener('click', () => this.#run(entry));
      entry.element.addEventListener('pointermove', () => {
        if (this.#sub && this.#sub.from !== entry.element) this.#closeSub();
        if (document.activeElement !== entry.element && !this.#sub) entry.element.focus();
        if (entry.item.items && !entry.item.disabled && !this.#sub) this.#openSub(entry.item, entry.element);
      });
    }
  }

  #pressed(event: KeyboardEvent): void {
    const at = this.#items.findIndex(({ element: one }) => one === document.activeElement);
    const current = this.#items[at];
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const targets: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const target = Object.hasOwn(targets, event.key) ? targets[event.key] : undefined;
    if (target !== undefined) this.#focus(target);
    else if (event.key === 'ArrowRight' && current?.item.items) this.#run(current);
    else if (event.key === 'ArrowLeft') this.#handlers.back?.();
    else if (event.key === 'Enter' || event.key === ' ') {
      if (current) this.#run(current);
    } else if (event.key === 'Escape' && this.#handlers.back) this.#handlers.back();
    else if (event.key === 'Escape' || event.key === 'Tab') this.#handlers.done();
    else if (event.key.length === 1) this.#jump(event.key, at, event.timeStamp);
  }

  /** To the next item that begins with what is typed. */
  #jump(key: string, at: number, now: number): void {
    this.#typed = now - this.#typedAt > 700 ? key : this.#typed + key;
    this.#typedAt = now;
    // The same letter again goes on to the next item.
    const isRepeated = this.#typed === key.repeat(this.#typed.length);
    const wanted = (isRepeated ? key : this.#typed).toLowerCase();
    const count = this.#items.length;
    for (let step = isRepeated ? 1 : 0; step <= count; step += 1) {
      const next = (Math.max(0, at) + step) % count;
      if (!this.#items[next]?.item.label.toLowerCase().startsWith(wanted)) continue;
      this.#focus(next);
      return;
    }
  }
}

function itemElement(item: MenuItem): HTMLElement {
  const role = item.checked === undefined ? 'menuitem' : 'menuitemcheckbox';
  const made = element('div', { class: 'hb-menuitem', role, tabindex: '-1' });
  if (item.disabled) made.setAttribute('aria-disabled', 'true');
  if (item.checked !== undefined) made.setAttribute('aria-checked', String(item.checked));
  const mark = element('span', { class: 'hb-menumark' });
  if (item.checked) mark.append(icon('tick'));
  else if (item.icon) mark.append(icon(item.icon));
  made.append(mark, element('span', { class: 'hb-menulabel' }, item.label));
  if (item.keys !== undefined) made.append(element('span', { class: 'hb-menukeys', 'aria-hidden': 'true' }, item.keys));
  if (item.items) {
    made.setAttribute('aria-haspopup', 'menu');
    made.setAttribute('aria-expanded', 'false');
    made.append(icon('chevronRight'));
  }
  return made;
}
