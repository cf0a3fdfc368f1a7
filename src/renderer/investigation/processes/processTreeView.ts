import { type Disposable, DisposableStore } from '../../../common/disposable';
import type { ProcessForest, ProcessNode } from '../../../common/investigation/processTree';
import { element, setAttribute } from '../../dom';
import { icon } from '../../icons';
import { visibleText } from '../../table/textPieces';
import { countText, dateText, plural, type TimeZone } from '../../table/values';
import { childrenOf, type VisibleNode, visibleNodes } from './visibleNodes';

const LINE_HEIGHT = 22;
const OVERSCAN = 6;
const INDENT = 14;
/** Longest command line put into a line; the whole one is in the details. */
const MAX_LINE_CHARS = 500;
/** Hosts, their roots and two generations are open at first; of few processes all. */
const OPEN_LEVELS = 4;
const FEW_PROCESSES = 200;

export interface ProcessTreeHandlers {
  /** The line that is active; undefined: a host. */
  readonly chosen: (node: ProcessNode | undefined) => void;
  readonly counted: (text: string) => void;
}

/**
 * The processes of a forest as a tree: virtual lines of one height, so that a hundred thousand stay quick.
 * Keyboard and roles: https://www.w3.org/WAI/ARIA/apg/patterns/treeview/ with the focus on the tree (aria-activedescendant), because lines
 * come and go while scrolling.
 */
export class ProcessTreeView implements Disposable {
  readonly element: HTMLElement;
  readonly #forest: ProcessForest;
  readonly #idPrefix: string;
  readonly #handlers: ProcessTreeHandlers;
  readonly #store = new DisposableStore();
  readonly #spacer = element('div', { class: 'hb-pt-lines', role: 'presentation' });
  readonly #toggled = new Map<string, boolean>();
  #zone: TimeZone;
  #lines: readonly VisibleNode[] = [];
  #active = 0;
  #search = '';
  #alertsOnly = false;
  #typed = { text: '', at: 0 };

