import { HuntError } from '../../../common/errors';
import { type Asked, failureError, ServiceFailure } from '../wire/serviceFailure';

/** What was being done. */
export type SentinelWork = { readonly kind: 'list' } | { readonly kind: 'read' | 'change'; readonly number: number };

const SERVICE = 'Microsoft Sentinel';

/** How long the service was given before a gateway gave up. */
const SECONDS = 60;

/**
 * What went wrong with incidents, for people.
 * @see https://learn.microsoft.com/azure/sentinel/roles for the roles
 */
export function sentinelError(thrown: unknown, work: SentinelWork, workspace: string, tenantId: string | undefined): unknown {
  if (!(thrown instanceof ServiceFailure)) return thrown;
  const { status, told } = thrown;
  if (status === 404 && work.kind !== 'list' && !isOfWorkspace(thrown)) {
    return new HuntError({ kind: 'notFound', what: 'incident', name: `#${work.number}` }, { cause: thrown });
  }
  if (status === 400) return new HuntError({ kind: 'refused', message: `${SERVICE} refuses it: ${told}` }, { cause: thrown });
  return failureError(thrown, askedOf(work, workspace, tenantId));
}

/** Did the connection or the service fail in a way that does not tell whether something was written? */
export function isUncertain(thrown: unknown): boolean {
  if (thrown instanceof ServiceFailure) return thrown.status >= 500;
  return thrown instanceof HuntError && (thrown.data.kind === 'network' || thrown.data.kind === 'timeout');
}

function askedOf(work: SentinelWork, workspace: string, tenantId: string | undefined): Asked {
  const common = { service: SERVICE, seconds: SECONDS, tenantId };
  if (work.kind === 'change') return { ...common, what: `changes of incidents in the workspace "${workspace}"`, role: 'Microsoft Sentinel Responder' };
  return { ...common, what: `the incidents of the workspace "${workspace}"`, role: 'Microsoft Sentinel Reader' };
}

/** Codes of Azure Resource Manager when the workspace itself, or what it is in, is not there. */
function isOfWorkspace({ code }: ServiceFailure): boolean {
  return code === 'ResourceNotFound' || code === 'ResourceGroupNotFound' || code === 'SubscriptionNotFound';
}
