import type { CancellationToken } from '../common/cancellation';
import { decimalStep, timeStep } from '../common/charts/binSteps';
import { TICKS_PER_MILLISECOND, type WireValue } from '../common/kqlTypes';
import type { ChartData, ChartSeries, ReadChart } from '../common/resultViews';
import { toWire } from '../engine/wire';
import { chartRows, type ChartRows } from './chartRows';
import type { ViewedResult } from './viewedResult';

/** Fewest bins that a chart is drawn of, however many series share its points. */
const FEWEST_BINS = 8;

/**
 * Reads the points of a chart. They are put together in the database, so that what travels is what is drawn.
 * @throws HuntError `refused` for columns that hold no numbers; `notFound` for columns that are not there.
 */
export async function readChart(viewed: ViewedResult, read: ReadChart, token: CancellationToken): Promise<ChartData> {
  return new ChartReader(viewed, read, await chartRows(viewed, read, token), token).read();
}

/** The extent of all that is to be drawn. */
interface Extent {
  readonly points: number;
  readonly rows: number;
  readonly keys: number;
  readonly min: number;
  readonly max: number;
}

class ChartReader {
  readonly #viewed: ViewedResult;
  readonly #read: ReadChart;
  readonly #rows: ChartRows;
  readonly #token: CancellationToken;
  /** Values of each row; one, when rows are counted. */
  readonly #values: number;

  constructor(viewed: ViewedResult, read: ReadChart, rows: ChartRows, token: CancellationToken) {
    this.#viewed = viewed;
    this.#read = read;
    this.#rows = rows;
    this.#token = token;
    this.#values = Math.max(1, read.y.length);
  }

