import { tokenFromSignal } from '../../../src/common/cancellation';
import { isTimespan } from '../../../src/kql/timespan';
import type { Answer, LogsDatabase } from '../data/logsDatabase';
import type { Clock } from '../http/clock';
import { type ApiRequest, jsonBody, type Reply, serviceError } from '../http/messages';
import type { Route } from '../http/router';
import type { EmulatedWorkspace } from '../world/workspace';
import type { World } from '../world/world';
import { AnswerCache } from './answerCache';
import { answerBody, type Extras } from './answerBody';
import { checkPlans } from './basicTables';
import { type LogsLimits, QueryGate } from './limits';
import { badArgument, insufficientAccess, queryError, type QueryErrorOptions, timedOut } from './queryErrors';
import { Scopes } from './scope';

export interface QueryOptions extends QueryErrorOptions {
  readonly limits: LogsLimits;
}

interface Asked {
  readonly workspaces: readonly EmulatedWorkspace[];
  readonly text: string;
  readonly timespan: string | undefined;
  readonly pool: 'query' | 'search';
}

const DEFAULT_WAIT_SECONDS = 180;
const MOST_WAIT_SECONDS = 600;

/** `query` and `search` of the Log Analytics API: https://learn.microsoft.com/azure/azure-monitor/logs/api/overview */
export class QueryService {
  readonly gate: QueryGate;
  readonly #cache: AnswerCache;
  readonly #world: World;
  readonly #database: LogsDatabase;
  readonly #options: QueryOptions;
  readonly #scopes = new Scopes();

  constructor(world: World, database: LogsDatabase, clock: Clock, options: QueryOptions) {
    this.#world = world;
    this.#database = database;
    this.#options = options;
    this.gate = new QueryGate(options.limits, clock);
    this.#cache = new AnswerCache(database, clock, options.limits.cachedMs);
  }

  routes(): readonly Route[] {
    const route = (method: string, name: 'query' | 'search', handle: (request: ApiRequest) => Promise<Reply>): Route => ({
      method,
      path: `/v1/workspaces/{workspace}/${name}`,
      kind: 'query',
      audience: 'logs',
      timeout: ({ headers }) => {
        const seconds = waitSeconds(headers['prefer']);
        return { seconds, error: timedOut(seconds) };
      },
      handle,
    });
    return [
      route('POST', 'query', async (request) => this.#run(request, this.#asked(request, jsonBody(request), 'query'))),
      route('GET', 'query', async (request) => {
        const { query } = request;
        const workspaces = query.get('workspaces')?.split(',').filter(Boolean);
        return this.#run(request, this.#asked(request, { query: query.get('query'), timespan: query.get('timespan') ?? undefined, workspaces }, 'query'));
      }),
      route('POST', 'search', async (request) => {
        const timespan = request.query.get('timespan') ?? undefined;
        return this.#run(request, this.#asked(request, { timespan, ...jsonBody(request) }, 'search'));
      }),
    ];
  }

  /** @throws ServiceError for a wrong property, an unknown workspace or one that the caller may not read. */
  #asked(request: ApiRequest, { query, timespan, workspaces = [] }: Readonly<Record<string, unknown>>, pool: 'query' | 'search'): Asked {
    if (typeof query !== 'string') throw badArgument('InvalidProperty', "The property 'query' is required and must be a string.");
    if (timespan !== undefined && timespan !== null && !(typeof timespan === 'string' && isTimespan(timespan))) {
      throw badArgument('InvalidTimespan', `The property 'timespan' is no ISO 8601 duration or interval: ${JSON.stringify(timespan)}`);
    }
    if (!Array.isArray(workspaces) || workspaces.some((one) => typeof one !== 'string')) {
      throw badArgument('InvalidProperty', "The property 'workspaces' must be an array of strings.");
    }
    const { limits } = this.#options;
    if (workspaces.length >= limits.workspaces) {
      throw badArgument('TooManyWorkspaces', `A query can span ${limits.workspaces} workspaces at most.`);
    }
    const named = [request.params['workspace'] ?? '', ...(workspaces as string[])];
    const found = named.map((name, index) => this.#workspace(name, index > 0, request));
    return { workspaces: [...new Set(found)], text: query, timespan: timespan ?? undefined, pool };
  }

  #workspace(name: string, additional: boolean, { caller }: ApiRequest): EmulatedWorkspace {
    const found = this.#world.findWorkspace(name);
    if (!found && additional) throw badArgument('WorkspaceNotFound', `The workspace could not be found: '${name}'`);
    if (!found) throw serviceError(404, 'PathNotFoundError', 'The requested path does not exist');
    if (found.tenantId !== caller.tenantId || found.denied.has('query')) throw insufficientAccess();
    return found;
  }

  async #run(request: ApiRequest, asked: Asked): Promise<Reply> {
    await this.gate.enter(`${request.caller.tenantId} ${request.caller.objectId}`, asked.pool, request.closed);
    if (asked.workspaces.every(({ isEmpty }) => isEmpty)) return { status: 204 };
    const { answer, age } = await this.#answer(request, asked);
    this.#cache.read(answer, request.closed);
    const preferences = preferencesOf(request.headers['prefer']);
    const extras: Extras = {
      render: preferences.get('include-render') === 'true',
      statistics: preferences.get('include-statistics') === 'true',
      dataSources: preferences.get('include-datasources') === 'true' ? dataSources(asked, answer) : undefined,
    };
    return {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', ...(age === undefined ? {} : { age: String(age) }) },
      body: answerBody(this.#database, answer, this.#options.limits, extras),
    };
  }

  /** From the cache unless the client wants none; then with its age. */
  async #answer(request: ApiRequest, asked: Asked): Promise<{ readonly answer: Answer; readonly age?: number }> {
    const { text, timespan, workspaces, pool } = asked;
    const key = JSON.stringify([request.caller.tenantId, pool, workspaces.map(({ id }) => id), text, timespan]);
    const cached = /\bno-cache\b/iu.test(request.headers['cache-control'] ?? '') ? undefined : this.#cache.get(key);
    if (cached) return cached;
    for (const workspace of workspaces) await workspace.refreshWatchlists();
    const catalog = this.#scopes.catalog(workspaces);
    try {
      const answer = await this.#database.answer(text, catalog, timespan, tokenFromSignal(request.signal));
      checkPlans(answer.usedTables, workspaces, pool);
      this.#cache.set(key, answer);
      return { answer };
    } catch (thrown) {
      throw queryError(thrown, text, this.#options);
    }
  }
}

function dataSources({ workspaces }: Asked, { usedTables }: Answer): readonly object[] {
  return workspaces.map((workspace) => ({
    resourceId: workspace.resourceId,
    region: workspace.location,
    tables: usedTables.map(({ name }) => name).filter((name) => workspace.table(name)),
  }));
}

/** `wait=600, include-render=true` by lower-case name. */
function preferencesOf(prefer: string | undefined): ReadonlyMap<string, string> {
  const parts = (prefer ?? '').split(/[,;]/u).map((part) => part.trim().split('='));
  return new Map(parts.map(([name = '', value = 'true']) => [name.toLowerCase(), value]));
}

function waitSeconds(prefer: string | undefined): number {
  const wanted = Number(preferencesOf(prefer).get('wait') ?? DEFAULT_WAIT_SECONDS);
  return Math.min(MOST_WAIT_SECONDS, Number.isFinite(wanted) && wanted > 0 ? wanted : DEFAULT_WAIT_SECONDS);
}
