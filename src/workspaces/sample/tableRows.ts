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

/** Collects the rows of one table in any order. Rows outside the period are left out: nothing is later than `now`. */
export class TableRows {
  readonly columns: readonly Column[];
  readonly #period: Period;
  readonly #rows: { readonly time: number; readonly row: Row }[] = [];

  constructor(
    readonly name: string,
    period: Period,
    /** Values that all rows share, by column. */
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
    return this.#rows.length;
  }

  /** Adds a row of that time; `TimeGenerated` is set from it. */
  add(time: number, row: Row): void {
    if (time < this.#period.start || time > this.#period.end) return;
    this.#rows.push({ time, row });
  }

  /** The rows in the order of their times, and those times. */
  sorted(): { readonly times: readonly number[]; readonly rows: readonly Row[] } {
    this.#rows.sort((left, right) => left.time - right.time);
    return { times: this.#rows.map(({ time }) => time), rows: this.#rows.map(({ row }) => row) };
  }
}
