/** The timeline of a result: a bundle of its own, loaded when its tab is first opened. */
import { DisposableStore } from '../../../common/disposable';
import { type Lane, type Mark, timeline, type TimelineColumns, timelineColumns } from '../../../common/investigation/timeline';
import type { ColumnFilter } from '../../../common/resultViews';
import { element } from '../../dom';
import type { LateTab, ResultContext } from '../../resultTab';
import { bar } from '../../table/bars';
import { visibleText } from '../../table/textPieces';
import { columnTitle, countText, plural } from '../../table/values';
import { adoptStyles } from '../../adoptStyles';
import { button, type Choice, choice } from '../../controls';
import controlsCss from '../../controls.css';
import { readTabRows, type TabRows } from '../tabRows';
import { TimelinePlot, type TimeRange } from './plot';
import css from './timeline.css';
import { isoTime, momentText } from './timeText';

const MAX_LANES = 14;
/** Events of a mark that are named. */
const MAX_NAMED = 5;
/** Columns among which people choose lanes and labels. */
const MAX_CHOICES = 40;

interface Wish {
  /** Indexes of columns of the result; -1: one lane. */
  readonly lane: number;
  readonly label: number;
}

export const open: LateTab['open'] = async (container, context) => {
  adoptStyles(controlsCss);
  adoptStyles(css);
  const root = element('div', { class: 'hb-surface hb-tl' });
  container.append(root);
  const columns = timelineColumns(context.saved.columns);
  if (!columns) return { shown: () => undefined, dispose: () => undefined };
  const tab = new TimelineTab(root, columns, context);
  await tab.show();
  return { shown: () => undefined, dispose: () => tab.dispose() };
};

class TimelineTab {
  readonly #root: HTMLElement;
  readonly #columns: TimelineColumns;
  readonly #context: ResultContext;
  readonly #store = new DisposableStore();
  #page = new DisposableStore();
  #wish: Wish;
  #asked = 0;

  constructor(root: HTMLElement, columns: TimelineColumns, context: ResultContext) {
    this.#root = root;
    this.#columns = columns;
    this.#context = context;
    this.#wish = remembered(context.memory.get(), columns, context.saved.columns.length);
    this.#store.add(context.view.onChange(() => void this.show()));
  }

  dispose(): void {
    this.#store.dispose();
    this.#page.dispose();
  }

