import type * as Sentinel from '@azure/arm-securityinsight';
import type { Caller } from '../wire/azureCall';
import type { SentinelClient } from './sentinelClient';

export interface IncidentsPage {
  readonly incidents: readonly Sentinel.Incident[];
  /** Address of the next page. */
  readonly next?: string | undefined;
}

export interface IncidentsRequest {
  readonly filter?: string | undefined;
  readonly orderBy?: string | undefined;
  readonly top: number;
}

/** Incidents and what belongs to them. Incidents go by their names here, which are GUIDs. */
export class SentinelApi {
  readonly #client: SentinelClient;

  constructor(client: SentinelClient) {
    this.#client = client;
  }

  /** @param request What to list; or the address of a next page. @throws as {@link callAzure} */
  async incidents(request: IncidentsRequest | string, caller: Caller): Promise<IncidentsPage> {
    return this.#client.call(caller, async (client, { resourceGroup, name }, { getContinuationToken }) => {
      const pages =
        typeof request === 'string'
          ? client.incidents.list(resourceGroup, name).byPage({ continuationToken: request })
          : client.incidents.list(resourceGroup, name, listOptions(request)).byPage();
      for await (const incidents of pages) return { incidents, next: getContinuationToken(incidents) };
      return { incidents: [] };
    });
  }

  async incident(incident: string, caller: Caller): Promise<Sentinel.Incident> {
    return this.#client.call(caller, (client, { resourceGroup, name }) => client.incidents.get(resourceGroup, name, incident));
  }

  async alerts(incident: string, caller: Caller): Promise<readonly Sentinel.SecurityAlert[]> {
    return this.#client.call(caller, async (client, { resourceGroup, name }) => {
      const { value } = await client.incidents.listAlerts(resourceGroup, name, incident);
      return value;
    });
  }

  async entities(incident: string, caller: Caller): Promise<readonly Sentinel.EntityUnion[]> {
    return this.#client.call(caller, async (client, { resourceGroup, name }) => {
      const { entities = [] } = await client.incidents.listEntities(resourceGroup, name, incident);
      return entities;
    });
  }

  async bookmarks(incident: string, caller: Caller): Promise<readonly Sentinel.HuntingBookmark[]> {
    return this.#client.call(caller, async (client, { resourceGroup, name }) => {
      const { value } = await client.incidents.listBookmarks(resourceGroup, name, incident);
      return value;
    });
  }

  /** All of them: an incident has a hundred at most. */
  async comments(incident: string, caller: Caller): Promise<readonly Sentinel.IncidentComment[]> {
    return this.#client.call(caller, async (client, { resourceGroup, name }) => {
      const comments: Sentinel.IncidentComment[] = [];
      for await (const comment of client.incidentComments.list(resourceGroup, name, incident)) comments.push(comment);
      return comments;
    });
  }

  async comment(incident: string, comment: string, caller: Caller): Promise<Sentinel.IncidentComment> {
    return this.#client.call(caller, (client, { resourceGroup, name }) =>
      client.incidentComments.get(resourceGroup, name, incident, comment),
    );
  }

  /** Replaces the incident when it still has the etag that is in it. */
  async writeIncident(incident: string, written: Sentinel.Incident, caller: Caller): Promise<Sentinel.Incident> {
    return this.#client.call(caller, (client, { resourceGroup, name }) =>
      client.incidents.createOrUpdate(resourceGroup, name, incident, written),
    );
  }

  /** Writing it again under the same name adds no second one. */
  async writeComment(incident: string, comment: string, message: string, caller: Caller): Promise<Sentinel.IncidentComment> {
    return this.#client.call(caller, (client, { resourceGroup, name }) =>
      client.incidentComments.createOrUpdate(resourceGroup, name, incident, comment, { message }),
    );
  }

  async deleteComment(incident: string, comment: string, caller: Caller): Promise<void> {
    await this.#client.call(caller, (client, { resourceGroup, name }) =>
      client.incidentComments.delete(resourceGroup, name, incident, comment),
    );
  }

  async relations(incident: string, caller: Caller): Promise<readonly Sentinel.Relation[]> {
    return this.#client.call(caller, async (client, { resourceGroup, name }) => {
      const relations: Sentinel.Relation[] = [];
      for await (const relation of client.incidentRelations.list(resourceGroup, name, incident)) relations.push(relation);
      return relations;
    });
  }

  /** Writing it again under the same name adds no second one. */
  async writeRelation(incident: string, relation: string, relatedResourceId: string, caller: Caller): Promise<void> {
    await this.#client.call(caller, (client, { resourceGroup, name }) =>
      client.incidentRelations.createOrUpdate(resourceGroup, name, incident, relation, { relatedResourceId }),
    );
  }

  async deleteRelation(incident: string, relation: string, caller: Caller): Promise<void> {
    await this.#client.call(caller, (client, { resourceGroup, name }) =>
      client.incidentRelations.delete(resourceGroup, name, incident, relation),
    );
  }
}

function listOptions({ filter, orderBy, top }: IncidentsRequest): Sentinel.IncidentsListOptionalParams {
  return { top, ...(filter === undefined ? {} : { filter }), ...(orderBy === undefined ? {} : { orderby: orderBy }) };
}
