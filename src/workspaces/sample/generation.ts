import { Random } from './random';
import { type Period, type Row, samplePeriod, TableRows } from './tableRows';
import { company } from './world/company';
import { World } from './world/world';

/** What a table's generator works with. Generators always make the whole of day 0; rows later than `now` are left out when added. */
export class Generation {
  readonly world: World;
  readonly period: Period;

  constructor(
    /** Midnight of day 0, milliseconds since 1970. */
    readonly dayStart: number,
    now: Date,
  ) {
    this.world = new World(dayStart);
    this.period = samplePeriod(now.getTime() - dayStart);
  }

  random(label: string): Random {
    return new Random(`contoso ${label}`);
  }

  rows(name: string, constants: Row = {}): TableRows {
    return new TableRows(name, this.period, { TenantId: company.workspaceId, ...constants });
  }

  /** ISO 8601 of an offset, for times inside texts and JSON. */
  iso(offset: number): string {
    return new Date(this.dayStart + offset).toISOString();
  }
}
