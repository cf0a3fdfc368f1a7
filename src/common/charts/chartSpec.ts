import type { Visualization } from '../engineProtocol';
import type { Column, WireRow } from '../kqlTypes';
import type { ReadChart } from '../resultViews';
import { type ChartKind, kindFacts, readChartKind, type Stacking } from './chartKinds';
import { type ChartWish, readWish } from './chartWish';
import { type ColumnRole, columnRoles } from './columnRoles';

export type Gathering = ReadChart['aggregate'];

/** What is drawn of which columns: a wish made sure of. Columns are indexes into the result's. */
export interface ChartSpec {
  readonly kind: ChartKind;
  readonly wish: ChartWish;
  readonly columns: readonly Column[];
  readonly roles: readonly ColumnRole[];
  readonly x: number;
  /** Values; empty when rows are counted. */
  readonly y: readonly number[];
  readonly series: readonly number[];
  /** Columns of `y` that mark points of the others. */
  readonly anomalies: readonly number[];
  readonly stacking: Stacking;
  readonly aggregate: Gathering;
}

/** Why a result is not drawn, for people. */
export interface NoChart {
  readonly problem: string;
}

export interface ChartSubject {
  readonly columns: readonly Column[];
  /** The first rows, to learn what `dynamic` columns hold. */
  readonly rows: readonly WireRow[];
}

/** Chooses columns as `render` documents it: what the query names, else by type and order. */
export function chartSpec(subject: ChartSubject, visualization: Visualization, aggregate?: Gathering): ChartSpec | NoChart {
  const kind = readChartKind(visualization.visualization);
  if (kind === undefined) return { problem: `Charts of the kind “${visualization.visualization}” cannot be drawn.` };
  const wish = readWish(visualization);
  const chooser = new ColumnChooser(subject, kind, wish, aggregate);
  return chooser.choose();
}

export function isChart(spec: ChartSpec | NoChart): spec is ChartSpec {
  return 'kind' in spec;
}

class ColumnChooser {
  readonly #columns: readonly Column[];
  readonly #roles: readonly ColumnRole[];
  readonly #kind: ChartKind;
  readonly #wish: ChartWish;
  readonly #aggregate: Gathering | undefined;

  constructor({ columns, rows }: ChartSubject, kind: ChartKind, wish: ChartWish, aggregate: Gathering | undefined) {
    this.#columns = columns;
    this.#roles = columnRoles(columns, rows);
    this.#kind = kind;
    this.#wish = wish;
    this.#aggregate = aggregate ?? (kind === 'timepivot' ? 'count' : undefined);
  }

