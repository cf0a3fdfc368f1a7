import type { EntityGraph, GraphNode } from '../../../common/investigation/entityGraph';
import { element, svgElement } from '../../dom';
import { visibleText } from '../../table/textPieces';
import { plural } from '../../table/values';
import { kindLook } from './kindLook';
import { placed, type PlacedGraph } from './layout';

const WIDTH = 640;
const HEIGHT = 360;
/** With more nodes than this only the most linked have their name beside them, and the neighbours of the chosen one. */
const NAMED = 40;
const MAX_NAME = 26;

export interface GraphHandlers {
  readonly chosen: (node: GraphNode) => void;
}

/**
 * Entities and what links them: a drawing, and beside it the list of the same entities, which the keyboard and screen readers use. What
 * is chosen in one is chosen in the other.
 */
export class EntityGraphView {
  readonly element: HTMLElement;
  readonly #graph: EntityGraph;
  readonly #placed: PlacedGraph;
  readonly #idPrefix: string;
  readonly #handlers: GraphHandlers;
  readonly #svg = svgElement('svg');
  readonly #list = element('div', { class: 'hb-eg-list', role: 'listbox', tabindex: '0', 'aria-label': 'Entities, the most linked first' });
  readonly #neighbours = new Map<string, Set<string>>();
  #chosen: string | undefined;
  #scale = 1;

