import type * as Sentinel from '@azure/arm-securityinsight';
import { createHttpHeaders, createPipelineRequest, type PipelinePolicy } from '@azure/core-rest-pipeline';
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

/** A request that the SDK has no method for. */
export interface PlainRequest {
  readonly method: 'GET' | 'PUT';
  /** Below `…/providers/Microsoft.SecurityInsights/`; or a whole address that the service gave. */
  readonly path: string;
  readonly apiVersion: string;
  readonly body?: unknown;
}

type Client = Sentinel.SecurityInsights;

/** Waiting longer for a busy service is for people to decide: they look at a list that does not come. */
const MOST_WAIT_MS = 10_000;

/** Microsoft Sentinel's part of Azure Resource Manager, through the SDK's client, which is loaded at the first call. */
export class SentinelClient {
  readonly wire: AzureWire;
  readonly connection: AzureConnection;
  readonly workspace: SentinelWorkspace;
  /** Longest that a busy service is waited for. */
  readonly mostWaitMs: number;

  constructor(wire: AzureWire, connection: AzureConnection, workspace: SentinelWorkspace, mostWaitMs = MOST_WAIT_MS) {
    this.wire = wire;
    this.connection = connection;
    this.workspace = workspace;
    this.mostWaitMs = mostWaitMs;
  }

  /** The id of something of the workspace's: `bookmarks/…`. */
  resourceId(path: string): string {
    const { subscriptionId, resourceGroup, name } = this.workspace;
    const workspace = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.OperationalInsights/workspaces/${name}`;
    return `${workspace}/providers/Microsoft.SecurityInsights/${path}`;
  }

  /**
   * @param mostWaitMs Longest that a busy service is waited for.
   * @throws as {@link callAzure}
   */
  async call<T>(
    caller: Caller,
    work: (client: Client, workspace: SentinelWorkspace, sdk: typeof Sentinel) => Promise<T>,
    mostWaitMs = this.mostWaitMs,
  ): Promise<T> {
    const sdk = await import('@azure/arm-securityinsight');
    const call = (): Promise<T> =>
      callAzure(this.wire, this.connection, caller, (azure) => work(this.#client(sdk, azure), this.workspace, sdk));
    return withRetries(this.wire, caller, call, undefined, mostWaitMs);
  }

  /** @returns the answer's JSON. @throws as {@link callAzure} */
  async plain({ method, path, apiVersion, body }: PlainRequest, caller: Caller): Promise<unknown> {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const address = new URL(path.startsWith('https://') ? path : this.resourceId(path), this.connection.endpoints.resourceManager);
    if (!address.searchParams.has('api-version')) address.searchParams.set('api-version', apiVersion);
    return this.call(caller, async (client) => {
      const headers = createHttpHeaders({ accept: 'application/json', 'content-type': 'application/json' });
      const sent = createPipelineRequest({ url: address.href, method, headers, ...content });
      const { bodyAsText } = await client.sendRequest(sent);
      try {
        return JSON.parse(bodyAsText ?? '') as unknown;
      } catch (thrown) {
        throw networkError(sent, 'The answer is damaged.', thrown);
      }
    });
  }

  #client(sdk: typeof Sentinel, call: AzureCall): Client {
    const client = new sdk.SecurityInsights(call.credential, this.workspace.subscriptionId, armOptions(this.connection, call));
    call.prepare(client.pipeline, ownHostPolicy(this.connection));
    return client;
  }
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
