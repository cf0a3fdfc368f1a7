import { element } from '../dom';
import { icon } from '../icons';
import type { SearchMode } from './keyboard';
import { iconButton } from './sidePanel';

/** Typing rests this long, in milliseconds, before rows are filtered or searched. */
const delayMs = 180;

export interface SearchHandlers {
  readonly filter: (text: string) => void;
  /** Text to look for; '' ends the search. */
  readonly find: (text: string) => void;
  readonly findNext: (backwards: boolean) => void;
  readonly modeChanged: () => void;
  /** Back to the grid. */
  readonly toGrid: () => void;
}

const looks = {
  filter: {
    icon: 'filter',
    placeholder: 'Filter rows',
    label: 'Filter rows: keep those in which a value contains this text',
    change: 'Filters rows. Switch to finding text without hiding rows (Ctrl+F)',
  },
  find: {
    icon: 'search',
    placeholder: 'Find',
    label: 'Find: jump to values that contain this text',
    change: 'Finds text. Switch to hiding rows without it (Ctrl+Shift+L)',
  },
} as const;

/** The box above the grid: hides rows without a text, or jumps from hit to hit. Each mode keeps its text. */
export class SearchBox {
  readonly element = element('div', { class: 'hb-filter' });
  readonly #input = element('input', { type: 'text', class: 'hb-input', spellcheck: 'false', autocomplete: 'off' });
  readonly #modeButton: HTMLButtonElement;
  readonly #clear: HTMLButtonElement;
  readonly #steps: readonly HTMLButtonElement[];
  readonly #handlers: SearchHandlers;
  readonly #texts = { filter: '', find: '' };
  readonly #sent = { filter: '', find: '' };
  #mode: SearchMode = 'filter';
  #timer = 0;

  constructor(handlers: SearchHandlers) {
    this.#handlers = handlers;
    this.#modeButton = iconButton('filter', '', () => {
      this.open(this.#mode === 'filter' ? 'find' : 'filter');
    });
    this.#clear = iconButton('close', 'Clear', () => {
      this.#input.value = '';
      this.#send();
      this.#input.focus();
    });
    this.#steps = [
      iconButton('chevronUp', 'Previous hit (Shift+F3)', () => handlers.findNext(true)),
      iconButton('chevronDown', 'Next hit (F3)', () => handlers.findNext(false)),
    ];
    const field = element('div', { class: 'hb-searchfield' }, this.#modeButton, this.#input, this.#clear);
    this.element.append(field, ...this.#steps);
    this.#show();
    this.#input.addEventListener('input', () => {
      this.#texts[this.#mode] = this.#input.value;
      this.#clear.hidden = this.#input.value === '';
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#send(), delayMs);
    });
  }

  get mode(): SearchMode {
    return this.#mode;
  }

  /** Puts the focus here, to filter or to find. */
  open(mode: SearchMode): void {
    this.#send();
    this.#mode = mode;
    this.#show();
    this.#handlers.modeChanged();
    this.#input.focus({ preventScroll: true });
    this.#input.select();
  }

  /** The filter that is in force; says so without being asked for it again. */
  setFilter(text: string): void {
    this.#sent.filter = text;
    this.#texts.filter = text;
    if (this.#mode === 'filter' && this.#input.value !== text) this.#show();
  }

  /** Typing stays here; Tab and what has Control or Alt (commands, menus) goes on. */
  pressed(event: KeyboardEvent): void {
    const editing = event.target === this.#input;
    const command = event.ctrlKey || event.metaKey || event.altKey;
    const ofEditing = (event.ctrlKey || event.metaKey) && /^([acvxzy]|Arrow(Left|Right)|Home|End|Backspace|Delete)$/i.test(event.key);
    if (this.#switched(event)) return;
    if (event.key === 'Tab' || (command && !(editing && ofEditing))) return;
    if (event.key.startsWith('F') && event.key.length > 1) return;
    if (event.key === 'Escape' && !(editing && this.#input.value !== '')) return;
    event.stopPropagation();
    if (!editing) return;
    if (event.key === 'Escape') this.#escape();
    else if (event.key === 'Enter') this.#enter(event);
    else if (event.key === 'ArrowDown') this.#leave(event);
  }

  dispose(): void {
    window.clearTimeout(this.#timer);
  }

  /** F3 and the keys of the modes work in the box too. */
  #switched(event: KeyboardEvent): boolean {
    const control = (event.ctrlKey || event.metaKey) && !event.altKey;
    const key = event.key.toLowerCase();
    if (control && key === (event.shiftKey ? 'l' : 'f')) this.open(event.shiftKey ? 'filter' : 'find');
    else if (event.key === 'F3' && !control) this.#handlers.findNext(event.shiftKey);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #escape(): void {
    this.#input.value = '';
    this.#send();
    if (this.#mode === 'find') this.#handlers.toGrid();
  }

  #enter(event: KeyboardEvent): void {
    if (this.#mode === 'filter') {
      this.#leave(event);
      return;
    }
    event.preventDefault();
    const isNew = this.#input.value !== this.#sent.find;
    this.#send();
    // A new text goes to its first hit by itself.
    if (!isNew) this.#handlers.findNext(event.shiftKey);
  }

  #leave(event: KeyboardEvent): void {
    event.preventDefault();
    this.#send();
    this.#handlers.toGrid();
  }

  #show(): void {
    const look = looks[this.#mode];
    this.#input.value = this.#texts[this.#mode];
    this.#input.placeholder = look.placeholder;
    this.#input.setAttribute('aria-label', look.label);
    this.#modeButton.title = look.change;
    this.#modeButton.setAttribute('aria-label', look.change);
    this.#modeButton.replaceChildren(icon(look.icon));
    this.#clear.hidden = this.#input.value === '';
    this.#clear.setAttribute('aria-label', this.#mode === 'filter' ? 'Clear the filter' : 'Clear the search');
    for (const step of this.#steps) step.hidden = this.#mode !== 'find';
  }

  #send(): void {
    window.clearTimeout(this.#timer);
    const text = this.#input.value;
    const mode = this.#mode;
    this.#texts[mode] = text;
    this.#clear.hidden = text === '';
    if (text === this.#sent[mode]) return;
    this.#sent[mode] = text;
    if (mode === 'filter') this.#handlers.filter(text);
    else this.#handlers.find(text);
  }
}
