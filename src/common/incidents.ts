/**
 * Incidents as Microsoft Sentinel has them, reduced to what people read and hunts need.
 * Names follow the SecurityInsights REST API (2022-09-01-preview).
 */
export type Severity = 'High' | 'Medium' | 'Low' | 'Informational';
export type IncidentStatus = 'New' | 'Active' | 'Closed';

export interface IncidentOwner {
  readonly name: string;
  readonly email?: string | undefined;
  /** Of the directory: what the service assigns by. */
  readonly objectId?: string | undefined;
}

/** Directories know people by id; elsewhere a name has to do. */
export function isSameOwner(left: IncidentOwner | undefined, right: IncidentOwner | undefined): boolean {
  if (left?.objectId !== undefined && right?.objectId !== undefined) return left.objectId === right.objectId;
  return left !== undefined && left.name === right?.name;
}

export interface Incident {
  /** Unique in its workspace; shown to people as `#1042`. */
  readonly number: number;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly status: IncidentStatus;
  readonly owner?: IncidentOwner | undefined;
  /** Times are ISO 8601, UTC. */
  readonly createdTime: string;
  readonly lastModifiedTime: string;
  readonly firstActivityTime: string;
  readonly lastActivityTime: string;
  /** MITRE ATT&CK tactics as Sentinel spells them: `InitialAccess`, … */
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly labels: readonly string[];
  readonly providers: readonly string[];
  readonly alertCount: number;
  readonly commentCount: number;
  readonly classification?: IncidentClassification | undefined;
  readonly classificationReason?: ClassificationReason | undefined;
  readonly classificationComment?: string | undefined;
  /** Of the service: changes with every write. */
  readonly etag?: string | undefined;
  /** Page of the incident in the Azure portal. */
  readonly portalUrl?: string | undefined;
  /** Page of the incident in the Microsoft Defender portal, when it is known there. */
  readonly defenderUrl?: string | undefined;
}

export const classifications = ['TruePositive', 'BenignPositive', 'FalsePositive', 'Undetermined'] as const;
export type IncidentClassification = (typeof classifications)[number];

/** Which classification takes which reason, as the service demands. */
export const classificationReasons = {
  TruePositive: ['SuspiciousActivity'],
  BenignPositive: ['SuspiciousButExpected'],
  FalsePositive: ['InaccurateData', 'IncorrectAlertLogic'],
  Undetermined: [],
} as const;
export type ClassificationReason = (typeof classificationReasons)[IncidentClassification][number];

/** Longest comment that the service takes, UTF-16 code units. */
export const MAX_COMMENT_CHARS = 30_000;
/** Most comments of an incident. */
export const MAX_COMMENTS = 100;

/** Fields of an incident that people change; an absent one stays. */
export interface IncidentFields {
  readonly severity?: Severity | undefined;
  readonly status?: IncidentStatus | undefined;
  /** `null`: nobody. */
  readonly owner?: IncidentOwner | null | undefined;
  readonly labels?: readonly string[] | undefined;
  /** With the status `Closed` only. */
  readonly classification?: IncidentClassification | undefined;
  readonly classificationReason?: ClassificationReason | undefined;
  readonly classificationComment?: string | undefined;
}

/**
 * A change that someone made while looking at `base`. What others changed meanwhile in other fields is kept; where both changed the same
 * field to different values the change fails with `incidentConflict`, nothing is written, and the error holds both values.
 */
export interface IncidentChange {
  readonly base: Incident;
  readonly fields: IncidentFields;
}

export interface IncidentAlert {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly severity: Severity;
  readonly product: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly tactics: readonly string[];
}

export interface IncidentComment {
  /** By which it is deleted; absent where that cannot be: in the data of a local workspace. */
  readonly id?: string | undefined;
  readonly author: string;
  readonly createdTime: string;
  /** Markdown, written by people: untrusted. */
  readonly message: string;
}

/** An entity of an incident; `kind` as in the SecurityInsights API. */
export type Entity =
  | { readonly kind: 'Account'; readonly upn: string; readonly name: string; readonly objectId?: string | undefined }
  | { readonly kind: 'Host'; readonly name: string; readonly domain?: string | undefined; readonly os?: string | undefined }
  | { readonly kind: 'Ip'; readonly address: string; readonly country?: string | undefined }
  | { readonly kind: 'Process'; readonly name: string; readonly commandLine: string; readonly processId?: string | undefined; readonly host?: string | undefined }
  | { readonly kind: 'File'; readonly name: string; readonly directory?: string | undefined }
  | { readonly kind: 'FileHash'; readonly algorithm: 'MD5' | 'SHA1' | 'SHA256'; readonly value: string }
  | { readonly kind: 'Url'; readonly url: string }
  | { readonly kind: 'DnsResolution'; readonly domain: string }
  | { readonly kind: 'Mailbox'; readonly address: string }
  | { readonly kind: 'CloudApplication'; readonly name: string; readonly appId?: string | undefined }
  | { readonly kind: 'AzureResource'; readonly resourceId: string }
  /** Of a kind that hunts have no use for; `type` is the service's word for it. */
  | { readonly kind: 'Other'; readonly type: string; readonly name: string };

export type EntityKind = Entity['kind'];

export interface IncidentDetails {
  readonly incident: Incident;
  readonly alerts: readonly IncidentAlert[];
  readonly entities: readonly Entity[];
  readonly comments: readonly IncidentComment[];
  /** Absent where a workspace has none. */
  readonly bookmarks?: readonly IncidentBookmark[] | undefined;
}

export interface IncidentBookmark {
  readonly id: string;
  readonly name: string;
  readonly notes: string;
  readonly createdTime: string;
  readonly query: string;
}

export interface IncidentQuery {
  /** Empty or absent: all. */
  readonly statuses?: readonly IncidentStatus[] | undefined;
  readonly severities?: readonly Severity[] | undefined;
  /** Owner's name or e-mail; `unassigned` for none. */
  readonly owner?: string | undefined;
  /** Only incidents created at or after this ISO 8601 time. */
  readonly createdAfter?: string | undefined;
  readonly orderBy: 'createdTime' | 'lastModifiedTime' | 'severity' | 'number';
  readonly descending: boolean;
  /** Most incidents of the page; the service takes 1 to 1000. */
  readonly top: number;
  /** From {@link import('./engineProtocol').IncidentPage.next}. */
  readonly next?: string | undefined;
}