  async read(): Promise<ChartData> {
    const extent = await this.#extent();
    const { maxSeries, maxPoints, aggregate } = this.#read;
    const kept = Math.min(extent.keys, Math.max(1, Math.floor(maxSeries / this.#values)));
    const total = { totalSeries: extent.keys * this.#values, rows: extent.rows };
    if (aggregate === 'none' && extent.points * this.#values <= maxPoints) return { ...total, series: await this.#points(kept) };
    // Two points of each bin: the lowest and the highest.
    const perBin = kept * this.#values * (aggregate === 'none' ? 2 : 1);
    const most = Math.max(FEWEST_BINS, Math.floor(Math.min(maxPoints / perBin, this.#read.maxBins ?? Infinity)));
    const { scale } = this.#rows;
    if (scale === 'text') {
      const leftOut = Math.max(0, (await this.#distinct()) - most);
      return { ...total, series: await this.#gathered(kept, 'x', most), ...(leftOut > 0 ? { leftOut } : {}) };
    }
    if (aggregate !== 'none' && (await this.#distinct(most + 1)) <= most) return { ...total, series: await this.#gathered(kept, 'x') };
    const range = extent.max - extent.min;
    const ticks = Number(TICKS_PER_MILLISECOND);
    const bin = scale === 'number' ? decimalStep(range, most) : timeStep(range / ticks, most);
    const binned = scale === 'number' ? `floor(x / ${bin}) * ${bin}` : `x // ${bin * ticks} * ${bin * ticks}`;
    return { ...total, bin, series: await this.#gathered(kept, binned) };
  }

  async #extent(): Promise<Extent> {
    const range = this.#rows.scale === 'text' ? 'NULL, NULL' : 'CAST(min(x) AS DOUBLE), CAST(max(x) AS DOUBLE)';
    const keys = this.#rows.keys.length === 0 ? '1' : `(SELECT count(*) FROM (SELECT DISTINCT ${this.#rows.keys.join(', ')} FROM points))`;
    const rows = this.#rows.isArrays ? 'count(DISTINCT n)' : 'count(*)';
    const sql = `WITH ${this.#rows.sql} SELECT count(*), ${rows}, ${keys}, ${range} FROM points`;
    const [found = []] = await this.#viewed.rows(sql, this.#token);
    const [points = 0, rowCount = 0, keyCount = 0, min = 0, max = 0] = found.map(Number);
    return { points, rows: rowCount, keys: keyCount, min, max };
  }

  /** Values of x, counted to a limit: whoever asks whether there are few need not know how many. */
  async #distinct(limit?: number): Promise<number> {
    const distinct = `SELECT DISTINCT x FROM points${limit === undefined ? '' : ` LIMIT ${limit}`}`;
    const [found] = await this.#viewed.rows(`WITH ${this.#rows.sql} SELECT count(*) FROM (${distinct})`, this.#token);
    return Number(found?.[0] ?? 0);
  }

  /** Every point as it is. */
  async #points(kept: number): Promise<readonly ChartSeries[]> {
    const order = this.#rows.scale === 'text' ? 'n' : 'x, n';
    const select = `SELECT ${['k', 'x', ...this.#rows.values].join(', ')} FROM ${this.#ranked()} ORDER BY k, ${order}`;
    const rows = await this.#viewed.rows(`WITH ${this.#rows.sql}, ${this.#keysSql(kept)} ${select}`, this.#token);
    return this.#series(kept, rows, (row, y) => [[row[1], row[2 + y]]]);
  }

  /**
   * One point (of `none` two) for each value of an expression of x.
   * @param most Values of texts that are kept.
   */
  async #gathered(kept: number, x: string, most?: number): Promise<readonly ChartSeries[]> {
    const parts = this.#rows.values.length === 0 ? ['count(*)'] : this.#rows.values.flatMap((value) => pointParts[this.#read.aggregate](value));
    const names = parts.map((_, index) => `v${index}`).join(', ');
    const named = parts.map((part, index) => `${part} AS v${index}`).join(', ');
    const gathered = `SELECT k, ${x} AS b, min(n) AS first, ${named} FROM ${this.#ranked()} GROUP BY k, b`;
    const order = this.#read.aggregate === 'count' ? 'sum(v0) DESC, min(first)' : 'min(first)';
    const places = `SELECT b, row_number() OVER (ORDER BY ${order}) AS place FROM gathered GROUP BY b`;
    const limited = `SELECT k, g.b, ${names} FROM gathered g JOIN (${places}) p ON g.b IS NOT DISTINCT FROM p.b WHERE place <= ${most ?? 0} ORDER BY k, place`;
    const chosen = most === undefined ? `SELECT k, b, ${names} FROM gathered ORDER BY k, b` : limited;
    const sql = `WITH ${this.#rows.sql}, ${this.#keysSql(kept)}, gathered AS (${gathered}) ${chosen}`;
    const rows = await this.#viewed.rows(sql, this.#token);
    const isNone = this.#read.aggregate === 'none';
    return this.#series(kept, rows, (row, y) => (isNone ? ends(row.slice(2 + y * 4, 6 + y * 4)) : [[row[1], row[2 + y]]]));
  }

  /** The keys with most rows, numbered from 1. */
  #keysSql(kept: number): string {
    const { keys } = this.#rows;
    if (keys.length === 0) return 'keys AS (SELECT 1 AS k)';
    const list = keys.join(', ');
    return `keys AS (SELECT ${list}, row_number() OVER () AS k FROM (SELECT ${list} FROM points GROUP BY ALL ORDER BY count(*) DESC, min(n) LIMIT ${kept}))`;
  }

  #ranked(): string {
    const { keys } = this.#rows;
    const on = keys.map((key) => `points.${key} IS NOT DISTINCT FROM keys.${key}`);
    return keys.length === 0 ? 'points, keys' : `points JOIN keys ON ${on.join(' AND ')}`;
  }

  async #series(
    kept: number,
    rows: readonly (readonly unknown[])[],
    pointsOf: (row: readonly unknown[], y: number) => readonly (readonly [x: unknown, value: unknown])[],
  ): Promise<readonly ChartSeries[]> {
    const keys = await this.#keyValues(kept);
    return keys.flatMap((values, rank) =>
      Array.from({ length: this.#values }, (_, y): ChartSeries => {
        const points = rows.filter((row) => Number(row[0]) === rank + 1).flatMap((row) => pointsOf(row, y));
        return { keys: values, y, x: points.map(([x]) => this.#wireX(x)), values: points.map(([, value]) => numberOf(value)) };
      }),
    );
  }

  async #keyValues(kept: number): Promise<readonly (readonly WireValue[])[]> {
    const { keys, keyTypes } = this.#rows;
    if (keys.length === 0) return [[]];
    const sql = `WITH ${this.#rows.sql}, ${this.#keysSql(kept)} SELECT ${keys.join(', ')} FROM keys ORDER BY k`;
    const rows = await this.#viewed.rows(sql, this.#token);
    return rows.map((row) => row.map((value, index) => toWire(value, keyTypes[index] ?? 'string')));
  }

  #wireX(value: unknown): WireValue {
    const { xType, scale } = this.#rows;
    // A bin of whole numbers need not be whole.
    return scale === 'number' ? numberOf(value) : toWire(value, xType);
  }
}

/** What is read of the rows of one x: their value, or (`none`) where the lowest and the highest value are, and how much. */
const pointParts: Readonly<Record<ReadChart['aggregate'], (value: string) => readonly string[]>> = {
  none: (value) => [`arg_min(x, ${value})`, `min(${value})`, `arg_max(x, ${value})`, `max(${value})`],
  sum: (value) => [`sum(${value})`],
  mean: (value) => [`avg(${value})`],
  min: (value) => [`min(${value})`],
  max: (value) => [`max(${value})`],
  count: (value) => [`count(${value})`],
};

/** The lowest and the highest point, in the order of x; one where they are the same. */
function ends([lowX, low, highX, high]: readonly unknown[]): readonly (readonly [unknown, unknown])[] {
  if (low === null || low === undefined) return [];
  if (lowX === highX) return low === high ? [[lowX, low]] : [[lowX, low], [highX, high]];
  return Number(lowX) < Number(highX) ? [[lowX, low], [highX, high]] : [[highX, high], [lowX, low]];
}

function numberOf(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}
