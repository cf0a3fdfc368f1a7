import type { AzureSentinel } from '../azureIncidents';
import { IncidentFinder } from '../incidents/incidentFinder';
import { SentinelApi } from '../incidents/sentinelApi';
import type { SentinelClient } from '../incidents/sentinelClient';
import { SentinelIncidents } from '../incidents/sentinelIncidents';
import { azureBookmarks } from './azureBookmarks';
import { azureHuntingQueries } from './azureHuntingQueries';
import { azureTasks } from './azureTasks';
import { azureWatchlists } from './azureWatchlists';
import { SimilarInAzure } from './similarInAzure';

/** Microsoft Sentinel of one workspace. */
export function azureSentinel(client: SentinelClient): AzureSentinel {
  const api = new SentinelApi(client);
  const finder = new IncidentFinder(api, client.connection.endpoints.portal);
  const incidents = new SentinelIncidents(client, api, finder);
  const similar = new SimilarInAzure(client, api, finder);
  return {
    incidents,
    answers: {
      ...azureBookmarks(client, api, finder),
      ...azureWatchlists(client),
      ...azureHuntingQueries(client),
      ...azureTasks(client, finder),
      similarIncidents: async ({ number }, token) => similar.of(number, token),
      deleteComment: async ({ number, commentId }, token) => incidents.deleteComment(number, commentId, token),
    },
  };
}
