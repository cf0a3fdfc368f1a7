import { element } from '../dom';
import { icon } from '../icons';
import { iconButton } from './sidePanel';
import { type TimeZone, zoneName } from './values';

/** Typing rests this long, in milliseconds, before rows are filtered. */
const filterDelayMs = 180;

export interface ToolbarHandlers {
  readonly filter: (text: string) => void;
  /** From the filter box back to the grid. */
  readonly toGrid: () => void;
  readonly zone: (zone: TimeZone) => void;
  readonly copy: (headers: boolean) => void;
  readonly detail: () => void;
  readonly help: () => void;
}

/** The row of controls above the grid. */
export class Toolbar {
  readonly element = element('div', { class: 'hb-toolbar' });
  readonly #input = element('input', {
    type: 'text',
    class: 'hb-input',
    placeholder: 'Filter rows',
    'aria-label': 'Filter rows: keep those in which a value contains this text',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  readonly #count = element('span', { class: 'hb-count' });
  readonly #zone = element('button', { type: 'button', class: 'hb-switch', role: 'switch' });
  readonly #clear: HTMLButtonElement;
  readonly #handlers: ToolbarHandlers;
  #timer = 0;
  #sent = '';

  constructor(hasTimes: boolean, zone: TimeZone, handlers: ToolbarHandlers) {
    this.#handlers = handlers;
    this.#clear = iconButton('close', 'Clear the filter', () => {
      this.#input.value = '';
      this.#send();
      this.#input.focus();
    });
    this.#clear.hidden = true;
    const box = element('div', { class: 'hb-filter' }, icon('search'), this.#input, this.#clear);
    const space = element('span', { class: 'hb-space' });
    this.element.append(box, this.#count, space);
    if (hasTimes) this.element.append(this.#zone);
    this.element.append(
      iconButton('copy', 'Copy the selection (Ctrl+C)', () => {
        handlers.copy(false);
      }),
      iconButton('copyWithHeaders', 'Copy with column names (Ctrl+Shift+C)', () => {
        handlers.copy(true);
      }),
      iconButton('panel', 'Row details (Space)', handlers.detail),
      iconButton('keyboard', 'Keyboard shortcuts (?)', handlers.help),
    );
    this.setZone(zone);
    this.#listen();
  }

  focusFilter(): void {
    this.#input.focus({ preventScroll: true });
    this.#input.select();
  }

  setFilter(text: string): void {
    this.#input.value = text;
    this.#sent = text;
    this.#clear.hidden = text === '';
  }

  /** How many rows the filter keeps; '' without a filter. */
  setCount(text: string): void {
    this.#count.textContent = text;
  }

  setZone(zone: TimeZone): void {
    const local = zone === 'local';
    this.#zone.dataset['zone'] = zone;
    this.#zone.setAttribute('aria-checked', String(local));
    this.#zone.setAttribute('aria-label', 'Local time');
    this.#zone.title = `Times are shown in ${local ? `local time (${zoneName()})` : 'UTC'}. Switch to ${local ? 'UTC' : `local time (${zoneName()})`}`;
    this.#zone.replaceChildren(element('span', {}, 'UTC'), element('span', {}, 'Local'));
  }

  dispose(): void {
    window.clearTimeout(this.#timer);
  }

  #listen(): void {
    this.#zone.addEventListener('click', () => {
      this.#handlers.zone(this.#zone.dataset['zone'] === 'utc' ? 'local' : 'utc');
    });
    this.#input.addEventListener('input', () => {
      this.#clear.hidden = this.#input.value === '';
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => {
        this.#send();
      }, filterDelayMs);
    });
    this.element.addEventListener('keydown', (event) => {
      this.#pressed(event);
    });
  }

  /** Typing stays here; Tab and what has Control or Alt (commands, menus) goes on. */
  #pressed(event: KeyboardEvent): void {
    const editing = event.target === this.#input;
    const command = event.ctrlKey || event.metaKey || event.altKey;
    const ofEditing = (event.ctrlKey || event.metaKey) && /^([acvxzy]|Arrow(Left|Right)|Home|End|Backspace|Delete)$/i.test(event.key);
    if (event.key === 'Tab' || (command && !(editing && ofEditing))) return;
    if (event.key.startsWith('F') && event.key.length > 1) return;
    if (event.key === 'Escape' && !(editing && this.#input.value !== '')) return;
    event.stopPropagation();
    if (!editing) return;
    if (event.key === 'Escape') {
      this.#input.value = '';
      this.#send();
    } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      this.#send();
      this.#handlers.toGrid();
    }
  }

  #send(): void {
    window.clearTimeout(this.#timer);
    const text = this.#input.value;
    this.#clear.hidden = text === '';
    if (text === this.#sent) return;
    this.#sent = text;
    this.#handlers.filter(text);
  }
}
