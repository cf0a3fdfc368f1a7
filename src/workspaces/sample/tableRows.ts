import type { Column } from '../../common/kqlTypes';
import { knownTable } from '../schemas/knownSchemas';
import { DAY, DAYS_OF_DATA } from './storyTime';

/**
 * A value of a cell. Datetimes are offsets in milliseconds (`storyTime.ts`), dynamics are JSON text; an absent string is empty,
 * anything else absent is null.
 */
export type Cell = string | number | boolean | null | undefined;
export type Row = Readonly<Record<string, Cell>>;

/** The span of time that the sample covers, as offsets. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

/** The whole sample, up to the offset of `now` in its day. */
export function samplePeriod(now: number): Period {
  return { start: -DAYS_OF_DATA * DAY, end: now };
}

/** The rows of a table in the order of their times: their times, their own cells, and the cells they share, by position. */
export interface SortedRows {
  readonly times: readonly number[];
  readonly own: readonly Row[];
  readonly shared: readonly (readonly Row[])[];
}

/** Stands where a row shares nothing. */
export const noCells: Row = {};

/** Collects the rows of one table in any order. Rows outside the period are left out: nothing is later than `now`. */
export class TableRows {
  readonly columns: readonly Column[];
  readonly #period: Period;
  readonly #times: number[] = [];
  readonly #own: Row[] = [];
  readonly #shared: Row[][] = [];

  constructor(
    readonly name: string,
    period: Period,
    /** Values that all rows share unless they have their own, by column. */
    readonly constants: Row = {},
    /** For tables that are not known ones. */
    columns?: readonly Column[],
  ) {
    const known = columns ?? knownTable(name);
    if (!known) throw new Error(`no schema of the table ${name}`);
    this.columns = known;
    this.#period = period;
  }

  get count(): number {
    return this.#times.length;
  }

  /**
   * Adds a row of that time; `TimeGenerated` is set from it. What many rows have in common (the columns of a device, of an account) comes
   * as shared objects, the same object each time and the same kind at the same position: they are written once. A cell is taken from the
   * row's own, else from the first shared object that has it, else from the constants.
   */
  add(time: number, own: Row, ...shared: readonly Row[]): void {
    if (time < this.#period.start || time > this.#period.end) return;
    const before = this.#times.length;
    this.#times.push(time);
    this.#own.push(own);
    while (this.#shared.length < shared.length) this.#shared.push(new Array<Row>(before).fill(noCells));
    for (let position = 0; position < this.#shared.length; position++) this.#shared[position]?.push(shared[position] ?? noCells);
  }

  sorted(): SortedRows {
    const times = this.#times;
    const order = times.map((_, index) => index).sort((left, right) => (times[left] ?? 0) - (times[right] ?? 0));
    const inOrder = <T>(values: readonly T[]): T[] => order.map((index) => values[index] as T);
    return { times: inOrder(times), own: inOrder(this.#own), shared: this.#shared.map(inOrder) };
  }
}

/** Makes what is shared once for each key. */
export function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      value = make(key);
      made.set(key, value);
    }
    return value;
  };
}
