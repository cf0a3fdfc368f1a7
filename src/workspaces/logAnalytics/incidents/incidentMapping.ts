import type * as Sentinel from '@azure/arm-securityinsight';
import {
  type ClassificationReason,
  classificationReasons,
  classifications,
  type Incident,
  type IncidentAlert,
  type IncidentBookmark,
  type IncidentComment,
  type IncidentFields,
  type IncidentOwner,
  type IncidentStatus,
  type Severity,
} from '../../../common/incidents';
import { oneOf, pageOf, textOf, timeOf } from './rawValues';

const severities: readonly Severity[] = ['High', 'Medium', 'Low', 'Informational'];
const statuses: readonly IncidentStatus[] = ['New', 'Active', 'Closed'];
const reasons: readonly ClassificationReason[] = Object.values(classificationReasons).flat();

/** @param portal Address of the portal, for what the service gives no address of. */
export function incidentOf(raw: Sentinel.Incident, portal: string): Incident {
  const { additionalData: more } = raw;
  const createdTime = timeOf(raw.createdTimeUtc) ?? '';
  const owner = ownerOf(raw.owner);
  return {
    number: raw.incidentNumber ?? 0,
    title: textOf(raw.title) ?? '',
    description: textOf(raw.description) ?? '',
    severity: oneOf(severities, raw.severity) ?? 'Informational',
    status: oneOf(statuses, raw.status) ?? 'New',
    ...(owner ? { owner } : {}),
    createdTime,
    lastModifiedTime: timeOf(raw.lastModifiedTimeUtc) ?? createdTime,
    // An incident that people made has no activity yet.
    firstActivityTime: timeOf(raw.firstActivityTimeUtc) ?? createdTime,
    lastActivityTime: timeOf(raw.lastActivityTimeUtc) ?? createdTime,
    tactics: more?.tactics ?? [],
    techniques: more?.techniques ?? [],
    labels: (raw.labels ?? []).map(({ labelName }) => labelName),
    providers: more?.alertProductNames ?? [],
    alertCount: more?.alertsCount ?? 0,
    commentCount: more?.commentsCount ?? 0,
    classification: oneOf(classifications, raw.classification),
    classificationReason: oneOf(reasons, raw.classificationReason),
    classificationComment: textOf(raw.classificationComment),
    etag: textOf(raw.etag),
    portalUrl: pageOf(raw.incidentUrl) ?? (raw.id === undefined ? undefined : `${portal}/#asset/Microsoft_Azure_Security_Insights/Incident${raw.id}`),
    defenderUrl: pageOf(more?.providerIncidentUrl),
  };
}

/** What is written anew, or left out: an open incident has no classification, and one without an owner no owner. */
const rewritten: ReadonlySet<string> = new Set<keyof Sentinel.Incident>([
  'owner',
  'classification',
  'classificationReason',
  'classificationComment',
]);

/**
 * The whole incident to be written, for the service replaces it: what is left out would be gone. The SDK has
 * the times of the first and last activity to the millisecond, and so they are written back.
 * @param fields What people change.
 * @param wanted The incident with the fields in it.
 */
export function withWritten(raw: Sentinel.Incident, fields: IncidentFields, wanted: Incident): Sentinel.Incident {
  const kept = Object.fromEntries(Object.entries(raw).filter(([name]) => !rewritten.has(name))) as Sentinel.Incident;
  const newOwner = fields.owner === undefined ? raw.owner : rawOwner(fields.owner);
  const { classification, classificationReason, classificationComment } = wanted;
  return {
    ...kept,
    severity: wanted.severity,
    status: wanted.status,
    labels: wanted.labels.map((labelName) => ({ labelName })),
    ...(newOwner ? { owner: newOwner } : {}),
    ...(classification === undefined ? {} : { classification }),
    ...(classificationReason === undefined ? {} : { classificationReason }),
    ...(classificationComment === undefined ? {} : { classificationComment }),
  };
}

export function commentOf({ name: id, message, createdTimeUtc, author }: Sentinel.IncidentComment): IncidentComment {
  return { ...(id === undefined ? {} : { id }), author: personOf(author), createdTime: timeOf(createdTimeUtc) ?? '', message: message ?? '' };
}

export function alertOf(raw: Sentinel.SecurityAlert): IncidentAlert {
  const startTime = timeOf(raw.startTimeUtc) ?? timeOf(raw.timeGenerated) ?? '';
  return {
    id: textOf(raw.systemAlertId) ?? raw.name ?? '',
    name: textOf(raw.alertDisplayName) ?? textOf(raw.friendlyName) ?? '',
    description: textOf(raw.description) ?? '',
    severity: oneOf(severities, raw.severity) ?? 'Informational',
    product: textOf(raw.productName) ?? '',
    startTime,
    endTime: timeOf(raw.endTimeUtc) ?? startTime,
    tactics: raw.tactics ?? [],
  };
}

export function bookmarkOf(raw: Sentinel.HuntingBookmark): IncidentBookmark {
  return {
    id: raw.name ?? '',
    name: textOf(raw.displayName) ?? '',
    notes: textOf(raw.notes) ?? '',
    createdTime: timeOf(raw.created) ?? '',
    query: textOf(raw.query) ?? '',
  };
}

/** Whoever is named by anything. */
export function personOf(person: Sentinel.ClientInfo | Sentinel.UserInfo | undefined): string {
  const address = person && 'userPrincipalName' in person ? person.userPrincipalName : undefined;
  return textOf(person?.name) ?? textOf(address) ?? textOf(person?.email) ?? textOf(person?.objectId) ?? '';
}

/** Nobody is an owner without a name. */
function ownerOf(raw: Sentinel.IncidentOwnerInfo | undefined): IncidentOwner | undefined {
  const objectId = textOf(raw?.objectId);
  const email = textOf(raw?.email) ?? textOf(raw?.userPrincipalName);
  const name = textOf(raw?.assignedTo) ?? email ?? objectId;
  return name === undefined ? undefined : { name, email, objectId };
}

function rawOwner(owner: IncidentOwner | null): Sentinel.IncidentOwnerInfo | undefined {
  if (!owner) return undefined;
  const { name, email, objectId } = owner;
  return {
    assignedTo: name,
    ...(email === undefined ? {} : { email, userPrincipalName: email }),
    ...(objectId === undefined ? {} : { objectId }),
  };
}
