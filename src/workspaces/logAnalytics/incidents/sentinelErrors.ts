import { HuntError } from '../../../common/errors';
import { type Asked, failureError, ServiceFailure } from '../wire/serviceFailure';
import type { SentinelClient } from './sentinelClient';

/** What the service lets people do: https://learn.microsoft.com/azure/sentinel/roles */
export type SentinelRole = 'Microsoft Sentinel Reader' | 'Microsoft Sentinel Responder' | 'Microsoft Sentinel Contributor';

/** What was being done. */
export type SentinelWork =
  | { readonly kind: 'list' }
  | { readonly kind: 'read' | 'change'; readonly number: number }
  | {
      readonly kind: 'other';
      /** For messages, before "the workspace": `the bookmarks of`. */
      readonly what: string;
      readonly role: SentinelRole;
      /** What 404 says is not there. */
      readonly missing?: { readonly what: string; readonly name: string } | undefined;
    };

const SERVICE = 'Microsoft Sentinel';

/** How long the service was given before a gateway gave up. */
const SECONDS = 60;

/** Runs it, and says for people what went wrong. */
export async function explained<T>(client: SentinelClient, work: SentinelWork, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    throw sentinelError(thrown, work, client);
  }
}

function sentinelError(thrown: unknown, work: SentinelWork, { workspace, connection }: SentinelClient): unknown {
  if (!(thrown instanceof ServiceFailure)) return thrown;
  const { status, told } = thrown;
  const missing = missingOf(work);
  if (status === 404 && missing && !isOfWorkspace(thrown)) return new HuntError({ kind: 'notFound', ...missing }, { cause: thrown });
  if (status === 400) return new HuntError({ kind: 'refused', message: `${SERVICE} refuses it: ${told}` }, { cause: thrown });
  return failureError(thrown, askedOf(work, workspace.name, connection.tenantId));
}

/** Does what is written stand on an older version? 409 for an etag in a body, 412 for one in a header. */
export function isConflict(thrown: unknown): boolean {
  return thrown instanceof ServiceFailure && (thrown.status === 409 || thrown.status === 412);
}

/** Did the connection or the service fail in a way that does not tell whether something was written? */
export function isUncertain(thrown: unknown): boolean {
  if (thrown instanceof ServiceFailure) return thrown.status >= 500;
  return thrown instanceof HuntError && (thrown.data.kind === 'network' || thrown.data.kind === 'timeout');
}

function missingOf(work: SentinelWork): { readonly what: string; readonly name: string } | undefined {
  switch (work.kind) {
    case 'list':
      return undefined;
    case 'read':
    case 'change':
      return { what: 'incident', name: `#${work.number}` };
    case 'other':
      return work.missing;
  }
}

function askedOf(work: SentinelWork, workspace: string, tenantId: string | undefined): Asked {
  const common = { service: SERVICE, seconds: SECONDS, tenantId };
  switch (work.kind) {
    case 'list':
    case 'read':
      return { ...common, what: `the incidents of the workspace "${workspace}"`, role: 'Microsoft Sentinel Reader' };
    case 'change':
      return { ...common, what: `changes of incidents in the workspace "${workspace}"`, role: 'Microsoft Sentinel Responder' };
    case 'other':
      return { ...common, what: `${work.what} the workspace "${workspace}"`, role: work.role };
  }
}

/** Codes of Azure Resource Manager when the workspace itself, or what it is in, is not there. */
function isOfWorkspace({ code }: ServiceFailure): boolean {
  return code === 'ResourceNotFound' || code === 'ResourceGroupNotFound' || code === 'SubscriptionNotFound';
}
