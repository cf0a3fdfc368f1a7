import { randomUUID } from 'node:crypto';
import type * as Sentinel from '@azure/arm-securityinsight';
import { toHuntError } from '../../../common/errors';
import type { Bookmark } from '../../../common/sentinelService';
import { checkBookmark } from '../../sentinelChecks';
import type { WorkspaceSentinel } from '../../workspaceSentinel';
import type { IncidentFinder } from '../incidents/incidentFinder';
import type { SentinelApi } from '../incidents/sentinelApi';
import type { SentinelClient } from '../incidents/sentinelClient';
import { explained, isConflict, isUncertain, type SentinelWork } from '../incidents/sentinelErrors';
import { fewAtOnce } from '../wire/atOnce';
import { type Caller, callerOf } from '../wire/azureCall';
import { bookmarkOf, rawBookmark } from './bookmarkMapping';

type BookmarkAnswers = Pick<WorkspaceSentinel, 'listBookmarks' | 'addBookmark' | 'attachBookmark' | 'detachBookmark' | 'deleteBookmark'>;

/** Most incidents whose numbers are looked up for a list of bookmarks: the service names them by GUID. */
const MOST_LOOKED_UP = 50;

/**
 * Hunting bookmarks of Microsoft Sentinel. They belong to incidents by way of relations.
 * @see https://learn.microsoft.com/rest/api/securityinsights/bookmarks
 */
export function azureBookmarks(client: SentinelClient, api: SentinelApi, finder: IncidentFinder): BookmarkAnswers {
  const bookmarks = new Bookmarks(client, api, finder);
  const attach = async (bookmarkId: string, number: number, caller: Caller): Promise<void> => {
    const incident = await explained(client, { kind: 'read', number }, () => finder.find(number, caller));
    const { id = client.resourceId(`bookmarks/${bookmarkId}`) } = await explained(client, reading(bookmarkId), () => bookmarks.get(bookmarkId, caller));
    await explained(client, { kind: 'change', number }, () => bookmarks.attach(incident.name, bookmarkId, id, caller));
  };
  return {
    listBookmarks: async (_asked, token) => explained(client, reading(), () => bookmarks.list(callerOf(token))),
    addBookmark: async ({ bookmark, incidentNumber }, token) => {
      checkBookmark(bookmark);
      const caller = callerOf(token);
      if (incidentNumber !== undefined) {
        await explained(client, { kind: 'read', number: incidentNumber }, async () => finder.known(await finder.find(incidentNumber, caller)));
      }
      const added = await explained(client, writing(), () => bookmarks.add(rawBookmark(bookmark), caller));
      if (incidentNumber === undefined) return bookmarkOf(added, []);
      try {
        await attach(added.name ?? '', incidentNumber, caller);
      } catch (thrown) {
        return { ...bookmarkOf(added, []), notAttached: toHuntError(thrown).message };
      }
      return bookmarkOf(added, [incidentNumber]);
    },
    attachBookmark: async ({ bookmarkId, number }, token) => {
      await attach(bookmarkId, number, callerOf(token));
      return null;
    },
    detachBookmark: async ({ bookmarkId, number }, token) => {
      const caller = callerOf(token);
      const incident = await explained(client, { kind: 'read', number }, () => finder.find(number, caller));
      await explained(client, { kind: 'change', number }, () => bookmarks.detach(incident.name, bookmarkId, caller));
      return null;
    },
    deleteBookmark: async ({ bookmarkId }, token) => {
      const caller = callerOf(token);
      await explained(client, reading(bookmarkId), () => bookmarks.get(bookmarkId, caller));
      await explained(client, writing(bookmarkId), () => bookmarks.delete(bookmarkId, caller));
      return null;
    },
  };
}

function reading(id?: string): SentinelWork {
  return { kind: 'other', what: 'the bookmarks of', role: 'Microsoft Sentinel Reader', missing: missing(id) };
}

