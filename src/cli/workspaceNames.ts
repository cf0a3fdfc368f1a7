import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { AzureConnection, AzureDirectory, AzureWorkspace } from '../common/azure';
import type { CancellationToken } from '../common/cancellation';
import type { WorkspaceSource } from '../common/engineProtocol';
import { HuntError } from '../common/errors';
import type { EngineClient } from '../notebook/engineClient';
import type { AzureArguments } from './azureArguments';

/** A workspace as the command line names it: on this machine, or to be looked up in Azure. */
export type NamedWorkspace = Exclude<WorkspaceSource, { readonly kind: 'logAnalytics' }> | { readonly kind: 'azure'; readonly name: string };

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const resourceId = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.OperationalInsights\/workspaces\/[^/]+$/iu;

/** @throws HuntError when it can be no workspace at all. */
export async function namedWorkspace(name: string, azure: Pick<AzureArguments, 'isNamed'>): Promise<NamedWorkspace> {
  if (name === 'sample') return { kind: 'sample' };
  if (guid.test(name) || resourceId.test(name)) return { kind: 'azure', name };
  const folder = path.resolve(name.replace(/^folder:/u, ''));
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() === true) return { kind: 'folder', path: folder };
  if (azure.isNamed && !/[\\/]/u.test(name)) return { kind: 'azure', name };
  const message = `There is no workspace "${name}": write "sample", a folder of data files, or the id of a workspace in Azure (its name, with --credential).`;
  throw new HuntError({ kind: 'storage', reason: 'other', path: folder, message });
}

/** Finds the workspaces of Azure; one that is named by its id need not be looked up. @throws HuntError */
export async function workspaceSources(
  named: readonly NamedWorkspace[],
  connection: AzureConnection,
  client: EngineClient,
  token: CancellationToken,
  progress: (sentence: string) => void,
): Promise<readonly WorkspaceSource[]> {
  let directory: AzureDirectory | undefined;
  const sources: WorkspaceSource[] = [];
  for (const one of named) {
    if (one.kind !== 'azure') {
      sources.push(one);
      continue;
    }
    if (!guid.test(one.name)) directory ??= await client.call('discover', connection, token, progress);
    const workspace = directory ? inDirectory(directory, one.name) : byId(one.name);
    sources.push({ kind: 'logAnalytics', workspace, connection });
  }
  return sources;
}

function byId(customerId: string): AzureWorkspace {
  return { customerId, name: customerId, hasSentinel: true };
}

function inDirectory({ workspaces, problems }: AzureDirectory, name: string): AzureWorkspace {
  const wanted = name.toLowerCase();
  if (guid.test(name)) return workspaces.find(({ customerId }) => customerId.toLowerCase() === wanted) ?? byId(name);
  const found = workspaces.filter((one) => one.name.toLowerCase() === wanted || one.resourceId?.toLowerCase() === wanted);
  const [first] = found;
  if (first && found.length === 1) return first;
  const ids = found.map(({ customerId, subscriptionName }) => `${customerId} (${subscriptionName ?? 'unknown subscription'})`);
  const seen = workspaces.length === 0 ? 'The account sees no workspaces.' : `The account sees ${workspaces.map((one) => one.name).join(', ')}.`;
  const reasons = problems.map(({ tenantId, message }) => ` In tenant ${tenantId}: ${message}`).join('');
  const message =
    found.length > 1 ? `Several workspaces are called "${name}": name one by its id, ${ids.join(' or ')}.` : `There is no workspace "${name}" in Azure. ${seen}${reasons}`;
  throw new HuntError({ kind: 'refused', message });
}
