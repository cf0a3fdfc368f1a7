import type { DerivedColumn } from '../../../common/resultViews';
import { kqlName, kqlString } from '../../../common/kqlLiterals';
import { element } from '../../dom';
import { icon } from '../../icons';
import { richText } from '../cellView';
import { jsonChildren, jsonKind, stringOf } from '../jsonNodes';
import { openMenu } from './menu';
import type { Anchor } from './popup';
import { visibleText } from '../textPieces';
import { countText } from '../values';

type Path = DerivedColumn['path'];

export interface JsonTreeHandlers {
  readonly copy: (text: string, what: string) => void;
  /** Makes the values at a path a column of the table; absent where that cannot be. */
  readonly extract: ((path: Path, name: string) => void) | undefined;
  /** Menus are put in here. */
  readonly host: HTMLElement;
}

interface TreeNode {
  readonly path: Path;
  readonly text: string;
  readonly level: number;
  /** Of the node outside; the outermost have none. */
  readonly parent: TreeNode | undefined;
  open: boolean;
  /** Properties or elements shown so far. */
  limit: number;
}

/** Properties or elements shown at once. */
const page = 100;
/** Nodes that a search looks at, at most, and text of a value that is shown. */
const maxSearched = 20_000;
const maxShownText = 2000;

/**
 * A `dynamic` value as a tree. Only what is open is read and drawn.
 * Source of the pattern: https://www.w3.org/WAI/ARIA/apg/patterns/treeview/
 */
export class JsonTree {
  readonly element = element('div', { class: 'hb-tree' });
  readonly #name: string;
  readonly #handlers: JsonTreeHandlers;
  readonly #roots: readonly TreeNode[];
  readonly #children = new Map<TreeNode, readonly TreeNode[]>();
  readonly #tree = element('div', { role: 'tree' });
  #active: TreeNode | undefined;
  #needle = '';

