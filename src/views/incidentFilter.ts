import type { IncidentQuery, IncidentStatus, Severity } from '../common/incidents';

export const statuses: readonly IncidentStatus[] = ['New', 'Active', 'Closed'];
export const severities: readonly Severity[] = ['High', 'Medium', 'Low', 'Informational'];
/** Hours. */
export const periods = [24, 72, 168, 720] as const;

/** Which incidents the view shows, as people choose it. Empty lists and absent values: all. */
export interface IncidentFilter {
  readonly statuses: readonly IncidentStatus[];
  readonly severities: readonly Severity[];
  /** Name, or `unassigned`. */
  readonly owner?: string | undefined;
  /** Only incidents created in the last so many hours. */
  readonly createdWithinHours?: number | undefined;
}

export type IncidentOrder = Pick<IncidentQuery, 'orderBy' | 'descending'>;

export const everyIncident: IncidentFilter = { statuses: [], severities: [] };
export const newestFirst: IncidentOrder = { orderBy: 'createdTime', descending: true };

export function isFiltered(filter: IncidentFilter): boolean {
  const { statuses: ofStatus, severities: ofSeverity, owner, createdWithinHours } = filter;
  return ofStatus.length > 0 || ofSeverity.length > 0 || owner !== undefined || createdWithinHours !== undefined;
}

/** The filter as one line: `New, Active · High · unassigned · last 7 days`. */
export function describeFilter(filter: IncidentFilter): string {
  const period = filter.createdWithinHours === undefined ? '' : `last ${describePeriod(filter.createdWithinHours)}`;
  return [filter.statuses.join(', '), filter.severities.join(', '), filter.owner ?? '', period].filter((part) => part !== '').join(' · ');
}

export function describePeriod(hours: number): string {
  return hours <= 24 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

export function incidentQuery(filter: IncidentFilter, order: IncidentOrder, top: number, now: number, next?: string): IncidentQuery {
  const { createdWithinHours } = filter;
  return {
    ...order,
    statuses: filter.statuses,
    severities: filter.severities,
    owner: filter.owner,
    createdAfter: createdWithinHours === undefined ? undefined : new Date(now - createdWithinHours * 3_600_000).toISOString(),
    top,
    next,
  };
}

/** Reads a filter that was remembered, or given by a keybinding; what it does not understand is left out. */
export function readFilter(value: unknown): IncidentFilter {
  const given: Partial<Record<keyof IncidentFilter, unknown>> = typeof value === 'object' && value !== null ? value : {};
  return {
    statuses: known(given.statuses, statuses),
    severities: known(given.severities, severities),
    ...(typeof given.owner === 'string' && given.owner !== '' ? { owner: given.owner } : {}),
    ...(typeof given.createdWithinHours === 'number' && given.createdWithinHours > 0 ? { createdWithinHours: given.createdWithinHours } : {}),
  };
}

/** As {@link readFilter}, for an order. */
export function readOrder(value: unknown): IncidentOrder {
  const given: Partial<Record<keyof IncidentOrder, unknown>> = typeof value === 'object' && value !== null ? value : {};
  const orderBy = orders.find((order) => order === given.orderBy);
  return orderBy ? { orderBy, descending: given.descending !== false } : newestFirst;
}

export const orders: readonly IncidentOrder['orderBy'][] = ['createdTime', 'lastModifiedTime', 'severity', 'number'];

function known<T extends string>(value: unknown, all: readonly T[]): readonly T[] {
  return Array.isArray(value) ? all.filter((one) => value.includes(one)) : [];
}
