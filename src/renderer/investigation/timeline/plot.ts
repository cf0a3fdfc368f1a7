import { type Disposable, DisposableStore } from '../../../common/disposable';
import { type Lane, type Mark, marks, ticks, type Timeline } from '../../../common/investigation/timeline';
import { element, svgElement } from '../../dom';
import { visibleText } from '../../table/textPieces';
import { countText, plural, type TimeZone } from '../../table/values';
import { tickText, zoneOffset } from './timeText';

const LANE_HEIGHT = 26;
const AXIS_HEIGHT = 22;
/** Marks closer than this are one. */
const MARK_WIDTH = 7;
const PILL_WIDTH = 6;
const TICK_WIDTH = 110;

export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

export interface PlotHandlers {
  /** The mark under the cursor; undefined: none. */
  readonly chosen: (lane: Lane | undefined, mark: Mark | undefined) => void;
  readonly brushed: (range: TimeRange | undefined) => void;
  /** Enter on a mark or on a brushed range. */
  readonly applied: () => void;
}

interface Place {
  readonly lane: number;
  readonly mark: number;
}

/**
 * Lanes of marks over time. Dragging brushes a range; the keyboard walks from mark to mark, and `[` and `]` set the ends of the range.
 * What is drawn is said by the element that `chosen` fills, so that nothing depends on seeing the marks.
 */
export class TimelinePlot implements Disposable {
  readonly element: HTMLElement;
  readonly #timeline: Timeline;
  readonly #handlers: PlotHandlers;
  readonly #store = new DisposableStore();
  readonly #svg = svgElement('svg');
  #zone: TimeZone;
  #range: TimeRange;
  #brush: TimeRange | undefined;
  #drawn: readonly (readonly Mark[])[] = [];
  #cursor: Place | undefined;
  #dragFrom: number | undefined;