function writing(id?: string): SentinelWork {
  return { kind: 'other', what: 'writing bookmarks of', role: 'Microsoft Sentinel Contributor', missing: missing(id) };
}

function missing(id: string | undefined): { readonly what: string; readonly name: string } | undefined {
  return id === undefined ? undefined : { what: 'bookmark', name: id };
}

/** The calls, with errors as they come. */
class Bookmarks {
  readonly #client: SentinelClient;
  readonly #api: SentinelApi;
  readonly #finder: IncidentFinder;

  constructor(client: SentinelClient, api: SentinelApi, finder: IncidentFinder) {
    this.#client = client;
    this.#api = api;
    this.#finder = finder;
  }

  async list(caller: Caller): Promise<readonly Bookmark[]> {
    const found = await this.#client.call(caller, async (client, { resourceGroup, name }) => {
      const bookmarks: Sentinel.Bookmark[] = [];
      for await (const bookmark of client.bookmarks.list(resourceGroup, name)) bookmarks.push(bookmark);
      return bookmarks;
    });
    const incidents = [...new Set(found.flatMap(incidentName))];
    const unknown = incidents.filter((name) => this.#finder.knownNumber(name) === undefined);
    await fewAtOnce(unknown.slice(0, MOST_LOOKED_UP), (name) => this.#finder.numberOf(name, caller));
    return found
      .map((raw) => bookmarkOf(raw, incidentName(raw).flatMap((name) => this.#finder.knownNumber(name) ?? [])))
      .sort((left, right) => Date.parse(right.createdTime) - Date.parse(left.createdTime));
  }

  async get(id: string, caller: Caller): Promise<Sentinel.Bookmark> {
    return this.#client.call(caller, (client, { resourceGroup, name }) => client.bookmarks.get(resourceGroup, name, id));
  }

  async add(bookmark: Sentinel.Bookmark, caller: Caller): Promise<Sentinel.Bookmark> {
    const id = randomUUID();
    try {
      return await this.#client.call(caller, (client, { resourceGroup, name }) =>
        client.bookmarks.createOrUpdate(resourceGroup, name, id, bookmark),
      );
    } catch (thrown) {
      // A first try that was answered badly may have written it.
      const written = isUncertain(thrown) || isConflict(thrown) ? await this.get(id, caller).catch(() => undefined) : undefined;
      if (written) return written;
      throw thrown;
    }
  }

  async delete(id: string, caller: Caller): Promise<void> {
    await this.#client.call(caller, (client, { resourceGroup, name }) => client.bookmarks.delete(resourceGroup, name, id));
  }

  async attach(incident: string, bookmarkId: string, resourceId: string, caller: Caller): Promise<void> {
    if (await this.#relation(incident, bookmarkId, caller)) return;
    try {
      await this.#api.writeRelation(incident, randomUUID(), resourceId, caller);
    } catch (thrown) {
      const mayBeThere = isUncertain(thrown) || isConflict(thrown);
      if (mayBeThere && (await this.#relation(incident, bookmarkId, caller).catch(() => undefined))) return;
      throw thrown;
    }
  }

  async detach(incident: string, bookmarkId: string, caller: Caller): Promise<void> {
    const relation = await this.#relation(incident, bookmarkId, caller);
    if (relation?.name !== undefined) await this.#api.deleteRelation(incident, relation.name, caller);
  }

  async #relation(incident: string, bookmarkId: string, caller: Caller): Promise<Sentinel.Relation | undefined> {
    const relations = await this.#api.relations(incident, caller);
    return relations.find(({ relatedResourceId }) => lastPart(relatedResourceId) === bookmarkId.toLowerCase());
  }
}

/** The service tells the last one that it was attached to. */
function incidentName({ incidentInfo }: Sentinel.Bookmark): readonly string[] {
  const name = lastPart(incidentInfo?.incidentId);
  return name === '' ? [] : [name];
}

function lastPart(id: string | null | undefined): string {
  return (id ?? '').split('/').at(-1)?.toLowerCase() ?? '';
}
