import { randomUUID } from 'node:crypto';
import type { OperationalInsightsManagementClient, SavedSearch } from '@azure/arm-operationalinsights';
import { HuntError } from '../../../common/errors';
import type { HuntingQuery, NewHuntingQuery } from '../../../common/sentinelService';
import { checkHuntingQuery, refuseChanged } from '../../sentinelChecks';
import type { WorkspaceSentinel } from '../../workspaceSentinel';
import type { SentinelClient } from '../incidents/sentinelClient';
import { explained, isConflict, isUncertain, type SentinelWork } from '../incidents/sentinelErrors';
import { armOptions } from '../schema/armClients';
import { callAzure, type Caller, callerOf } from '../wire/azureCall';
import { withRetries } from '../wire/retries';
import { ServiceFailure } from '../wire/serviceFailure';

type QueryAnswers = Pick<WorkspaceSentinel, 'listHuntingQueries' | 'saveHuntingQuery' | 'deleteHuntingQuery'>;

/** By which Microsoft Sentinel knows its hunting queries among the saved searches of a workspace. */
const CATEGORY = 'Hunting Queries';

const reading: SentinelWork = { kind: 'other', what: 'the hunting queries of', role: 'Microsoft Sentinel Reader' };
const writing: SentinelWork = { kind: 'other', what: 'writing hunting queries of', role: 'Microsoft Sentinel Contributor' };

/**
 * Hunting queries are saved searches of the workspace; tags say what they look for.
 * @see https://learn.microsoft.com/rest/api/loganalytics/saved-searches
 */
export function azureHuntingQueries(client: SentinelClient): QueryAnswers {
  const searches = new SavedSearches(client);
  return {
    listHuntingQueries: async (_asked, token) =>
      explained(client, reading, async () => {
        const all = await searches.list(callerOf(token));
        const queries = all.filter(({ category }) => category.toLowerCase() === CATEGORY.toLowerCase()).map(queryOf);
        return queries.sort((left, right) => left.name.localeCompare(right.name));
      }),
    saveHuntingQuery: async ({ query }, token) => {
      checkHuntingQuery(query);
      const caller = callerOf(token);
      return explained(client, writing, async () => queryOf(await ('id' in query ? searches.replace(query, caller) : searches.add(query, caller))));
    },
    deleteHuntingQuery: async ({ id }, token) => {
      const caller = callerOf(token);
      await explained(client, writing, async () => {
        if (!(await searches.find(id, caller))) throw new HuntError({ kind: 'notFound', what: 'hunting query', name: id });
        await searches.delete(id, caller);
      });
      return null;
    },
  };
}

/** The calls, with errors as they come. */
class SavedSearches {
  readonly #client: SentinelClient;

  constructor(client: SentinelClient) {
    this.#client = client;
  }

  async list(caller: Caller): Promise<readonly SavedSearch[]> {
    return this.#call(caller, async (client, group, workspace) => {
      const { value = [] } = await client.savedSearches.listByWorkspace(group, workspace);
      return value;
    });
  }

  async find(id: string, caller: Caller): Promise<SavedSearch | undefined> {
    try {
      return await this.#call(caller, (client, group, workspace) => client.savedSearches.get(group, workspace, id));
    } catch (thrown) {
      if (thrown instanceof ServiceFailure && thrown.status === 404) return undefined;
      throw thrown;
    }
  }

  async add(query: NewHuntingQuery, caller: Caller): Promise<SavedSearch> {
    const id = randomUUID();
    const search: SavedSearch = { category: CATEGORY, displayName: query.name, query: query.query, version: 2, tags: tagsOf(query, []) };
    try {
      return await this.#write(id, search, caller);
    } catch (thrown) {
      // A first try that was answered badly may have written it.
      const written = isUncertain(thrown) || isConflict(thrown) ? await this.find(id, caller).catch(() => undefined) : undefined;
      if (written) return written;
      throw thrown;
    }
  }

  /** What others than Huntbook wrote into it stays: its other tags, its alias as a function. */
  async replace(query: HuntingQuery, caller: Caller): Promise<SavedSearch> {
    const what = `the hunting query "${query.name}"`;
    const current = await this.find(query.id, caller);
    if (!current || (query.etag !== undefined && current.etag !== query.etag)) refuseChanged(what);
    const { category, displayName, version, functionAlias, functionParameters, tags = [], etag } = current;
    const search: SavedSearch = {
      category,
      displayName: query.name || displayName,
      query: query.query,
      tags: tagsOf(query, tags),
      ...(version === undefined ? {} : { version }),
      ...(functionAlias === undefined ? {} : { functionAlias }),
      ...(functionParameters === undefined ? {} : { functionParameters }),
      ...(etag === undefined ? {} : { etag }),
    };
    try {
      return await this.#write(query.id, search, caller);
    } catch (thrown) {
      if (isConflict(thrown)) refuseChanged(what);
      throw thrown;
    }
  }

  async delete(id: string, caller: Caller): Promise<void> {
    await this.#call(caller, (client, group, workspace) => client.savedSearches.delete(group, workspace, id));
  }

  async #write(id: string, search: SavedSearch, caller: Caller): Promise<SavedSearch> {
    return this.#call(caller, (client, group, workspace) => client.savedSearches.createOrUpdate(group, workspace, id, search));
  }

  async #call<T>(
    caller: Caller,
    work: (client: OperationalInsightsManagementClient, resourceGroup: string, workspace: string) => Promise<T>,
  ): Promise<T> {
    const { wire, connection, workspace, mostWaitMs } = this.#client;
    const { OperationalInsightsManagementClient: Client } = await import('@azure/arm-operationalinsights');
    const call = (): Promise<T> =>
      callAzure(wire, connection, caller, (azure) => {
        const client = new Client(azure.credential, workspace.subscriptionId, armOptions(connection, azure));
        azure.prepare(client.pipeline);
        return work(client, workspace.resourceGroup, workspace.name);
      });
    return withRetries(wire, caller, call, undefined, mostWaitMs);
  }
}

const ownTags: ReadonlySet<string> = new Set(['description', 'tactics', 'techniques']);

function tagsOf({ description, tactics, techniques }: NewHuntingQuery, others: readonly Tag[]): Tag[] {
  const own = [
    { name: 'description', value: description },
    { name: 'tactics', value: tactics.join(',') },
    { name: 'techniques', value: techniques.join(',') },
  ];
  return [...others.filter(({ name }) => !ownTags.has(name.toLowerCase())), ...own.filter(({ value }) => value !== '')];
}

type Tag = NonNullable<SavedSearch['tags']>[number];

function queryOf({ name = '', displayName, query, tags = [], etag }: SavedSearch): HuntingQuery {
  const tag = (wanted: string): string => tags.find((one) => one.name.toLowerCase() === wanted)?.value ?? '';
  const list = (text: string): readonly string[] => text.split(',').map((part) => part.trim()).filter((part) => part !== '');
  return {
    id: name,
    name: displayName,
    description: tag('description'),
    query,
    tactics: list(tag('tactics')),
    techniques: list(tag('techniques')),
    ...(etag === undefined ? {} : { etag }),
  };
}
