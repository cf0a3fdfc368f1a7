import { randomBytes, randomUUID } from 'node:crypto';
import type { Entity, Incident, IncidentAlert, IncidentDetails } from '../../../src/common/incidents';
import type { JsonObject } from '../http/messages';
import type { Caller } from '../login/tokens';
import type { TaskDefinition, WatchlistDefinition } from '../world/definitions';
import { stableGuid } from '../world/world';

/** A resource of SecurityInsights: its `properties` as they travel, and its version. */
export interface StoredResource {
  readonly name: string;
  etag: string;
  properties: JsonObject;
}

export interface StoredIncident extends StoredResource {
  readonly alerts: readonly IncidentAlert[];
  readonly entities: readonly Entity[];
  readonly comments: Map<string, StoredResource>;
  /** To bookmarks. */
  readonly relations: Map<string, StoredResource>;
  readonly tasks: Map<string, StoredResource>;
}

export interface StoredWatchlist extends StoredResource {
  readonly items: Map<string, StoredResource>;
  /** Counts the changes. */
  version: number;
}

/** What a workspace with Microsoft Sentinel holds besides its logs. Everything is found by its name in lower case. */
export class SentinelStore {
  readonly incidents = new Map<string, StoredIncident>();
  readonly bookmarks = new Map<string, StoredResource>();
  readonly watchlists = new Map<string, StoredWatchlist>();
  readonly #workspace: string;
  readonly #now: () => Date;
  #lastNumber = 0;

  constructor(workspaceResourceId: string, now: () => Date) {
    this.#workspace = workspaceResourceId;
    this.#now = now;
  }

  /** `/…/providers/Microsoft.SecurityInsights/…` of this workspace. */
  resourceId(path: string): string {
    return `${this.#workspace}/providers/Microsoft.SecurityInsights/${path}`;
  }

  nextNumber(): number {
    return ++this.#lastNumber;
  }

  now(): string {
    return this.#now().toISOString();
  }

  newEtag(): string {
    return `"${randomBytes(4).toString('hex')}-0000-0000-0000-${randomBytes(6).toString('hex')}"`;
  }

  byNumber(number: number): StoredIncident | undefined {
    return [...this.incidents.values()].find(({ properties }) => properties['incidentNumber'] === number);
  }

  addIncident({ incident, alerts, entities, comments }: IncidentDetails): StoredIncident {
    const name = stableGuid(`${this.#workspace} incident ${incident.number}`);
    this.#lastNumber = Math.max(this.#lastNumber, incident.number);
    const stored: StoredIncident = {
      name,
      etag: this.newEtag(),
      alerts,
      entities,
      comments: new Map(),
      relations: new Map(),
      tasks: new Map(),
      properties: {
        title: incident.title,
        description: incident.description,
        severity: incident.severity,
        status: incident.status,
        ...(incident.classification === undefined ? {} : { classification: incident.classification }),
        ...(incident.classificationReason === undefined ? {} : { classificationReason: incident.classificationReason }),
        ...(incident.classificationComment === undefined ? {} : { classificationComment: incident.classificationComment }),
        owner: ownerOf(incident.owner),
        labels: incident.labels.map((labelName) => ({ labelName, labelType: 'User' })),
        firstActivityTimeUtc: incident.firstActivityTime,
        lastActivityTimeUtc: incident.lastActivityTime,
        lastModifiedTimeUtc: incident.lastModifiedTime,
        createdTimeUtc: incident.createdTime,
        incidentNumber: incident.number,
        ...providerOf(incident),
        alertProductNames: incident.providers,
        tactics: incident.tactics,
        techniques: incident.techniques,
      },
    };
    this.incidents.set(name, stored);
    for (const { author, createdTime, message } of comments) {
      const client = { name: author, email: null, objectId: stableGuid(author), userPrincipalName: null };
      this.addComment(stored, stableGuid(`${name} ${createdTime} ${message}`), message, client, createdTime);
    }
    return stored;
  }

