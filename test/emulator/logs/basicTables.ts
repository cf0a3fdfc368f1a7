import type { CatalogTable } from '../../../src/engine/catalog';
import type { EmulatedWorkspace } from '../world/workspace';
import { badArgument } from './queryErrors';

/**
 * Basic and Auxiliary tables are read by `search` alone, one table and one workspace at a time:
 * https://learn.microsoft.com/azure/azure-monitor/logs/basic-logs-query
 * @throws ServiceError 400
 */
export function checkPlans(used: readonly CatalogTable[], workspaces: readonly EmulatedWorkspace[], pool: 'query' | 'search'): void {
  const cheap = used.filter(({ name }) => workspaces.some((workspace) => (workspace.table(name)?.plan ?? 'Analytics') !== 'Analytics'));
  const [first] = cheap;
  if (!first) return;
  if (pool === 'query') {
    throw badArgument('BasicLogsNotSupported', `The table '${first.name}' has the Basic or Auxiliary plan: query it by the search API.`);
  }
  if (workspaces.length > 1) throw badArgument('CrossWorkspaceNotSupported', `The table '${first.name}' can be queried in one workspace at a time.`);
  if (used.length > 1) throw badArgument('SingleTableOnly', `A query of the table '${first.name}' can read no other table.`);
}