  choose(): ChartSpec | NoChart {
    const named = [...this.#wish.yColumns, ...this.#wish.series, ...this.#wish.anomalyColumns, ...(this.#wish.xColumn ?? '' ? [this.#wish.xColumn ?? ''] : [])];
    const unknown = named.find((name) => this.#find(name) === undefined);
    if (unknown !== undefined) return { problem: `The result has no column “${unknown}”, which the chart is to show.` };
    switch (kindFacts(this.#kind).shape) {
      case 'card':
        return this.#spec({ x: 0, y: this.#wish.yColumns.flatMap((name) => this.#find(name) ?? []), series: [] });
      case 'ladder':
        return this.#ladder();
      case 'treemap':
        return this.#treemap();
      case 'graph':
        return this.#graph();
      case 'pie':
      case 'xy':
        return this.#xy();
    }
  }

  #xy(): ChartSpec | NoChart {
    const facts = kindFacts(this.#kind);
    const x = this.#xColumn();
    if (x === undefined) return { problem: `A ${facts.label.toLowerCase()} needs a column of datetimes, and the result has none.` };
    const isArrays = this.#roles[x] === 'times' || this.#roles[x] === 'numbers';
    const anomalies = this.#indexes(this.#wish.anomalyColumns);
    const isValue = (index: number): boolean => this.#roles[index] === (isArrays ? 'numbers' : 'number') && index !== x;
    const wished = this.#indexes(this.#wish.yColumns);
    const wrong = [...wished, ...anomalies].find((index) => !isValue(index));
    if (wrong !== undefined && this.#aggregate !== 'count') return { problem: `The column “${this.#name(wrong)}” holds no numbers to be drawn.` };
    const wishedSeries = this.#indexes(this.#wish.series);
    const free = (index: number): boolean => index !== x && !wishedSeries.includes(index) && !anomalies.includes(index);
    const all = this.#columns.map((_, index) => index);
    const values = wished.length > 0 ? wished : all.filter((index) => isValue(index) && free(index));
    const y = this.#aggregate === 'count' ? [] : this.#kind === 'piechart' ? values.slice(0, 1) : [...values, ...anomalies];
    if (this.#aggregate !== 'count' && values.length === 0) return { problem: 'The result has no column of numbers to be drawn.' };
    const text = all.find((index) => this.#roles[index] === 'text' && index !== x);
    const series = this.#kind === 'piechart' ? [] : wishedSeries.length > 0 ? wishedSeries : text === undefined ? [] : [text];
    return this.#spec({ x, y, series, anomalies });
  }

  #xColumn(): number | undefined {
    const wished = this.#find(this.#wish.xColumn);
    const first = (...roles: readonly ColumnRole[]): number | undefined => {
      const index = this.#roles.findIndex((role) => roles.includes(role));
      return index < 0 ? undefined : index;
    };
    const { needsTime, mark, shape } = kindFacts(this.#kind);
    if (needsTime) {
      const isTime = wished !== undefined && ['time', 'times'].includes(this.#roles[wished] ?? '');
      return isTime ? wished : wished === undefined ? (first('time') ?? first('times')) : undefined;
    }
    if (wished !== undefined) return wished;
    if (this.#columns.length === 0) return undefined;
    // Documented: the first column. One of numbers is better drawn than put along the axis when there is another to put there.
    if (shape === 'pie' || mark === 'bar') return this.#roles[0] === 'number' ? (first('text', 'time') ?? 0) : (first('times') ?? 0);
    const isCloud = mark === 'point' && this.#roles.filter((role) => role === 'number').length > 1;
    return first('time') ?? first('times') ?? (isCloud ? first('number') : 0);
  }

  /** The last two columns are where a bar begins and ends, the others what it is called. */
  #ladder(): ChartSpec | NoChart {
    const ends = this.#columns.map((_, index) => index).filter((index) => this.#roles[index] === 'time' || this.#roles[index] === 'number');
    const [from, to] = this.#wish.yColumns.length === 2 ? this.#indexes(this.#wish.yColumns) : ends.slice(-2);
    if (from === undefined || to === undefined || this.#roles[from] !== this.#roles[to]) {
      return { problem: 'A ladder chart needs two columns of datetimes (or of numbers): where each bar begins and ends.' };
    }
    const labels = this.#wish.series.length > 0 ? this.#indexes(this.#wish.series) : this.#texts();
    return this.#spec({ x: from, y: [from, to], series: labels });
  }

  /** Columns of text from the outermost rectangles inwards, and one of numbers for their size. */
  #treemap(): ChartSpec | NoChart {
    const texts = this.#wish.series.length > 0 ? this.#indexes(this.#wish.series) : this.#texts();
    const outer = this.#find(this.#wish.xColumn) ?? texts[0];
    const [value] = this.#wish.yColumns.length > 0 ? this.#indexes(this.#wish.yColumns) : [this.#roles.indexOf('number')];
    if (outer === undefined) return { problem: 'A treemap needs a column of text, and the result has none.' };
    const hasValue = value !== undefined && this.#roles[value] === 'number' && this.#aggregate !== 'count';
    if (!hasValue && this.#aggregate !== 'count') return { problem: 'A treemap needs a column of numbers, and the result has none.' };
    return this.#spec({ x: outer, y: hasValue ? [value] : [], series: texts.filter((index) => index !== outer) });
  }

  /** Edges: two columns of text, from and to; a column of numbers makes them thick. */
  #graph(): ChartSpec | NoChart {
    const texts = this.#texts();
    const from = this.#find(this.#wish.xColumn) ?? texts[0];
    const to = this.#indexes(this.#wish.series)[0] ?? texts.find((index) => index !== from);
    if (from === undefined || to === undefined) return { problem: 'A graph needs two columns of text: where each edge begins and ends.' };
    const value = this.#wish.yColumns.length > 0 ? this.#indexes(this.#wish.yColumns)[0] : undefined;
    return this.#spec({ x: from, y: value === undefined ? [] : [value], series: [to] });
  }

  #spec(chosen: Pick<ChartSpec, 'x' | 'y' | 'series'> & { readonly anomalies?: readonly number[] }): ChartSpec {
    const facts = kindFacts(this.#kind);
    const stacking = this.#wish.stacking ?? facts.stacking ?? 'none';
    return {
      kind: this.#kind,
      wish: this.#wish,
      columns: this.#columns,
      roles: this.#roles,
      stacking,
      anomalies: [],
      ...chosen,
      aggregate: this.#aggregate ?? ownGathering(this.#kind, stacking, chosen.y.length),
    };
  }

  #texts(): readonly number[] {
    return this.#columns.map((_, index) => index).filter((index) => this.#roles[index] === 'text');
  }

  #indexes(names: readonly string[]): readonly number[] {
    return names.flatMap((name) => this.#find(name) ?? []);
  }

  /** Names are case-sensitive; where none fits so, case is ignored, as services differ. */
  #find(name: string | undefined): number | undefined {
    if (name === undefined) return undefined;
    const exact = this.#columns.findIndex((column) => column.name === name);
    const loose = exact >= 0 ? exact : this.#columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
    return loose < 0 ? undefined : loose;
  }

  #name(index: number): string {
    return this.#columns[index]?.name ?? '';
  }
}

/** Rows of one x stay points of their own in lines and clouds; bars, areas and slices of one x are one. */
function ownGathering(kind: ChartKind, stacking: Stacking, values: number): Gathering {
  if (values === 0) return 'count';
  const { mark, shape } = kindFacts(kind);
  const isOne = shape === 'pie' || shape === 'treemap' || shape === 'graph' || mark === 'bar' || (mark === 'area' && stacking !== 'none');
  return isOne ? 'sum' : 'none';
}
