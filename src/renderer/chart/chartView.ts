import { type ChartChoice, choiceOf, firstChoice, readChoice, renderOperators, visualizationOf } from '../../common/charts/chartChoice';
import { kindFacts } from '../../common/charts/chartKinds';
import { chartLabel, type ChartModel } from '../../common/charts/chartModel';
import { type ChartRange, rangeFilter, rangeOperator, withFilter } from '../../common/charts/chartRange';
import { type ChartSpec, chartSpec, type ChartSubject, isChart, type NoChart } from '../../common/charts/chartSpec';
import { columnRoles } from '../../common/charts/columnRoles';
import { placeText } from '../../common/charts/drawing/chartTip';
import { chartModel } from '../../common/charts/makeModel';
import { DisposableStore } from '../../common/disposable';
import type { Visualization } from '../../common/engineProtocol';
import { element } from '../dom';
import type { OpenTab, ResultContext } from '../resultTab';
import { bar } from '../table/bars';
import { Builder } from './builder';
import { cardView } from './cardView';
import { ChartCanvas } from './chartCanvas';
import { ChartKeys } from './chartKeys';
import { readChartSource } from './chartReader';
import { ChartToolbar } from './chartToolbar';
import { dataTable } from './dataTable';
import { RangeBar } from './rangeBar';
import { pngImage, svgImage } from './saveImage';

interface Remembered {
  readonly choice?: ChartChoice | undefined;
  readonly options?: boolean | undefined;
  readonly asTable?: boolean | undefined;
}

/** The chart of a result: as its query asks for it, or as people build it. */
export class ChartView implements OpenTab {
  readonly #context: ResultContext;
  readonly #subject: ChartSubject;
  readonly #store = new DisposableStore();
  readonly #builder: Builder;
  readonly #toolbar: ChartToolbar;
  readonly #canvas: ChartCanvas;
  readonly #keys: ChartKeys;
  readonly #range = new RangeBar();
  readonly #notes = element('div', { class: 'hb-chartnotes' });
  readonly #stage = element('div', { class: 'hb-stage' });
  readonly #spoken = element('div', { class: 'hb-spoken', role: 'status', 'aria-live': 'polite' });
  #remembered: Remembered;
  #spec: ChartSpec | NoChart;
  #model: ChartModel | undefined;
  #bin: number | undefined;
  #reading = 0;

  constructor(container: HTMLElement, context: ResultContext) {
    this.#context = context;
    const { columns, preview } = context.saved;
    this.#subject = { columns, rows: preview.rows };
    this.#remembered = readRemembered(context.memory.get(), columns.length);
    this.#spec = this.#makeSpec();
    this.#builder = new Builder(columns, columnRoles(columns, preview.rows), (choice) => this.#choose(choice));
    this.#toolbar = new ChartToolbar(this.#asked !== undefined, {
      options: (open) => this.#remember({ options: open }),
      reset: () => this.#choose(undefined),
      table: (asTable) => {
        this.#remember({ asTable });
        this.#show();
      },
      zoomOut: () => this.#canvas.zoomOut(),
      png: () => void this.#save('png'),
      svg: () => void this.#save('svg'),
      copyLine: () => this.#copyLine(),
      addToQuery: () => context.messenger.tell({ type: 'addToQuery', resultId: context.saved.resultId, operator: this.#operators() }),
    });
    this.#canvas = this.#store.add(
      new ChartCanvas({ selected: (range) => this.#selected(range), zoomed: (isZoomed) => this.#toolbar.setZoomed(isZoomed) }),
    );
    this.#keys = new ChartKeys(this.#canvas, {
      say: (text) => this.#say(text),
      selected: (range) => this.#selected(range),
      act: () => this.#range.focus(),
    });
    const root = element('div', { class: 'hb-surface hb-chart' });
    root.append(this.#toolbar.element, this.#builder.element, this.#range.element, this.#stage, this.#notes, this.#spoken);
    container.append(root);
    this.#store.add(context.view.onChange(() => void this.#read()));
    this.#store.add(context.zone.onChange(() => this.#show()));
    this.#toolbar.follow(this.#builder.element, this.#remembered.options ?? this.#wantsOptions());
    this.#toolbar.setTable(this.#remembered.asTable ?? false);
  }

  /** Reads and draws for the first time. */
  async start(): Promise<void> {
    this.#showChoice();
    await this.#read();
  }

  shown(): void {
    this.#canvas.resize();
  }

  dispose(): void {
    this.#reading += 1;
    this.#store.dispose();
  }

