import type { ChartRange } from '../../common/charts/chartRange';
import type { DrawnModel } from '../../common/charts/drawing/chartOption';
import type { ChartCanvas } from './chartCanvas';
import { spokenTip } from './tipBox';

export interface KeyHandlers {
  readonly say: (text: string) => void;
  readonly selected: (range: ChartRange | undefined) => void;
  /** Enter: something is to be done with what is chosen. */
  readonly act: () => void;
}

/**
 * A chart without a pointer: arrows go from point to point and say it, with Shift they choose a range, Enter goes to what can be done with
 * it, Escape takes it back.
 */
export class ChartKeys {
  readonly #canvas: ChartCanvas;
  readonly #handlers: KeyHandlers;
  #model: DrawnModel | undefined;
  /** Places of the x axis that have points, in order; of other charts their items. */
  #stops: readonly number[] = [];
  #at = -1;
  #anchor: number | undefined;

  constructor(canvas: ChartCanvas, handlers: KeyHandlers) {
    this.#canvas = canvas;
    this.#handlers = handlers;
    canvas.element.addEventListener('keydown', (event) => this.#pressed(event));
    canvas.element.addEventListener('blur', () => canvas.unpoint());
  }

  follow(model: DrawnModel): void {
    this.#model = model;
    this.#stops = stopsOf(model);
    this.#at = -1;
    this.#anchor = undefined;
  }

  #pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.#canvas.element) return;
    const last = this.#stops.length - 1;
    const next: Readonly<Record<string, number>> = {
      ArrowRight: Math.min(last, this.#at + 1),
      ArrowDown: Math.min(last, this.#at + 1),
      ArrowLeft: Math.max(0, this.#at - 1),
      ArrowUp: Math.max(0, this.#at - 1),
      Home: 0,
      End: last,
    };
    const target = Object.hasOwn(next, event.key) ? next[event.key] : undefined;
    if (target !== undefined) this.#go(target, event.shiftKey);
    else if (event.key === 'Escape' && this.#anchor !== undefined) this.#choose(undefined);
    else if (event.key === 'Enter' && this.#anchor !== undefined) this.#handlers.act();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #go(to: number, extends_: boolean): void {
    if (this.#stops.length === 0) return;
    const from = this.#at;
    this.#at = to;
    const tip = this.#canvas.point(this.#hovered());
    if (this.#model?.shape === 'xy' && extends_) this.#choose(this.#anchor ?? Math.max(0, from));
    if (tip) this.#handlers.say(spokenTip(tip));
  }

  #choose(anchor: number | undefined): void {
    this.#anchor = anchor;
    const [from, to] = [this.#stops[anchor ?? -1], this.#stops[this.#at]];
    const range = from === undefined || to === undefined ? undefined : { from: Math.min(from, to), to: Math.max(from, to) };
    this.#canvas.mark(range);
    this.#handlers.selected(range);
  }

  #hovered(): readonly { readonly seriesIndex: number; readonly dataIndex: number }[] {
    const model = this.#model;
    const stop = this.#stops[this.#at];
    if (stop === undefined || model === undefined) return [];
    if (model.shape !== 'xy') return [{ seriesIndex: 0, dataIndex: stop }];
    return model.series.flatMap(({ points }, seriesIndex) => {
      const dataIndex = points.findIndex(([x, y]) => x === stop && y !== null);
      return dataIndex < 0 ? [] : [{ seriesIndex, dataIndex }];
    });
  }
}

function stopsOf(model: DrawnModel): readonly number[] {
  switch (model.shape) {
    case 'xy':
      return [...new Set(model.series.flatMap(({ points }) => points.flatMap(([x, y]) => (y === null ? [] : [x]))))].sort((a, b) => a - b);
    case 'pie':
    case 'treemap':
      return model.parts.map((_, index) => index);
    case 'ladder':
      return model.bars.map((_, index) => index);
    case 'graph':
      return model.nodes.map((_, index) => index);
  }
}
