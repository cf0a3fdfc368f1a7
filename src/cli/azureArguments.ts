import { readFile } from 'node:fs/promises';
import { azureClouds, type AzureCloud, type AzureConnection, type AzureEndpoints, credentialNames } from '../common/azure';
import { HuntError, toHuntError } from '../common/errors';
import { isTimespan } from '../kql/timespan';
import { UsageError } from './usageError';

/** How the command line reaches Azure. */
export interface AzureArguments {
  readonly credential: AzureConnection['credential'];
  readonly tenantId: string | undefined;
  readonly cloud: AzureCloud;
  /** A JSON file with endpoints of a cloud of its own. */
  readonly endpointsFile: string | undefined;
  /** Time range of queries that name none, ISO 8601. */
  readonly timespan: string;
  readonly serverTimeoutSeconds: number | undefined;
  /** Something of Azure was named: a workspace by its name is then looked up there. */
  readonly isNamed: boolean;
}

/** Options of the command line that have one value. */
export const azureOptionNames = ['--credential', '--tenant', '--cloud', '--azure-endpoints', '--timespan', '--query-timeout'] as const;

export const azureUsage = `
Workspaces in Azure:

  --workspace, -w WORKSPACE   a workspace's id (GUID), its name, or its resource id
  --credential NAME           ${credentialNames.join(', ')} (chain, the default: what is found first)
                              Secrets come from the environment: AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, AZURE_CLIENT_CERTIFICATE_PATH, …
  --tenant ID                 the tenant that gives the tokens; AZURE_TENANT_ID does the same
  --timespan DURATION         ISO 8601, for queries that neither name a time range nor filter it; P1D unless told
  --query-timeout SECONDS     how long the service may work on a query, 600 at most
  --cloud NAME                ${Object.keys(azureClouds).join(', ')}
  --azure-endpoints FILE      a JSON file with the endpoints of another cloud, instead of --cloud
`;

const usualTimespan = 'P1D';

/** @throws UsageError */
export function readAzureArguments(single: ReadonlyMap<string, string>): AzureArguments {
  const credential = single.get('credential') ?? 'chain';
  const cloud = single.get('cloud') ?? 'public';
  const timespan = single.get('timespan') ?? usualTimespan;
  return {
    credential: credentialNames.find((name) => name === credential) ?? fail(`There is no credential "${credential}": ${credentialNames.join(', ')} are.`),
    tenantId: single.get('tenant'),
    cloud: isCloud(cloud) ? cloud : fail(`There is no cloud "${cloud}": ${Object.keys(azureClouds).join(', ')} are.`),
    endpointsFile: single.get('azure-endpoints'),
    timespan: isTimespan(timespan) ? timespan : fail(`--timespan is an ISO 8601 duration such as P7D, or start/end; "${timespan}" is neither.`),
    serverTimeoutSeconds: serverTimeout(single.get('query-timeout')),
    isNamed: azureOptionNames.some((name) => name !== '--timespan' && single.has(name.slice(2))),
  };
}

/** @throws HuntError when the file of endpoints cannot be read. */
export async function azureConnection(given: AzureArguments): Promise<AzureConnection> {
  const { credential, tenantId, cloud, endpointsFile } = given;
  const endpoints = endpointsFile === undefined ? azureClouds[cloud] : await readEndpoints(endpointsFile);
  const tenant = tenantId ?? process.env['AZURE_TENANT_ID'];
  return { endpoints, credential, ...(tenant === undefined || tenant === '' ? {} : { tenantId: tenant }) };
}

async function readEndpoints(file: string): Promise<AzureEndpoints> {
  const names = Object.keys(azureClouds.public) as (keyof AzureEndpoints)[];
  let read: unknown;
  try {
    read = JSON.parse(await readFile(file, 'utf8'));
  } catch (thrown) {
    const { data, message } = toHuntError(thrown);
    throw badFile(file, data.kind === 'storage' ? message : `it is not JSON (${message}).`);
  }
  const given = typeof read === 'object' && read !== null ? (read as Readonly<Record<string, unknown>>) : {};
  for (const name of names) {
    const value = given[name];
    if (typeof value !== 'string') throw badFile(file, `it lacks "${name}". It needs ${names.join(', ')}.`);
    if (!name.endsWith('Scope') && !value.startsWith('https://')) throw badFile(file, `"${name}" is no https address.`);
  }
  return Object.fromEntries(names.map((name) => [name, String(given[name]).replace(/\/+$/u, '')])) as unknown as AzureEndpoints;
}

function badFile(file: string, reason: string): HuntError {
  return new HuntError({ kind: 'storage', reason: 'other', path: file, message: `The endpoints cannot be read from ${file}: ${reason}` });
}

function isCloud(name: string): name is AzureCloud {
  return Object.hasOwn(azureClouds, name);
}

function serverTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = /^[1-9]\d{0,2}$/u.test(text) ? Number(text) : Number.NaN;
  return seconds <= 600 ? seconds : fail(`--query-timeout is a number of seconds up to 600; "${text}" is none.`);
}

function fail(message: string): never {
  throw new UsageError(message);
}