  /** Reads the rows of the view and draws them; when it is called again meanwhile, the later call counts. */
  async show(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const { time } = this.#columns;
    const { lane, label } = this.#wish;
    const wanted = [...new Set([time, ...(lane < 0 ? [] : [lane]), ...(label < 0 ? [] : [label])])];
    try {
      const read = await readTabRows(this.#context, wanted);
      if (asked === this.#asked) this.#draw(read, wanted);
    } catch (thrown) {
      const act = (): void => void this.show();
      const text = `Could not read the events. ${thrown instanceof Error ? thrown.message : String(thrown)}`;
      this.#root.replaceChildren(bar('warning', [text], { label: 'Try again', icon: 'retry', act }));
    }
  }

  #draw({ rows, note }: TabRows, wanted: readonly number[]): void {
    this.#page.dispose();
    this.#page = new DisposableStore();
    const { idPrefix, zone } = this.#context;
    const lane = this.#wish.lane < 0 ? undefined : wanted.indexOf(this.#wish.lane);
    const made = timeline(rows, wanted.indexOf(this.#columns.time), lane, MAX_LANES);
    if (!made) {
      this.#root.replaceChildren(this.#toolbar(undefined, () => undefined), element('p', { class: 'hb-tabnote' }, 'No row of this view has a time.'));
      return;
    }
    const helpId = `${idPrefix}-help`;
    const help = element(
      'p',
      { class: 'hb-spoken', id: helpId },
      'Arrow keys go from mark to mark and from lane to lane. Plus and minus zoom, 0 shows all. Square brackets set the first and the last time of a range, Enter filters the table to the range or to the mark.',
    );
    const details = element('div', { class: 'hb-tl-details', role: 'status' });
    const apply = element('button', { type: 'button', class: 'hb-button hb-secondary', disabled: '' }, 'Filter table to range');
    const plot = this.#page.add(
      new TimelinePlot(made, zone.current, helpId, {
        chosen: (at, mark) => details.replaceChildren(...this.#description(at, mark, rows, wanted)),
        brushed: (range) => {
          apply.disabled = range === undefined;
          details.replaceChildren(...(range ? [this.#rangeText(range)] : []));
        },
        applied: () => this.#apply(plot),
      }),
    );
    apply.addEventListener('click', () => this.#apply(plot));
    this.#page.add(
      zone.onChange(() => {
        plot.zone = zone.current;
      }),
    );
    const notes = [...(note === '' ? [] : [note]), ...(made.skipped === 0 ? [] : [`${plural(made.skipped, 'row')} without a time that can be drawn.`])];
    this.#root.replaceChildren(this.#toolbar(plot, () => void this.show(), apply), ...(notes.length === 0 ? [] : [bar('info', notes)]), plot.element, details, help);
  }

  #toolbar(plot: TimelinePlot | undefined, changed: () => void, apply?: HTMLElement): HTMLElement {
    const { saved, view } = this.#context;
    const named = (index: number): Choice => ({ value: String(index), label: columnTitle(saved.columns[index] ?? { name: '', type: 'string' }) });
    const choose = (wish: Partial<Wish>): void => {
      this.#wish = { ...this.#wish, ...wish };
      this.#context.memory.set(this.#wish);
      changed();
    };
    const lanes = [{ value: '-1', label: '(one lane)' }, ...this.#columns.lanes.slice(0, MAX_CHOICES).map(named)];
    const labels = [{ value: '-1', label: '(nothing)' }, ...this.#columns.labels.slice(0, MAX_CHOICES).map(named)];
    const { time } = this.#columns;
    const isFiltered = view.current.columnFilters?.some(({ column, kind }) => column === time && kind === 'range') === true;
    const zoom = plot
      ? [button('+', () => plot.zoom(0.5), 'Zoom in'), button('\u2212', () => plot.zoom(2), 'Zoom out'), button('Show all', () => plot.zoomOut())]
      : [];
    return element(
      'div',
      { class: 'hb-toolbar' },
      choice('Lanes by', lanes, String(this.#wish.lane), (value) => choose({ lane: Number(value) })),
      choice('Show', labels, String(this.#wish.label), (value) => choose({ label: Number(value) })),
      element('span', { class: 'hb-space' }),
      ...zoom,
      ...(apply ? [apply] : []),
      ...(isFiltered ? [button('All times again', () => this.#filterTime(undefined))] : []),
    );
  }

  #description(lane: Lane | undefined, mark: Mark | undefined, rows: TabRows['rows'], wanted: readonly number[]): readonly Node[] {
    const [first, last] = [mark?.events[0], mark?.events.at(-1)];
    if (!lane || !mark || !first || !last) return [];
    const zone = this.#context.zone.current;
    const when = first.time === last.time ? momentText(first.time, zone) : `${momentText(first.time, zone)} to ${momentText(last.time, zone)}`;
    const name = lane.name ?? 'other values';
    const head = element('div', {}, element('b', {}, when), ` · ${plural(mark.events.length, 'event')}${name === '' ? '' : ` · ${visibleText(name.slice(0, 200))}`}`);
    if (this.#wish.label < 0) return [head];
    const label = wanted.indexOf(this.#wish.label);
    const counts = new Map<string, number>();
    for (const { row } of mark.events) {
      const text = String(rows[row]?.[label] ?? '');
      if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    const named = [...counts].sort(([, left], [, right]) => right - left).slice(0, MAX_NAMED);
    const lines = named.map(([text, count]) => element('li', {}, visibleText(text.slice(0, 300)), ...(count > 1 ? [element('span', { class: 'hb-quiet' }, ` × ${countText(count)}`)] : [])));
    const rest = counts.size - named.length;
    return [head, element('ul', {}, ...lines, ...(rest > 0 ? [element('li', { class: 'hb-quiet' }, `and ${countText(rest)} more`)] : []))];
  }

  #rangeText({ start, end }: TimeRange): HTMLElement {
    const zone = this.#context.zone.current;
    return element('div', {}, element('b', {}, `${momentText(start, zone)} to ${momentText(end, zone)}`));
  }

  /** The range that was brushed, else the mark that is chosen. */
  #apply(plot: TimelinePlot): void {
    const events = plot.cursor?.mark.events;
    const range = plot.brush ?? (events ? { start: events[0]?.time ?? 0, end: events.at(-1)?.time ?? 0 } : undefined);
    if (!range) return;
    this.#filterTime(range);
    this.#context.openTab('table');
  }

  #filterTime(range: TimeRange | undefined): void {
    const { view } = this.#context;
    const { time } = this.#columns;
    const others = (view.current.columnFilters ?? []).filter(({ column, kind }) => column !== time || kind !== 'range');
    // Times of rows are finer than milliseconds: the range reaches to the end of its last one.
    const to = range && isoTime(Math.ceil(range.end) + 1);
    const filter: readonly ColumnFilter[] = range ? [{ column: time, kind: 'range', from: isoTime(Math.floor(range.start)), to, toExcluded: true }] : [];
    view.set({ ...view.current, columnFilters: [...others, ...filter] });
  }
}

/** What was chosen before, as far as it fits: another version may have written it. */
function remembered(value: unknown, { lanes, labels }: TimelineColumns, count: number): Wish {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Partial<Record<keyof Wish, unknown>>;
  const index = (one: unknown, other: number): number => (typeof one === 'number' && Number.isInteger(one) && one >= -1 && one < count ? one : other);
  return { lane: index(given.lane, lanes[0] ?? -1), label: index(given.label, labels[0] ?? -1) };
}