  private constructor(name: string, roots: readonly TreeNode[], handlers: JsonTreeHandlers) {
    this.#name = name;
    this.#roots = roots;
    this.#handlers = handlers;
    this.#active = roots[0];
    this.#tree.setAttribute('aria-label', `Values of ${visibleText(name)}`);
    if (roots.length > 8 || roots.some((root) => jsonKind(root.text) !== 'value')) this.element.append(this.#searchBox());
    this.element.append(this.#tree);
    this.#listen();
    this.#draw();
  }

  /** @returns undefined when the text is no object or array, or has none of its values */
  static of(name: string, json: string, handlers: JsonTreeHandlers): JsonTree | undefined {
    const roots = nodesOf(json, undefined);
    return roots === undefined || roots.length === 0 ? undefined : new JsonTree(name, roots, handlers);
  }

  #childrenOf(node: TreeNode): readonly TreeNode[] {
    const known = this.#children.get(node);
    if (known) return known;
    const made = nodesOf(node.text, node) ?? [];
    this.#children.set(node, made);
    return made;
  }

  #draw(): void {
    const shown = this.#visible();
    if (!this.#active || !shown.includes(this.#active)) this.#active = shown[0];
    const items: HTMLElement[] = [];
    for (const node of shown) {
      items.push(this.#item(node));
      const siblings = node.parent ? this.#childrenOf(node.parent) : this.#roots;
      const limit = node.parent?.limit ?? siblings.length;
      if (node === siblings[limit - 1] && limit < siblings.length && node.parent) items.push(this.#more(node.parent, siblings.length));
    }
    this.#tree.replaceChildren(...items);
  }

  #visible(): readonly TreeNode[] {
    const shown: TreeNode[] = [];
    const walk = (nodes: readonly TreeNode[]): void => {
      for (const node of nodes) {
        shown.push(node);
        if (node.open) walk(this.#childrenOf(node).slice(0, node.limit));
      }
    };
    walk(this.#roots);
    return shown;
  }

  #item(node: TreeNode): HTMLElement {
    const kind = jsonKind(node.text);
    const attributes = { class: 'hb-node', role: 'treeitem', 'aria-level': String(node.level), tabindex: node === this.#active ? '0' : '-1' };
    const item = element('div', attributes);
    item.style.setProperty('--hb-level', String(Math.min(20, node.level - 1)));
    const twist = element('span', { class: node.open ? 'hb-twist hb-opened' : 'hb-twist' });
    if (kind !== 'value') {
      twist.append(icon('chevronRight'));
      item.setAttribute('aria-expanded', String(node.open));
    }
    const key = node.path.at(-1) ?? '';
    const value = element('span', { class: `hb-nodevalue hb-json-${kind}` }, ...richText(this.#preview(node), this.#needle, true));
    item.append(twist, element('span', { class: 'hb-nodekey' }, ...richText(String(key), this.#needle, false)), value);
    const menu = element('span', { class: 'hb-nodemenu', title: 'Copy, extract (Shift+F10)', 'aria-hidden': 'true' }, icon('chevronDown'));
    item.append(menu);
    item.addEventListener('focus', () => {
      this.#tree.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
      item.tabIndex = 0;
      this.#active = node;
    });
    item.addEventListener('click', (event) => {
      this.#active = node;
      if (event.target instanceof Element && event.target.closest('.hb-nodemenu')) this.#openMenu(node, menu);
      else if (kind !== 'value' && getSelection()?.isCollapsed !== false) this.#toggle(node);
    });
    item.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      this.#openMenu(node, { x: event.clientX, y: event.clientY });
    });
    return item;
  }

  #preview({ text, open }: TreeNode): string {
    const kind = jsonKind(text);
    if (kind === 'value') {
      const value = stringOf(text) ?? text;
      return value.length > maxShownText ? `${value.slice(0, maxShownText)}…` : value;
    }
    const flat = text.length > 80 ? `${text.slice(0, 79)}…` : text;
    return open ? (kind === 'array' ? '[ ]' : '{ }') : flat;
  }

  #more(parent: TreeNode, count: number): HTMLElement {
    const more = element('button', { type: 'button', class: 'hb-link' }, `Show more of ${countText(count)}`);
    more.addEventListener('click', () => {
      parent.limit += page * 5;
      this.#draw();
      this.#focus();
    });
    return more;
  }

  #toggle(node: TreeNode): void {
    node.open = !node.open;
    this.#draw();
    this.#focus();
  }

  #focus(): void {
    this.#tree.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  #listen(): void {
    this.#tree.addEventListener('keydown', (event) => {
      const node = this.#active;
      if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLButtonElement || !this.#press(node, event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  #press(node: TreeNode, { key, shiftKey }: KeyboardEvent): boolean {
    const shown = this.#visible();
    const at = shown.indexOf(node);
    const isInner = jsonKind(node.text) !== 'value';
    if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) {
      this.#openMenu(node, this.#tree.querySelector('[tabindex="0"]') ?? this.#tree);
      return true;
    }
    if ((key === 'ArrowRight' && isInner && !node.open) || (key === 'ArrowLeft' && node.open) || ((key === 'Enter' || key === ' ') && isInner)) {
      this.#toggle(node);
      return true;
    }
    const targets: Readonly<Record<string, TreeNode | undefined>> = {
      ArrowDown: shown[at + 1],
      ArrowUp: shown[at - 1],
      ArrowRight: isInner ? shown[at + 1] : undefined,
      ArrowLeft: node.parent,
      Home: shown[0],
      End: shown.at(-1),
    };
    if (!Object.hasOwn(targets, key)) return false;
    this.#active = targets[key] ?? node;
    this.#draw();
    this.#focus();
    return true;
  }

  #openMenu(node: TreeNode, at: Anchor): void {
    this.#active = node;
    const { copy, extract, host } = this.#handlers;
    const entries = [
      { label: 'Copy the value', act: () => copy(stringOf(node.text) ?? node.text, 'the value') },
      { label: 'Copy the path', act: () => copy(pathText(this.#name, node.path), 'the path') },
      ...(extract ? [{ label: 'Extract this path as a column', act: () => extract(node.path, pathText(this.#name, node.path)) }] : []),
    ];
    openMenu(host, at, 'Value', entries, () => this.#focus());
  }

  #searchBox(): HTMLElement {
    const input = element('input', { type: 'text', class: 'hb-field-input', placeholder: 'Search', 'aria-label': `Search in ${visibleText(this.#name)}`, spellcheck: 'false' });
    const note = element('span', { class: 'hb-quiet', role: 'status' });
    input.addEventListener('input', () => {
      this.#needle = input.value;
      note.textContent = input.value === '' ? '' : this.#search(input.value.toLowerCase());
      this.#draw();
    });
    return element('div', { class: 'hb-treesearch' }, input, note);
  }

  /** Opens what leads to hits; says how many there are. */
  #search(needle: string): string {
    let hits = 0;
    let seen = 0;
    const stack = [...this.#roots];
    for (let node = stack.pop(); node && seen < maxSearched; node = stack.pop()) {
      seen += 1;
      const children = this.#childrenOf(node);
      const own = children.length === 0 ? (stringOf(node.text) ?? node.text) : '';
      const isHit = String(node.path.at(-1)).toLowerCase().includes(needle) || own.toLowerCase().includes(needle);
      if (isHit) {
        hits += 1;
        for (let outer = node.parent; outer; outer = outer.parent) outer.open = true;
      }
      if (node.text.toLowerCase().includes(needle)) stack.push(...children);
    }
    return `${countText(hits)}${seen >= maxSearched ? ' or more' : ''} ${hits === 1 ? 'hit' : 'hits'}`;
  }
}

function nodesOf(json: string, parent: TreeNode | undefined): readonly TreeNode[] | undefined {
  const path = parent?.path ?? [];
  return jsonChildren(json)?.map(({ key, text }) => ({
    path: [...path, key],
    text,
    level: (parent?.level ?? 0) + 1,
    parent,
    open: false,
    limit: page,
  }));
}

/** As KQL reads the value: `Properties.location["a b"][0]`. */
function pathText(name: string, path: Path): string {
  const steps = path.map((key) => (typeof key === 'number' ? `[${key}]` : /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${kqlString(key)}]`));
  return `${kqlName(name)}${steps.join('')}`;
}
