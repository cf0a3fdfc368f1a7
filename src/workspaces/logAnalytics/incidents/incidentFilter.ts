import { HuntError } from '../../../common/errors';
import type { IncidentQuery, Severity } from '../../../common/incidents';

/** A part of a list: what narrows it further than people asked. */
export interface Part {
  /** Instead of those of the query. */
  readonly severities?: readonly Severity[] | undefined;
  /** Only incidents behind this one, in the direction of the query. */
  readonly afterNumber?: number | undefined;
}

/**
 * `$filter` of the incidents that people ask for; undefined for all.
 * @throws HuntError `refused` for a time that is none.
 * @see https://learn.microsoft.com/rest/api/securityinsights/incidents/list
 */
export function incidentFilter(query: IncidentQuery, part: Part = {}): string | undefined {
  const { statuses = [], owner = '', createdAfter, descending } = query;
  const { severities = query.severities ?? [], afterNumber } = part;
  const clauses = [
    anyOf('properties/status', statuses),
    anyOf('properties/severity', severities),
    createdAfter === undefined ? '' : `properties/createdTimeUtc ge ${timeOf(createdAfter)}`,
    owner === '' ? '' : ownerClause(owner),
    afterNumber === undefined ? '' : `properties/incidentNumber ${descending ? 'lt' : 'gt'} ${afterNumber}`,
  ].filter((clause) => clause !== '');
  return clauses.length === 0 ? undefined : clauses.join(' and ');
}

/** The one incident with this number. */
export function numberFilter(number: number): string {
  return `properties/incidentNumber eq ${number}`;
}

const orderPaths = {
  createdTime: 'properties/createdTimeUtc',
  lastModifiedTime: 'properties/lastModifiedTimeUtc',
  number: 'properties/incidentNumber',
} as const;

/** `$orderby`. The service orders severities as words, if at all: they are asked for one by one. */
export function incidentOrder(orderBy: keyof typeof orderPaths, descending: boolean): string {
  return `${orderPaths[orderBy]} ${descending ? 'desc' : 'asc'}`;
}

const bySeverity: readonly Severity[] = ['Informational', 'Low', 'Medium', 'High'];

/** The severities that people ask for, in the order in which they ask for them. */
export function severitiesInOrder({ severities = [], descending }: IncidentQuery): readonly Severity[] {
  const wanted = bySeverity.filter((severity) => severities.length === 0 || severities.includes(severity));
  return descending ? [...wanted].reverse() : wanted;
}

function anyOf(path: string, values: readonly string[]): string {
  if (values.length === 0) return '';
  return `(${values.map((value) => `${path} eq ${literal(value)}`).join(' or ')})`;
}

/** By name or address, as people know each other. */
function ownerClause(owner: string): string {
  if (owner.toLowerCase() === 'unassigned') return 'properties/owner/objectId eq null';
  const paths = ['properties/owner/assignedTo', 'properties/owner/email', 'properties/owner/userPrincipalName'];
  return `(${paths.map((path) => `${path} eq ${literal(owner)}`).join(' or ')})`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function timeOf(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new HuntError({ kind: 'refused', message: `"${text}" is no time: write it as 2026-01-31T12:00:00Z.` });
  return time.toISOString();
}