  constructor(graph: EntityGraph, idPrefix: string, handlers: GraphHandlers) {
    this.#graph = graph;
    this.#idPrefix = idPrefix;
    this.#handlers = handlers;
    this.#placed = placed(graph, WIDTH, HEIGHT);
    for (const { source, target } of graph.links) {
      this.#neighboursOf(source).add(target);
      this.#neighboursOf(target).add(source);
    }
    this.#svg.setAttribute('aria-hidden', 'true');
    this.#svg.addEventListener('click', (event) => {
      const id = event.target instanceof Element ? event.target.closest('[data-node]')?.getAttribute('data-node') : undefined;
      if (id !== null && id !== undefined) this.choose(Number(id));
    });
    this.#list.append(...graph.nodes.map((node, index) => this.#option(node, index)));
    this.#list.addEventListener('click', (event) => {
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=option]') : undefined;
      if (option) this.choose(Number(option.dataset['index']));
    });
    this.#list.addEventListener('keydown', (event) => this.#pressed(event));
    this.element = element('div', { class: 'hb-eg-graph' }, element('div', { class: 'hb-eg-drawing' }), this.#list);
    this.element.firstElementChild?.append(this.#svg);
    this.#draw();
  }

  /** Marks a node and its neighbours. @param index Into the graph's nodes. */
  choose(index: number): void {
    const node = this.#graph.nodes[index];
    if (!node) return;
    this.#chosen = node.id;
    for (const [at, option] of [...this.#list.children].entries()) option.setAttribute('aria-selected', String(at === index));
    this.#list.setAttribute('aria-activedescendant', this.#optionId(index));
    this.#list.children[index]?.scrollIntoView({ block: 'nearest' });
    this.#draw();
    this.#handlers.chosen(node);
  }

  zoom(factor: number): void {
    this.#scale = Math.min(6, Math.max(1, this.#scale * factor));
    this.#draw();
  }

  /** Entities that are linked with this one. */
  neighbourCount({ id }: GraphNode): number {
    return this.#neighbours.get(id)?.size ?? 0;
  }

  #neighboursOf(id: string): Set<string> {
    const known = this.#neighbours.get(id) ?? new Set<string>();
    this.#neighbours.set(id, known);
    return known;
  }

  #option(node: GraphNode, index: number): HTMLElement {
    const { letter, name } = kindLook(node.kind);
    return element(
      'div',
      { class: 'hb-eg-option', role: 'option', id: this.#optionId(index), 'data-index': String(index), 'aria-selected': 'false' },
      element('span', { class: `hb-eg-badge hb-eg-${node.kind}`, 'aria-hidden': 'true' }, letter),
      element('span', { class: 'hb-spoken' }, `${name} `),
      element('span', { class: 'hb-eg-label', title: visibleText(node.label.slice(0, 500)) }, visibleText(node.label.slice(0, 200))),
      element('span', { class: 'hb-quiet' }, plural(this.neighbourCount(node), 'link')),
    );
  }

  #optionId(index: number): string {
    return `${this.#idPrefix}-entity-${index}`;
  }

  #draw(): void {
    const { nodes, links } = this.#placed;
    const chosen = nodes.find(({ node }) => node.id === this.#chosen);
    const near = this.#chosen === undefined ? undefined : this.#neighbours.get(this.#chosen);
    const isNear = (id: string): boolean => id === this.#chosen || near?.has(id) === true;
    this.#svg.setAttribute('viewBox', this.#viewBox(chosen?.x, chosen?.y));
    const lines = links.map(({ source, target, link }) => {
      const marked = link.source === this.#chosen || link.target === this.#chosen;
      const width = 1 + Math.min(4, Math.log2(link.rows));
      const ends = { x1: source.x, y1: source.y, x2: target.x, y2: target.y };
      return svgElement('line', { class: marked ? 'hb-eg-link hb-eg-marked' : 'hb-eg-link', ...ends, 'stroke-width': width });
    });
    const drawn = nodes.map(({ node, x, y, radius }, index) => {
      const dim = chosen && !isNear(node.id) ? ' hb-eg-dim' : '';
      const mark = node.id === this.#chosen ? ' hb-eg-chosen' : '';
      const group = svgElement('g', { class: `hb-eg-node hb-eg-${node.kind}${dim}${mark}`, 'data-node': index });
      const letter = svgElement('text', { class: 'hb-eg-letter', x, y: y + 4 });
      letter.textContent = kindLook(node.kind).letter;
      group.append(svgElement('circle', { cx: x, cy: y, r: radius }), letter);
      if (nodes.length <= NAMED || index < NAMED || (chosen && isNear(node.id))) {
        const label = svgElement('text', { class: 'hb-eg-name', x, y: y + radius + 11 });
        label.textContent = shortened(visibleText(node.label));
        group.append(label);
      }
      return group;
    });
    this.#svg.replaceChildren(...lines, ...drawn);
  }

  /** All of it, or, larger, what is around the chosen node. */
  #viewBox(x: number | undefined, y: number | undefined): string {
    const { nodes } = this.#placed;
    const left = Math.min(...nodes.map((node) => node.x - 60));
    const right = Math.max(...nodes.map((node) => node.x + 60));
    const top = Math.min(...nodes.map((node) => node.y - 24));
    const bottom = Math.max(...nodes.map((node) => node.y + 34));
    const width = Math.max(WIDTH / 2, right - left) / this.#scale;
    const height = Math.max(HEIGHT / 2, bottom - top) / this.#scale;
    const isWhole = this.#scale === 1;
    const middleX = isWhole || x === undefined ? (left + right) / 2 : x;
    const middleY = isWhole || y === undefined ? (top + bottom) / 2 : y;
    return [middleX - width / 2, middleY - height / 2, width, height].map((one) => one.toFixed(1)).join(' ');
  }

  #pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.#graph.nodes.length - 1;
    const now = this.#graph.nodes.findIndex(({ id }) => id === this.#chosen);
    const [next, previous] = [Math.min(last, now + 1), Math.max(0, now - 1)];
    const targets: Readonly<Record<string, number>> = { ArrowDown: next, ArrowUp: previous, Home: 0, End: last };
    const target = Object.hasOwn(targets, event.key) ? targets[event.key] : undefined;
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.choose(target);
  }
}

function shortened(text: string): string {
  return text.length <= MAX_NAME ? text : `${text.slice(0, MAX_NAME - 1)}…`;
}
