import type { WorkspaceSchema } from '../common/engineProtocol';
import type { EntityParameter } from './incidentEntities';

/** A first query of an investigation. It names parameters and results, never values: text of the incident stands in parameters alone. */
export interface HuntQuery {
  /** Name of its result. */
  readonly name: string;
  readonly about: string;
  /** Tables that it reads. None: it reads results alone. */
  readonly tables: readonly string[];
  /** Results that it reads; it is left out when one of them is. */
  readonly results?: readonly string[];
  readonly kql: string;
  /** Its rows in the timeline: operators that make TimeGenerated, Source and What. */
  readonly timeline?: string;
}

/** Queries for one kind of entity. */
export interface HuntSection {
  /** Absent: it needs no entity. */
  readonly needs?: EntityParameter;
  readonly title: string;
  readonly about: string;
  readonly queries: readonly HuntQuery[];
}

/** Every query on a table begins with the incident's time window. */
export const inWindow = '| where TimeGenerated between (windowStart .. windowEnd)';

/** Tables that hunts may query: those that hold rows, and those of which nobody counts them. */
export function tablesWithData({ tables }: WorkspaceSchema): ReadonlySet<string> {
  return new Set(tables.filter(({ rowCount }) => rowCount !== 0).map(({ name }) => name));
}
