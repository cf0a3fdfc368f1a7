import type * as Sentinel from '@azure/arm-securityinsight';
import type { IncidentQuery } from '../../../common/incidents';
import { MAX_INCIDENTS_PER_PAGE } from '../../incidentList';
import { isObject } from '../answer/envelope';
import type { Caller } from '../wire/azureCall';
import { incidentFilter, incidentOrder, severitiesInOrder } from './incidentFilter';
import type { SentinelApi } from './sentinelApi';

/** Where a page begins. */
interface Place {
  /** Address of the service's next page; for the order by severity, absent. */
  readonly link?: string | undefined;
  /** Index of the severity that comes next, and the number of the last incident of it that was shown. */
  readonly severity?: number | undefined;
  readonly afterNumber?: number | undefined;
}

/** What is known when a page is asked for, besides the query. */
interface Cursor extends Place {
  /** Incidents on the pages before. */
  readonly seen: number;
  readonly total: number;
  readonly totalIsLeast: boolean;
}

export interface RawPage {
  readonly incidents: readonly Sentinel.Incident[];
  readonly total: number;
  readonly totalIsLeast: boolean;
  readonly next?: string | undefined;
}

interface Found {
  readonly incidents: readonly Sentinel.Incident[];
  /** Absent on the last page. */
  readonly next?: Place | undefined;
}

const start: Cursor = { seen: 0, total: 0, totalIsLeast: true };

/**
 * A page of incidents. The service filters, sorts and pages; it does not count: up to a thousand are counted with the first page, more
 * are known as more.
 * @throws as {@link SentinelApi.incidents}
 */
export async function readPage(api: SentinelApi, query: IncidentQuery, caller: Caller): Promise<RawPage> {
  const cursor = readCursor(query.next);
  const top = Math.max(1, Math.min(MAX_INCIDENTS_PER_PAGE, Math.trunc(query.top) || 1));
  const { incidents, next } =
    query.orderBy === 'severity' ? await pageBySeverity(api, query, cursor, top, caller) : await page(api, query, cursor, top, caller);
  const seen = cursor.seen + incidents.length;
  if (!next) return { incidents, total: seen, totalIsLeast: false };
  const counted = query.next === undefined ? await count(api, query, caller) : cursor;
  const total = Math.max(counted.total, seen + 1);
  const { totalIsLeast } = counted;
  return { incidents, total, totalIsLeast, next: JSON.stringify({ ...next, seen, total, totalIsLeast } satisfies Cursor) };
}

async function page(api: SentinelApi, query: IncidentQuery, { link }: Place, top: number, caller: Caller): Promise<Found> {
  const { orderBy, descending } = query;
  const order = orderBy === 'severity' ? 'number' : orderBy;
  let read = await api.incidents(link ?? { filter: incidentFilter(query), orderBy: incidentOrder(order, descending), top }, caller);
  // A service may answer with an empty page that has a next one.
  while (read.incidents.length === 0 && read.next !== undefined) read = await api.incidents(read.next, caller);
  return { incidents: read.incidents, next: read.next === undefined ? undefined : { link: read.next } };
}

/** Severity by severity, by number within each, as local workspaces have it. */
async function pageBySeverity(api: SentinelApi, query: IncidentQuery, place: Place, top: number, caller: Caller): Promise<Found> {
  const severities = severitiesInOrder(query);
  const orderBy = incidentOrder('number', query.descending);
  const incidents: Sentinel.Incident[] = [];
  let { severity = 0, afterNumber } = place;
  while (severity < severities.length && incidents.length < top) {
    const filter = incidentFilter(query, { severities: severities.slice(severity, severity + 1), afterNumber });
    const { incidents: some, next } = await api.incidents({ filter, orderBy, top: top - incidents.length }, caller);
    incidents.push(...some);
    const last = some.at(-1)?.incidentNumber;
    if (next !== undefined && last !== undefined) {
      afterNumber = last;
    } else {
      severity++;
      afterNumber = undefined;
    }
  }
  const left = severities.slice(severity);
  if (left.length === 0) return { incidents };
  if (afterNumber === undefined) {
    const { incidents: more } = await api.incidents({ filter: incidentFilter(query, { severities: left }), top: 1 }, caller);
    if (more.length === 0) return { incidents };
  }
  return { incidents, next: { severity, afterNumber } };
}

async function count(api: SentinelApi, query: IncidentQuery, caller: Caller): Promise<Pick<Cursor, 'total' | 'totalIsLeast'>> {
  const { incidents, next } = await api.incidents({ filter: incidentFilter(query), top: MAX_INCIDENTS_PER_PAGE }, caller);
  return { total: incidents.length, totalIsLeast: next !== undefined };
}

/** As local workspaces do, an unreadable one starts from the first page. */
function readCursor(next: string | undefined): Cursor {
  if (next === undefined) return start;
  try {
    const read: unknown = JSON.parse(next);
    if (!isObject(read)) return start;
    const { link, severity, afterNumber, seen, total, totalIsLeast } = read;
    return {
      link: typeof link === 'string' ? link : undefined,
      severity: typeof severity === 'number' ? severity : undefined,
      afterNumber: typeof afterNumber === 'number' ? afterNumber : undefined,
      seen: typeof seen === 'number' ? seen : 0,
      total: typeof total === 'number' ? total : 0,
      totalIsLeast: totalIsLeast !== false,
    };
  } catch {
    return start;
  }
}