  constructor(timeline: Timeline, zone: TimeZone, describedBy: string, handlers: PlotHandlers) {
    this.#timeline = timeline;
    this.#handlers = handlers;
    this.#zone = zone;
    this.#range = padded(timeline);
    const names = element('div', { class: 'hb-tl-names', 'aria-hidden': 'true' }, ...timeline.lanes.map(laneName));
    const label = `Timeline of ${plural(timeline.events, 'event')} in ${plural(timeline.lanes.length, 'lane')}`;
    const area = element('div', { class: 'hb-tl-area', role: 'application', tabindex: '0', 'aria-label': label, 'aria-describedby': describedBy });
    this.#svg.setAttribute('aria-hidden', 'true');
    this.#svg.setAttribute('height', String(timeline.lanes.length * LANE_HEIGHT + AXIS_HEIGHT));
    area.append(this.#svg);
    this.element = element('div', { class: 'hb-tl-plot' }, names, area);
    area.addEventListener('keydown', (event) => this.#pressed(event));
    this.#watchPointer(area);
    const resized = new ResizeObserver(() => this.#draw());
    resized.observe(area);
    this.#store.add({ dispose: () => resized.disconnect() });
  }

  dispose(): void {
    this.#store.dispose();
  }

  set zone(zone: TimeZone) {
    this.#zone = zone;
    this.#draw();
  }

  get brush(): TimeRange | undefined {
    return this.#brush;
  }

  get cursor(): { readonly lane: Lane; readonly mark: Mark } | undefined {
    const lane = this.#cursor && this.#timeline.lanes[this.#cursor.lane];
    const mark = this.#cursor && this.#drawn[this.#cursor.lane]?.[this.#cursor.mark];
    return lane && mark ? { lane, mark } : undefined;
  }

  /** Shows less or more time around the middle, or around the brushed range. */
  zoom(factor: number): void {
    const { start, end } = this.#brush && factor < 1 ? this.#brush : this.#range;
    const middle = (start + end) / 2;
    const half = this.#brush && factor < 1 ? (end - start) / 2 : ((end - start) / 2) * factor;
    this.#show({ start: middle - Math.max(1, half), end: middle + Math.max(1, half) });
    this.setBrush(undefined);
  }

  zoomOut(): void {
    this.#show(padded(this.#timeline));
  }

  setBrush(brush: TimeRange | undefined): void {
    this.#brush = brush;
    this.#handlers.brushed(brush);
    this.#draw();
  }

  #show(range: TimeRange): void {
    const whole = padded(this.#timeline);
    const span = Math.min(range.end - range.start, whole.end - whole.start);
    const start = Math.min(Math.max(range.start, whole.start), whole.end - span);
    this.#range = { start, end: start + span };
    this.#cursor = undefined;
    this.#draw();
    this.#handlers.chosen(undefined, undefined);
  }

  get #width(): number {
    return this.#svg.parentElement?.clientWidth ?? 0;
  }

  #draw(): void {
    const width = this.#width;
    if (width === 0) return;
    const { lanes } = this.#timeline;
    const { start, end } = this.#range;
    const height = lanes.length * LANE_HEIGHT;
    this.#svg.setAttribute('width', String(width));
    this.#drawn = lanes.map((lane) => marks(lane, start, end, Math.max(1, Math.floor(width / MARK_WIDTH))));
    const most = Math.max(1, ...this.#drawn.flat().map(({ events }) => events.length));
    const offset = zoneOffset((start + end) / 2, this.#zone);
    const axis = ticks(start, end, Math.max(2, Math.floor(width / TICK_WIDTH)), offset);
    const grid = axis.times.map((time) => svgElement('line', { class: 'hb-tl-grid', x1: this.#x(time), x2: this.#x(time), y1: 0, y2: height }));
    const texts = axis.times.map((time) => {
      const text = svgElement('text', { class: 'hb-tl-tick', x: this.#x(time) + 3, y: height + 15 });
      text.textContent = tickText(time, axis.step, this.#zone);
      return text;
    });
    const lines = lanes.map((_lane, index) => {
      const y = (index + 1) * LANE_HEIGHT;
      return svgElement('line', { class: 'hb-tl-lane', x1: 0, x2: width, y1: y, y2: y });
    });
    const pills = this.#drawn.flatMap((laneMarks, lane) => {
      return laneMarks.map((mark, index) => this.#pill(mark, { lane, mark: index }, most, width));
    });
    const brush = this.#brush ? [this.#brushShape(this.#brush, height)] : [];
    this.#svg.replaceChildren(...grid, ...lines, ...texts, ...brush, ...pills);
  }

  #brushShape({ start, end }: TimeRange, height: number): SVGElement {
    const x = this.#x(start);
    return svgElement('rect', { class: 'hb-tl-brush', x, y: 0, width: Math.max(1, this.#x(end) - x), height });
  }

  /** More events make a taller mark: from a dot to nearly the height of the lane, by the logarithm. */
  #pill(mark: Mark, { lane, mark: index }: Place, most: number, width: number): SVGElement {
    const share = most === 1 ? 0 : Math.log(mark.events.length) / Math.log(most);
    const isCursor = this.#cursor?.lane === lane && this.#cursor.mark === index;
    const wide = PILL_WIDTH + (isCursor ? 2 : 0);
    const high = PILL_WIDTH + (LANE_HEIGHT - 8 - PILL_WIDTH) * share + (isCursor ? 2 : 0);
    const place = { x: mark.at * width - wide / 2, y: (lane + 0.5) * LANE_HEIGHT - high / 2, width: wide, height: high, rx: wide / 2 };
    return svgElement('rect', { class: isCursor ? 'hb-tl-mark hb-tl-cursor' : 'hb-tl-mark', ...place });
  }

  #x(time: number): number {
    return ((time - this.#range.start) / (this.#range.end - this.#range.start)) * this.#width;
  }

  #timeAt(x: number): number {
    return this.#range.start + (x / Math.max(1, this.#width)) * (this.#range.end - this.#range.start);
  }

  #watchPointer(area: HTMLElement): void {
    const place = (event: PointerEvent): { x: number; y: number } => {
      const box = area.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    area.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      this.#dragFrom = place(event).x;
      area.setPointerCapture(event.pointerId);
    });
    area.addEventListener('pointermove', (event) => {
      const { x, y } = place(event);
      if (this.#dragFrom !== undefined && Math.abs(x - this.#dragFrom) > 3) {
        const [from, to] = [this.#timeAt(Math.min(x, this.#dragFrom)), this.#timeAt(Math.max(x, this.#dragFrom))];
        this.setBrush({ start: Math.max(this.#range.start, from), end: Math.min(this.#range.end, to) });
      } else if (this.#dragFrom === undefined) {
        this.#setCursor(this.#nearest(x, y));
      }
    });
    area.addEventListener('pointerup', (event) => {
      const { x } = place(event);
      if (this.#dragFrom !== undefined && Math.abs(x - this.#dragFrom) <= 3) this.setBrush(undefined);
      this.#dragFrom = undefined;
    });
    area.addEventListener('dblclick', () => this.zoomOut());
  }

  #nearest(x: number, y: number): Place | undefined {
    const lane = Math.floor(y / LANE_HEIGHT);
    const distances = (this.#drawn[lane] ?? []).map(({ at }) => Math.abs(at * this.#width - x));
    const least = Math.min(...distances);
    return least <= 12 ? { lane, mark: distances.indexOf(least) } : undefined;
  }

  #setCursor(place: Place | undefined): void {
    if (place?.lane === this.#cursor?.lane && place?.mark === this.#cursor?.mark) return;
    this.#cursor = place;
    const { lane, mark } = this.cursor ?? {};
    this.#handlers.chosen(lane, mark);
    this.#draw();
  }

  #pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#perform(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #perform(key: string): boolean {
    switch (key) {
      case 'ArrowRight':
        this.#step(0, 1);
        return true;
      case 'ArrowLeft':
        this.#step(0, -1);
        return true;
      case 'ArrowDown':
        this.#step(1, 0);
        return true;
      case 'ArrowUp':
        this.#step(-1, 0);
        return true;
      case '+':
      case '=':
        this.zoom(0.5);
        return true;
      case '-':
        this.zoom(2);
        return true;
      case '0':
        this.zoomOut();
        return true;
      case '[':
      case ']':
        this.#setEnd(key === '[' ? 'start' : 'end');
        return true;
      case 'Enter':
        this.#handlers.applied();
        return true;
      case 'Escape':
        if (!this.#brush) return false;
        this.setBrush(undefined);
        return true;
      default:
        return false;
    }
  }

  #step(lanes: number, steps: number): void {
    const inLane = this.#cursor ?? { lane: this.#drawn.findIndex((laneMarks) => laneMarks.length > 0), mark: -1 };
    let { lane } = inLane;
    let mark = Math.max(0, inLane.mark + steps);
    if (lanes !== 0) {
      const at = this.#drawn[lane]?.[inLane.mark]?.at ?? 0;
      do lane += lanes;
      while (this.#drawn[lane]?.length === 0);
      const distances = (this.#drawn[lane] ?? []).map((candidate) => Math.abs(candidate.at - at));
      mark = distances.indexOf(Math.min(...distances));
    }
    const laneMarks = this.#drawn[lane];
    if (laneMarks && laneMarks.length > 0) this.#setCursor({ lane, mark: Math.min(mark, laneMarks.length - 1) });
  }

  #setEnd(end: 'start' | 'end'): void {
    const events = this.cursor?.mark.events;
    const time = end === 'start' ? events?.[0]?.time : events?.at(-1)?.time;
    if (time === undefined) return;
    const { start, end: last } = this.#brush ?? this.#range;
    this.setBrush(end === 'start' ? { start: time, end: Math.max(time, last) } : { start: Math.min(start, time), end: time });
  }
}

/** Some room left and right, so that the first and the last mark are whole. */
function padded({ first, last }: Timeline): TimeRange {
  const room = Math.max(500, (last - first) * 0.02);
  return { start: first - room, end: last + room };
}

function laneName({ name, events }: Lane): HTMLElement {
  const shown = name === undefined ? 'all others' : name === '' ? '(empty)' : visibleText(name.slice(0, 200));
  return element('div', { class: name === undefined || name === '' ? 'hb-tl-name hb-quiet' : 'hb-tl-name', title: shown }, element('span', {}, shown), element('span', { class: 'hb-quiet' }, countText(events.length)));
}