  /** A bookmark that belongs to an incident. */
  bookmark({ incidentNumber, ...properties }: JsonObject & { readonly incidentNumber: number; readonly displayName: string }): void {
    const name = stableGuid(`${this.#workspace} bookmark ${properties.displayName}`);
    const made = { created: this.now(), updated: this.now(), createdBy: { name: 'Amara Diallo' }, labels: [] };
    this.bookmarks.set(name, { name, etag: this.newEtag(), properties: { ...made, ...properties } });
    const relation = stableGuid(`${name} relation`);
    const related = { relatedResourceId: this.resourceId(`bookmarks/${name}`), relatedResourceName: name };
    const relatedResourceType = 'Microsoft.SecurityInsights/bookmarks';
    this.byNumber(incidentNumber)?.relations.set(relation, {
      name: relation,
      etag: this.newEtag(),
      properties: { ...related, relatedResourceType, relatedResourceKind: '' },
    });
  }

  /** @param rows Values by column. */
  addWatchlist({ alias, name = alias, searchKey, rows }: WatchlistDefinition): void {
    const made = { isDeleted: false, created: this.now(), updated: this.now() };
    const items = rows.map((values, index) => this.newItem(values, stableGuid(`${this.#workspace} ${alias} ${index}`)));
    const properties = { watchlistAlias: alias, displayName: name, provider: 'Custom', source: `${alias}.csv`, itemsSearchKey: searchKey };
    this.watchlists.set(alias.toLowerCase(), {
      name: alias,
      etag: this.newEtag(),
      version: 0,
      properties: { ...properties, ...made, uploadStatus: 'Complete' },
      items: new Map(items.map((item) => [item.name, item])),
    });
  }

  newItem(itemsKeyValue: JsonObject, name: string = randomUUID()): StoredResource {
    const made = { isDeleted: false, created: this.now(), updated: this.now() };
    return { name, etag: this.newEtag(), properties: { watchlistItemId: name, watchlistItemType: 'watchlist-item', itemsKeyValue, ...made } };
  }

  addTask(incident: StoredIncident, { id, title, description, createdBy }: TaskDefinition): void {
    const name = stableGuid(`${incident.name} task ${id}`);
    const { createdTimeUtc } = incident.properties;
    const author = { name: createdBy, objectId: stableGuid(createdBy), email: null, userPrincipalName: null };
    const properties = { title, description, status: 'New', createdTimeUtc, createdBy: author };
    incident.tasks.set(name, { name, etag: this.newEtag(), properties });
  }

  addComment(incident: StoredIncident, name: string, message: string, author: object, createdTimeUtc = this.now()): StoredResource {
    const comment = { name, etag: this.newEtag(), properties: { message, createdTimeUtc, lastModifiedTimeUtc: createdTimeUtc, author } };
    incident.comments.set(name.toLowerCase(), comment);
    return comment;
  }

  /** Something about the incident changed: it has a new version. */
  touch(incident: StoredIncident, properties: JsonObject = incident.properties): void {
    incident.etag = this.newEtag();
    incident.properties = { ...properties, lastModifiedTimeUtc: this.now() };
  }

  /** Changes an incident behind a client's back: what a colleague does in the portal meanwhile. */
  changeIncident(number: number, properties: JsonObject): StoredIncident {
    const incident = this.byNumber(number);
    if (!incident) throw new Error(`There is no incident #${number}.`);
    this.touch(incident, { ...incident.properties, ...properties });
    return incident;
  }
}

export function authorOf({ name, objectId, userPrincipalName }: Caller): object {
  return { name, objectId, email: userPrincipalName ?? null, userPrincipalName: userPrincipalName ?? null };
}

/** Incidents of Defender products are known in the Defender portal too. */
function providerOf({ number, providers }: Incident): JsonObject {
  const providerIncidentId = String(number);
  if (!providers.some((name) => name.startsWith('Microsoft Defender'))) return { providerName: 'Azure Sentinel', providerIncidentId };
  return { providerName: 'Microsoft XDR', providerIncidentId, providerIncidentUrl: `https://security.microsoft.com/incidents/${number}` };
}

function ownerOf(owner: { readonly name: string; readonly email?: string | undefined } | undefined): object {
  if (!owner) return { objectId: null, email: null, assignedTo: null, userPrincipalName: null };
  return { objectId: stableGuid(owner.name), email: owner.email ?? null, assignedTo: owner.name, userPrincipalName: owner.email ?? null, ownerType: 'User' };
}

