import type { IncidentOwner } from '../common/incidents';
import { type IncidentFilter, readFilter } from './incidentFilter';

/** A filter with the name that people gave it. */
export interface SavedFilter {
  readonly name: string;
  readonly filter: IncidentFilter;
}

/** Reads filters that were remembered; what it does not understand is left out. */
export function readSavedFilters(value: unknown): readonly SavedFilter[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    const given: Partial<Record<keyof SavedFilter, unknown>> = typeof one === 'object' && one !== null ? one : {};
    return typeof given.name === 'string' && given.name !== '' ? [{ name: given.name, filter: readFilter(given.filter) }] : [];
  });
}

/** With a filter under a name, in place of one that had it. */
export function withSavedFilter(filters: readonly SavedFilter[], saved: SavedFilter): readonly SavedFilter[] {
  return [...filters.filter(({ name }) => name !== saved.name), saved].sort((left, right) => left.name.localeCompare(right.name));
}

/** Filters that everyone wants. @param me Whoever looks, when that is known. */
export function commonFilters(me: IncidentOwner | undefined): readonly SavedFilter[] {
  const mine = me && { name: 'Assigned to me', filter: { statuses: ['New', 'Active'], severities: [], owner: me.email ?? me.name } as const };
  return [
    ...(mine ? [mine] : []),
    { name: 'New and unassigned', filter: { statuses: ['New'], severities: [], owner: 'unassigned' } },
    { name: 'Open, high severity', filter: { statuses: ['New', 'Active'], severities: ['High'] } },
    { name: 'Of the last 24 hours', filter: { statuses: [], severities: [], createdWithinHours: 24 } },
  ];
}