  constructor(forest: ProcessForest, idPrefix: string, zone: TimeZone, handlers: ProcessTreeHandlers) {
    this.#forest = forest;
    this.#idPrefix = idPrefix;
    this.#zone = zone;
    this.#handlers = handlers;
    this.element = element('div', { class: 'hb-pt-tree', role: 'tree', tabindex: '0', 'aria-label': 'Processes by the process that made them' }, this.#spacer);
    this.element.addEventListener('scroll', () => this.#draw());
    this.element.addEventListener('keydown', (event) => this.#pressed(event));
    this.#spacer.addEventListener('click', (event) => this.#clicked(event));
    const resized = new ResizeObserver(() => this.#draw());
    resized.observe(this.element);
    this.#store.add({ dispose: () => resized.disconnect() });
    this.#arrange();
  }

  dispose(): void {
    this.#store.dispose();
  }

  set zone(zone: TimeZone) {
    this.#zone = zone;
    this.#draw();
  }

  /** Shows what contains the text, and, on wish, alerts alone; with the way to them. */
  filter(search: string, alertsOnly: boolean): void {
    this.#search = search.toLowerCase();
    this.#alertsOnly = alertsOnly;
    this.#toggled.clear();
    this.#arrange();
    this.#activate(0);
  }

  /** Opens or closes everything. */
  toggleAll(open: boolean): void {
    this.#toggled.clear();
    if (open) {
      // Opening a line shows others: until none is left.
      for (let closed = this.#closed(); closed.length > 0; closed = this.#closed()) {
        for (const { key } of closed) this.#toggled.set(key, true);
        this.#arrange();
      }
    } else {
      for (const { key, open: isOpen } of this.#lines) if (isOpen) this.#toggled.set(key, false);
    }
    this.#arrange();
    this.#activate(Math.min(this.#active, this.#lines.length - 1));
  }

  #closed(): readonly VisibleNode[] {
    return this.#lines.filter(({ open }) => open === false);
  }

  #arrange(): void {
    const openLevels = this.#forest.processes <= FEW_PROCESSES ? Infinity : OPEN_LEVELS;
    this.#lines = visibleNodes(this.#forest, {
      search: this.#search,
      alertsOnly: this.#alertsOnly,
      toggled: this.#toggled,
      openByDefault: (level) => level <= openLevels,
    });
    this.#active = Math.max(0, Math.min(this.#active, this.#lines.length - 1));
    this.#spacer.style.height = `${this.#lines.length * LINE_HEIGHT}px`;
    this.#handlers.counted(this.#summary());
    this.#draw();
  }

  #summary(): string {
    const { hosts, processes } = this.#forest;
    if (this.#lines.length === 0) return 'Nothing matches.';
    const shown = this.#lines.filter(({ node }) => !('roots' in node)).length;
    const all = `${countText(processes)} processes on ${plural(hosts.length, 'host')}`;
    return this.#search === '' && !this.#alertsOnly ? all : `${countText(shown)} of ${all}`;
  }

  #draw(): void {
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / LINE_HEIGHT) - OVERSCAN);
    const end = Math.min(this.#lines.length, Math.ceil((scrollTop + clientHeight) / LINE_HEIGHT) + OVERSCAN);
    const drawn = this.#lines.slice(first, end).map((line, index) => this.#line(line, first + index));
    this.#spacer.replaceChildren(...drawn);
    const isDrawn = this.#active >= first && this.#active < end;
    setAttribute(this.element, 'aria-activedescendant', isDrawn ? this.#lineId(this.#active) : undefined);
  }

  #line({ node, level, position, siblings, open }: VisibleNode, index: number): HTMLElement {
    const line = element('div', {
      class: `hb-pt-line${index === this.#active ? ' hb-active' : ''}`,
      role: 'treeitem',
      id: this.#lineId(index),
      'data-line': String(index),
      'aria-level': String(level),
      'aria-posinset': String(position),
      'aria-setsize': String(siblings),
      'aria-selected': String(index === this.#active),
    });
    if (open !== undefined) line.setAttribute('aria-expanded', String(open));
    line.style.top = `${index * LINE_HEIGHT}px`;
    line.style.paddingLeft = `${6 + Math.min(level - 1, 40) * INDENT}px`;
    const twist = element('span', { class: 'hb-pt-twist' });
    if (open !== undefined) twist.append(icon(open ? 'chevronDown' : 'chevronRight'));
    line.append(twist, ...('roots' in node ? hostParts(node.host, childrenOf(node).length) : this.#processParts(node)));
    return line;
  }

  #processParts(node: ProcessNode): readonly Node[] {
    const name = node.name === '' ? '(no name)' : visibleText(node.name);
    const alert = node.alert === '' ? [] : [element('span', { class: 'hb-pt-alert', title: visibleText(node.alert) }, icon('warning'), 'alert')];
    const known = node.row === undefined ? [element('span', { class: 'hb-pt-quiet' }, '(no row of its own)')] : [];
    return [
      element('span', { class: 'hb-pt-name' }, name),
      element('span', { class: 'hb-pt-quiet' }, visibleText(node.id)),
      ...alert,
      ...known,
      element('span', { class: 'hb-pt-command' }, visibleText(node.commandLine.slice(0, MAX_LINE_CHARS))),
      element('span', { class: 'hb-pt-account' }, visibleText(node.account.slice(0, 100))),
      element('span', { class: 'hb-pt-time' }, dateText(node.time, this.#zone, false)),
    ];
  }

  #lineId(index: number): string {
    return `${this.#idPrefix}-line-${index}`;
  }

  #activate(index: number): void {
    const line = this.#lines[index];
    if (!line) {
      this.#handlers.chosen(undefined);
      return;
    }
    this.#active = index;
    const top = index * LINE_HEIGHT;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + LINE_HEIGHT > scrollTop + clientHeight) this.element.scrollTop = top + LINE_HEIGHT - clientHeight;
    this.#draw();
    this.#handlers.chosen('roots' in line.node ? undefined : line.node);
  }

  #toggle(index: number, open: boolean): void {
    const line = this.#lines[index];
    if (line?.open === undefined || line.open === open) return;
    this.#toggled.set(line.key, open);
    this.#arrange();
  }

  #clicked(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : undefined;
    const line = target?.closest<HTMLElement>('[data-line]');
    if (!target || !line) return;
    const index = Number(line.dataset['line']);
    const onTwist = target.closest('.hb-pt-twist') !== null;
    if (onTwist || event.detail === 2) this.#toggle(index, this.#lines[index]?.open !== true);
    this.#activate(index);
  }

  /** Keys that are used here must not reach the notebook, which has its own meaning for them. */
  #pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#perform(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #perform(key: string): boolean {
    const line = this.#lines[this.#active];
    if (!line) return false;
    const page = Math.max(1, Math.floor(this.element.clientHeight / LINE_HEIGHT) - 1);
    const last = this.#lines.length - 1;
    switch (key) {
      case 'ArrowDown':
        this.#activate(Math.min(last, this.#active + 1));
        return true;
      case 'ArrowUp':
        this.#activate(Math.max(0, this.#active - 1));
        return true;
      case 'PageDown':
        this.#activate(Math.min(last, this.#active + page));
        return true;
      case 'PageUp':
        this.#activate(Math.max(0, this.#active - page));
        return true;
      case 'Home':
        this.#activate(0);
        return true;
      case 'End':
        this.#activate(last);
        return true;
      case 'ArrowRight':
        if (line.open === false) this.#toggle(this.#active, true);
        else if (line.open) this.#activate(this.#active + 1);
        return true;
      case 'ArrowLeft':
        if (line.open) this.#toggle(this.#active, false);
        else this.#activate(this.#parentOf(this.#active));
        return true;
      case 'Enter':
      case ' ':
        this.#toggle(this.#active, line.open !== true);
        return true;
      default:
        return key.length === 1 && this.#typeAhead(key);
    }
  }

  #parentOf(index: number): number {
    const level = this.#lines[index]?.level ?? 1;
    for (let above = index - 1; above >= 0; above -= 1) if ((this.#lines[above]?.level ?? 0) < level) return above;
    return index;
  }

  /** Typing goes to the next process whose name begins so, as in trees of the editor. */
  #typeAhead(character: string): boolean {
    const now = performance.now();
    const text = (now - this.#typed.at < 800 ? this.#typed.text : '') + character.toLowerCase();
    this.#typed = { text, at: now };
    const from = text.length === 1 ? this.#active + 1 : this.#active;
    for (let step = 0; step < this.#lines.length; step += 1) {
      const index = (from + step) % this.#lines.length;
      const node = this.#lines[index]?.node;
      const name = node && ('roots' in node ? node.host : node.name);
      if (name?.toLowerCase().startsWith(text)) {
        this.#activate(index);
        break;
      }
    }
    return true;
  }
}

function hostParts(host: string, roots: number): readonly Node[] {
  const name = host === '' ? '(no host)' : visibleText(host);
  return [element('span', { class: 'hb-pt-host' }, name), element('span', { class: 'hb-pt-quiet' }, plural(roots, 'root'))];
}