  /** What the query asks for, when that is a chart. */
  get #asked(): Visualization | undefined {
    const { visualization } = this.#context.saved;
    return visualization === undefined || visualization.visualization === 'table' ? undefined : visualization;
  }

  /** People who did not ask for a chart choose one; so do those whose chart cannot be drawn, or is made to be played with. */
  #wantsOptions(): boolean {
    return this.#asked === undefined || !isChart(this.#spec) || this.#asked.visualization === 'pivotchart';
  }

  #makeSpec(): ChartSpec | NoChart {
    const { choice } = this.#remembered;
    if (choice === undefined && this.#asked) return chartSpec(this.#subject, this.#asked);
    const chosen = choice ?? firstChoice(this.#subject);
    return chartSpec(this.#subject, visualizationOf(chosen, this.#subject, this.#asked), chosen.aggregate);
  }

  /** undefined: back to what the query asks for. */
  #choose(choice: ChartChoice | undefined): void {
    this.#remember({ choice });
    this.#spec = this.#makeSpec();
    this.#showChoice();
    void this.#read();
  }

  #showChoice(): void {
    this.#builder.show(this.#choice());
    this.#toolbar.setOwn(this.#remembered.choice !== undefined);
  }

  #choice(): ChartChoice {
    return this.#remembered.choice ?? (isChart(this.#spec) ? choiceOf(this.#spec) : firstChoice(this.#subject));
  }

  #remember(part: Remembered): void {
    this.#remembered = { ...this.#remembered, ...part };
    this.#context.memory.set(this.#remembered);
  }

  async #read(): Promise<void> {
    const reading = ++this.#reading;
    this.#selected(undefined);
    const spec = this.#spec;
    if (!isChart(spec)) {
      this.#model = undefined;
      this.#problem(spec.problem);
      return;
    }
    this.#stage.setAttribute('aria-busy', 'true');
    try {
      const { source, note } = await readChartSource(this.#context, spec);
      if (reading !== this.#reading) return;
      this.#bin = 'data' in source ? source.data.bin : undefined;
      this.#model = chartModel(spec, source);
      this.#notes.replaceChildren(...[note, ...this.#model.remarks].filter((text) => text !== '').map((text) => element('p', {}, text)));
      this.#show();
    } catch (thrown) {
      if (reading !== this.#reading) return;
      this.#problem(`The chart could not be drawn. ${thrown instanceof Error ? thrown.message : String(thrown)}`, () => void this.#read());
    } finally {
      this.#stage.removeAttribute('aria-busy');
    }
  }

  #problem(text: string, retry?: () => void): void {
    this.#notes.replaceChildren();
    this.#stage.replaceChildren(bar('warning', [text], retry && { label: 'Try again', icon: 'retry', act: retry }));
    this.#toolbar.setDrawn(false);
    this.#say(text);
  }

  #show(): void {
    const model = this.#model;
    const spec = this.#spec;
    if (!model || !isChart(spec)) return;
    const label = chartLabel(spec);
    const utc = this.#context.zone.current === 'utc';
    const hasPoints = isDrawable(model);
    this.#toolbar.setDrawn(hasPoints && model.shape !== 'card');
    if (!hasPoints) {
      this.#stage.replaceChildren(element('p', { class: 'hb-tabnote' }, 'There is nothing to draw: no row has a value.'));
    } else if (this.#remembered.asTable === true) {
      this.#stage.replaceChildren(dataTable(model, label, utc));
    } else if (model.shape === 'card') {
      this.#stage.replaceChildren(cardView(model));
    } else {
      this.#canvas.element.setAttribute('aria-label', `${label}. Arrow keys read the points${model.shape === 'xy' ? ', with Shift they choose a range' : ''}.`);
      if (this.#canvas.element.parentElement !== this.#stage) this.#stage.replaceChildren(this.#canvas.element);
      this.#canvas.draw(model, utc);
      this.#keys.follow(model);
    }
  }

  #selected(range: ChartRange | undefined): void {
    const model = this.#model;
    const spec = this.#spec;
    if (!range || model?.shape !== 'xy' || !isChart(spec)) {
      this.#range.hide();
      return;
    }
    const { view, messenger, saved } = this.#context;
    const utc = this.#context.zone.current === 'utc';
    const filter = rangeFilter(spec, model, range);
    const operator = rangeOperator(spec, model, range);
    const ends = [Math.ceil(range.from), Math.floor(range.to)] as const;
    const [from, to] = model.scale === 'text' ? ends : [range.from, range.to];
    const clear = (): void => {
      this.#canvas.mark(undefined);
      this.#range.hide();
      this.#canvas.element.focus({ preventScroll: true });
    };
    this.#range.show(`${placeText(model, from, utc)} – ${placeText(model, to, utc)}`, {
      filter: filter && ((): void => view.set(withFilter(view.current, filter))),
      addToQuery: operator === undefined ? undefined : (): void => messenger.tell({ type: 'addToQuery', resultId: saved.resultId, operator }),
      zoom: () => {
        this.#canvas.zoomTo(range);
        clear();
      },
      clear,
    });
  }

  #operators(): string {
    const { saved } = this.#context;
    return renderOperators(this.#choice(), saved, this.#asked, this.#bin);
  }

  #copyLine(): void {
    this.#context.messenger.tell({ type: 'copy', text: `| ${this.#operators()}` });
    this.#say('Copied the query operators of this chart');
  }

  async #save(format: 'png' | 'svg'): Promise<void> {
    const spec = this.#spec;
    if (!isChart(spec)) return;
    const name = spec.wish.title ?? this.#context.saved.name ?? kindFacts(spec.kind).label;
    try {
      const svg = this.#canvas.svg();
      this.#context.messenger.tell(format === 'svg' ? svgImage(svg, name) : await pngImage(svg, name));
    } catch (thrown) {
      this.#say(`The picture could not be made. ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
  }

  #say(text: string): void {
    this.#spoken.textContent = text;
  }
}

function isDrawable(model: ChartModel): boolean {
  switch (model.shape) {
    case 'xy':
      return model.series.some(({ points }) => points.some(([, y]) => y !== null));
    case 'pie':
    case 'treemap':
      return model.parts.length > 0;
    case 'ladder':
      return model.bars.length > 0;
    case 'graph':
      return model.nodes.length > 0;
    case 'card':
      return model.values.length > 0;
  }
}

function readRemembered(raw: unknown, columnCount: number): Remembered {
  const { choice, options, asTable } = (typeof raw === 'object' && raw !== null ? raw : {}) as Readonly<Record<keyof Remembered, unknown>>;
  return {
    choice: readChoice(choice, columnCount),
    options: typeof options === 'boolean' ? options : undefined,
    asTable: asTable === true,
  };
}
