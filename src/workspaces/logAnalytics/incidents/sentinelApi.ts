import type * as Sentinel from '@azure/arm-securityinsight';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { AzureConnection } from '../../../common/azure';
import { armOptions } from '../schema/armClients';
import { type AzureCall, type AzureWire, callAzure, type Caller } from '../wire/azureCall';
import { networkError } from '../wire/httpClient';
import { withRetries } from '../wire/retries';

/** A workspace in Azure Resource Manager. */
export interface SentinelWorkspace {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

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

type Client = Sentinel.SecurityInsights;

/** Waiting longer for a busy service is for people to decide: they look at a list that does not come. */
const MOST_WAIT_MS = 10_000;

/**
 * Microsoft Sentinel's part of Azure Resource Manager, through the SDK's client, which is loaded at the first call. Incidents go by
 * their names here, which are GUIDs.
 */
export class SentinelApi {
  readonly #wire: AzureWire;
  readonly #connection: AzureConnection;
  readonly #workspace: SentinelWorkspace;
  readonly #mostWaitMs: number;

  constructor(wire: AzureWire, connection: AzureConnection, workspace: SentinelWorkspace, mostWaitMs = MOST_WAIT_MS) {
    this.#wire = wire;
    this.#connection = connection;
    this.#workspace = workspace;
    this.#mostWaitMs = mostWaitMs;
  }

  /** @param request What to list; or the address of a next page. @throws as {@link callAzure} */
  async incidents(request: IncidentsRequest | string, caller: Caller): Promise<IncidentsPage> {
    return this.#call(caller, async (client, { resourceGroup, name }, { getContinuationToken }) => {
      const pages =
        typeof request === 'string'
          ? client.incidents.list(resourceGroup, name).byPage({ continuationToken: request })
          : client.incidents.list(resourceGroup, name, listOptions(request)).byPage();
      for await (const incidents of pages) return { incidents, next: getContinuationToken(incidents) };
      return { incidents: [] };
    });
  }

  async incident(incident: string, caller: Caller): Promise<Sentinel.Incident> {
    return this.#call(caller, (client, { resourceGroup, name }) => client.incidents.get(resourceGroup, name, incident));
  }

  async alerts(incident: string, caller: Caller): Promise<readonly Sentinel.SecurityAlert[]> {
    return this.#call(caller, async (client, { resourceGroup, name }) => {
      const { value } = await client.incidents.listAlerts(resourceGroup, name, incident);
      return value;
    });
  }

  async entities(incident: string, caller: Caller): Promise<readonly Sentinel.EntityUnion[]> {
    return this.#call(caller, async (client, { resourceGroup, name }) => {
      const { entities = [] } = await client.incidents.listEntities(resourceGroup, name, incident);
      return entities;
    });
  }

  async bookmarks(incident: string, caller: Caller): Promise<readonly Sentinel.HuntingBookmark[]> {
    return this.#call(caller, async (client, { resourceGroup, name }) => {
      const { value } = await client.incidents.listBookmarks(resourceGroup, name, incident);
      return value;
    });
  }

  /** All of them: an incident has a hundred at most. */
  async comments(incident: string, caller: Caller): Promise<readonly Sentinel.IncidentComment[]> {
    return this.#call(caller, async (client, { resourceGroup, name }) => {
      const comments: Sentinel.IncidentComment[] = [];
      for await (const comment of client.incidentComments.list(resourceGroup, name, incident)) comments.push(comment);
      return comments;
    });
  }

  async comment(incident: string, comment: string, caller: Caller): Promise<Sentinel.IncidentComment> {
    return this.#call(caller, (client, { resourceGroup, name }) => client.incidentComments.get(resourceGroup, name, incident, comment));
  }

  /** Replaces the incident when it still has the etag that is in it. */
  async writeIncident(incident: string, written: Sentinel.Incident, caller: Caller): Promise<Sentinel.Incident> {
    return this.#call(caller, (client, { resourceGroup, name }) => client.incidents.createOrUpdate(resourceGroup, name, incident, written));
  }

  /** Writing it again under the same name adds no second one. */
  async writeComment(incident: string, comment: string, message: string, caller: Caller): Promise<Sentinel.IncidentComment> {
    return this.#call(caller, (client, { resourceGroup, name }) =>
      client.incidentComments.createOrUpdate(resourceGroup, name, incident, comment, { message }),
    );
  }

  async #call<T>(caller: Caller, work: (client: Client, workspace: SentinelWorkspace, sdk: typeof Sentinel) => Promise<T>): Promise<T> {
    const sdk = await import('@azure/arm-securityinsight');
    const call = (): Promise<T> =>
      callAzure(this.#wire, this.#connection, caller, (azure) => work(this.#client(sdk, azure), this.#workspace, sdk));
    return withRetries(this.#wire, caller, call, undefined, this.#mostWaitMs);
  }

  #client(sdk: typeof Sentinel, call: AzureCall): Client {
    const client = new sdk.SecurityInsights(call.credential, this.#workspace.subscriptionId, armOptions(this.#connection, call));
    call.prepare(client.pipeline, ownHostPolicy(this.#connection));
    return client;
  }
}

function listOptions({ filter, orderBy, top }: IncidentsRequest): Sentinel.IncidentsListOptionalParams {
  return { top, ...(filter === undefined ? {} : { filter }), ...(orderBy === undefined ? {} : { orderby: orderBy }) };
}

/** Addresses of next pages come from an answer, or from a caller that got one: no other host gets a token. */
function ownHostPolicy({ endpoints }: AzureConnection): PipelinePolicy {
  const { origin } = new URL(endpoints.resourceManager);
  return {
    name: 'huntbookOwnHost',
    sendRequest(request, next) {
      if (new URL(request.url).origin === origin) return next(request);
      return Promise.reject(networkError({ url: origin }, 'It names another host for the next page, which is not asked.'));
    },
  };
}
