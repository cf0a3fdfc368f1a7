import type { ChartRange } from '../../common/charts/chartRange';
import { chartTip, type ChartTip, type Hovered } from '../../common/charts/drawing/chartTip';
import { chartOption, type DrawnModel } from '../../common/charts/drawing/chartOption';
import { type EChartsType, init } from '../../common/charts/drawing/echarts';
import type { ChartLook } from '../../common/charts/drawing/look';
import { type Disposable, DisposableStore } from '../../common/disposable';
import { element } from '../dom';
import { currentLook, onThemeChange } from './chartTheme';
import { tipBox } from './tipBox';

const height = 340;

export interface CanvasHandlers {
  /** A part of the x axis was dragged over; undefined: the choice is taken back. */
  readonly selected: (range: ChartRange | undefined) => void;
  readonly zoomed: (isZoomed: boolean) => void;
}

/** The drawing itself: follows the theme, the width and the zone of times. */
export class ChartCanvas implements Disposable {
  readonly element = element('div', { class: 'hb-canvasbox', tabindex: '0', role: 'group', 'aria-roledescription': 'chart' });
  readonly #drawing = element('div', { class: 'hb-drawing', 'aria-hidden': 'true' });
  readonly #handlers: CanvasHandlers;
  readonly #store = new DisposableStore();
  readonly #chart: EChartsType;
  #model: DrawnModel | undefined;
  #utc = true;

  constructor(handlers: CanvasHandlers) {
    this.#handlers = handlers;
    this.element.append(this.#drawing);
    this.#chart = init(this.#drawing, undefined, { renderer: 'svg', width: 600, height });
    this.#chart.on('brushEnd', (event) => this.#brushed(event as Brushed));
    this.#chart.on('dataZoom', () => handlers.zoomed(this.isZoomed));
    const resized = new ResizeObserver(() => this.resize());
    resized.observe(this.element);
    this.#store.add({ dispose: () => resized.disconnect() });
    this.#store.add(onThemeChange(() => this.#redraw()));
  }

  draw(model: DrawnModel, utc: boolean): void {
    this.#model = model;
    this.#utc = utc;
    this.#redraw();
  }

  /** The element may have another width, or one at last. */
  resize(): void {
    const { clientWidth } = this.element;
    if (clientWidth > 0 && clientWidth !== this.#chart.getWidth()) this.#redraw();
  }

  get isZoomed(): boolean {
    const { dataZoom = [] } = this.#chart.getOption() as { readonly dataZoom?: readonly { start?: number; end?: number; type?: string }[] };
    return dataZoom.some(({ start = 0, end = 100, type }) => type === 'inside' && (start > 0 || end < 100));
  }

  zoomTo({ from, to }: ChartRange): void {
    this.#chart.dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, startValue: from, endValue: to });
  }

  zoomOut(): void {
    this.#chart.dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, start: 0, end: 100 });
  }

  /** Marks a part of the x axis; undefined takes the mark away. */
  mark(range: ChartRange | undefined): void {
    const model = this.#model;
    if (model?.shape !== 'xy') return;
    const axis = model.sideways ? { brushType: 'lineY', yAxisIndex: 0 } : { brushType: 'lineX', xAxisIndex: 0 };
    this.#chart.dispatchAction({ type: 'brush', areas: range ? [{ ...axis, coordRange: [range.from, range.to] }] : [] });
  }

  /** Shows the tip of a point, as the pointer would, and answers what it says. */
  point(hovered: readonly { readonly seriesIndex: number; readonly dataIndex: number }[]): ChartTip | undefined {
    const [first] = hovered;
    if (!first || !this.#model) return undefined;
    this.#chart.dispatchAction({ type: 'showTip', ...first });
    const item = this.#itemAt(first);
    return chartTip(this.#model, hovered.map((one): Hovered => ({ ...one, ...item, dataType: 'node' })), this.#utc);
  }

  unpoint(): void {
    this.#chart.dispatchAction({ type: 'hideTip' });
  }

  /** The drawing as it is on screen, on the background of the editor. */
  svg(): string {
    this.#chart.setOption({ backgroundColor: this.#look().background });
    const text = this.#chart.renderToSVGString();
    this.#chart.setOption({ backgroundColor: 'transparent' });
    return text;
  }

  dispose(): void {
    this.#store.dispose();
    this.#chart.dispose();
  }

  #itemAt({ dataIndex }: { readonly dataIndex: number }): Pick<Hovered, 'name' | 'value'> {
    const model = this.#model;
    if (model?.shape !== 'pie' && model?.shape !== 'treemap') return {};
    const part = model.parts[dataIndex];
    return part ? { name: part.name, value: part.value } : {};
  }

  #look(): ChartLook {
    return currentLook(this.element, { width: Math.max(200, this.element.clientWidth), height }, this.#utc);
  }

  #redraw(): void {
    const model = this.#model;
    if (!model) return;
    const look = this.#look();
    this.#chart.resize({ width: look.width, height });
    this.#chart.setOption({ ...chartOption(model, look), tooltip: this.#tooltip(model), ...brushOption(model, look) }, { notMerge: true });
    this.#handlers.zoomed(false);
    const cursor = model.shape === 'xy' ? { brushType: model.sideways ? 'lineY' : 'lineX', brushMode: 'single' } : { brushType: false };
    this.#chart.dispatchAction({ type: 'takeGlobalCursor', key: 'brush', brushOption: cursor });
  }

  #tooltip(model: DrawnModel): object {
    const isCloud = model.shape !== 'xy' || model.series.every(({ mark }) => mark === 'point');
    const hasBars = model.shape === 'xy' && model.series.some(({ mark }) => mark === 'bar');
    const formatter = (raw: unknown): HTMLElement => {
      const hovered = (Array.isArray(raw) ? raw : [raw]) as readonly Hovered[];
      return tipBox(chartTip(model, hovered, this.#utc));
    };
    return {
      renderMode: 'html',
      confine: true,
      trigger: isCloud ? 'item' : 'axis',
      axisPointer: { type: hasBars ? 'shadow' : 'line' },
      backgroundColor: 'transparent',
      borderWidth: 0,
      padding: 0,
      extraCssText: 'box-shadow: none',
      transitionDuration: 0,
      formatter,
    };
  }

  #brushed({ areas }: Brushed): void {
    const [area] = areas;
    const ends = area?.coordRange ?? [];
    const [from, to] = Array.isArray(ends[0]) ? (ends[0] as readonly unknown[]) : ends;
    if (typeof from !== 'number' || typeof to !== 'number') this.#handlers.selected(undefined);
    else this.#handlers.selected({ from: Math.min(from, to), to: Math.max(from, to) });
  }
}

interface Brushed {
  /** With several axes a list of pairs belongs to each; they are linked, so that the first pair is all of them. */
  readonly areas: readonly { readonly coordRange?: readonly unknown[] }[];
}

function brushOption(model: DrawnModel, look: ChartLook): object {
  if (model.shape !== 'xy') return {};
  const axes = model.sideways ? { yAxisIndex: 'all' } : { xAxisIndex: 'all' };
  return {
    brush: {
      ...axes,
      toolbox: [],
      transformable: false,
      removeOnClick: true,
      brushStyle: { color: look.quiet, opacity: 0.25, borderColor: look.foreground, borderWidth: 1 },
      outOfBrush: { colorAlpha: 1 },
      throttleType: 'debounce',
      throttleDelay: 50,
    },
  };
}
