import { Readable } from 'node:stream';
import { LogsQueryClient } from '@azure/monitor-query-logs';
import { createPipelineRequest, type PipelinePolicy, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import type { AzureConnection } from '../../../common/azure';
import { HuntError } from '../../../common/errors';
import { type AnswerFile, receiveAnswer } from '../answer/answerFile';
import { MalformedAnswer } from '../answer/rowScanner';
import { type AzureCall, type AzureWire, callAzure, type Caller } from './azureCall';
import { broken, networkError } from './httpClient';

/** A query as it goes out. */
export interface LogsQuery {
  /** GUID of the workspace. */
  readonly workspace: string;
  readonly text: string;
  /** ISO 8601. */
  readonly timespan?: string | undefined;
  /** GUIDs of the workspaces asked with it. */
  readonly alsoIn: readonly string[];
  /** `search` is for tables of the plans Basic and Auxiliary. */
  readonly endpoint: 'query' | 'search';
  readonly serverTimeoutSeconds: number;
  /** Past the service's cache. */
  readonly fresh: boolean;
}

export type LogsAnswer =
  /** The workspace has never got any data. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'rows'; readonly file: AnswerFile; readonly ageSeconds: number };

/** How long an answer may begin after the server timeout. */
export const USUAL_GRACE_MS = 10_000;

/** The Log Analytics query API, through the SDK's client. */
export class LogsApi {
  readonly #wire: AzureWire;
  readonly #folder: string;
  readonly #graceMs: number;

  /** @param folder Where rows are kept between their arrival and the result store. */
  constructor(wire: AzureWire, folder: string, graceMs = USUAL_GRACE_MS) {
    this.#wire = wire;
    this.#folder = folder;
    this.#graceMs = graceMs;
  }

  /**
   * Sends a query. The rows do not pass through the SDK's own conversion, which holds a body several times in memory and
   * reads long numbers as doubles: a policy takes the body as it arrives.
   * @throws as {@link callAzure}
   */
  async query(connection: AzureConnection, query: LogsQuery, caller: Caller): Promise<LogsAnswer> {
    return callAzure(this.#wire, connection, caller, async (call) => {
      const client = logsClient(connection, call);
      const taken: { answer?: LogsAnswer } = {};
      const policy: PipelinePolicy = {
        name: 'huntbookTakeRows',
        sendRequest: async (request, next) => {
          this.#shape(request, query);
          const response = await next(request);
          taken.answer = await this.#take(response, call.abortSignal);
          return { request, status: 200, headers: response.headers, bodyAsText: '{"tables":[]}' };
        },
      };
      call.prepare(client.pipeline, policy);
      const { workspace, text, alsoIn, serverTimeoutSeconds } = query;
      await client.queryWorkspace(workspace, text, { duration: query.timespan ?? 'P1D' }, {
        additionalWorkspaces: [...alsoIn],
        serverTimeoutInSeconds: serverTimeoutSeconds,
        includeQueryStatistics: true,
        includeVisualization: true,
      });
      if (!taken.answer) throw new HuntError({ kind: 'internal', message: 'the client sent no query' });
      return taken.answer;
    });
  }

  /** The schema of a workspace, as the service describes it. @throws as {@link callAzure} */
  async metadata(connection: AzureConnection, workspace: string, caller: Caller): Promise<unknown> {
    return callAzure(this.#wire, connection, caller, async (call) => {
      const { pipeline } = logsClient(connection, call);
      call.prepare(pipeline);
      const url = `${connection.endpoints.logAnalytics}/v1/workspaces/${encodeURIComponent(workspace)}/metadata`;
      const request = createPipelineRequest({ url, method: 'GET' });
      request.headers.set('accept', 'application/json');
      const { bodyAsText } = await pipeline.sendRequest(this.#wire.httpClient, request);
      try {
        return JSON.parse(bodyAsText ?? '') as unknown;
      } catch (thrown) {
        throw networkError(request, 'The description of the workspace is damaged.', thrown);
      }
    });
  }

  /** What the SDK's client cannot say: no timespan, the cache, sources, the other endpoint. */
  #shape(request: PipelineRequest, query: LogsQuery): void {
    const { text, timespan, alsoIn, endpoint, serverTimeoutSeconds, fresh } = query;
    const workspaces = alsoIn.length > 0 ? { workspaces: alsoIn } : {};
    const url = new URL(request.url);
    if (endpoint === 'search') {
      url.pathname = url.pathname.replace(/\/query$/u, '/search');
      if (timespan !== undefined) url.searchParams.set('timespan', timespan);
      request.body = JSON.stringify({ query: text });
    } else {
      request.body = JSON.stringify({ query: text, ...(timespan === undefined ? {} : { timespan }), ...workspaces });
    }
    request.url = url.href;
    request.headers.set('prefer', `wait=${serverTimeoutSeconds}, include-render=true, include-statistics=true, include-dataSources=true`);
    if (fresh) request.headers.set('cache-control', 'no-cache');
    request.headers.delete('content-length');
    request.timeout = serverTimeoutSeconds * 1000 + this.#graceMs;
    request.streamResponseStatusCodes = new Set([200]);
  }

  async #take(response: PipelineResponse, abortSignal: AbortSignal): Promise<LogsAnswer> {
    const { request, status, headers, readableStreamBody: body } = response;
    if (status === 204) return { kind: 'empty' };
    if (status !== 200 || !(body instanceof Readable)) throw networkError(request, `It answered ${status}, which is no answer to a query.`);
    const stop = (): void => void body.destroy(new Error('stopped'));
    abortSignal.addEventListener('abort', stop);
    try {
      return { kind: 'rows', file: await receiveAnswer(body, this.#folder), ageSeconds: Number(headers.get('age') ?? 0) || 0 };
    } catch (thrown) {
      if (thrown instanceof MalformedAnswer) throw networkError(request, `${thrown.message} What had arrived is discarded.`, thrown);
      throw broken(request, thrown);
    } finally {
      abortSignal.removeEventListener('abort', stop);
    }
  }
}

function logsClient({ endpoints }: AzureConnection, call: AzureCall): LogsQueryClient {
  return new LogsQueryClient(call.credential, {
    ...call.options,
    endpoint: `${endpoints.logAnalytics}/v1`,
    credentials: { scopes: [endpoints.logAnalyticsScope] },
  });
}
