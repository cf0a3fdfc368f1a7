import type { AzureConnection } from '../../../common/azure';
import type { Asked } from '../wire/serviceFailure';
import type { AzureCall } from '../wire/azureCall';

/** Options of the clients of Azure Resource Manager: one of them goes by `endpoint`, another by `$host`. */
export function armOptions({ endpoints }: AzureConnection, call: AzureCall): AzureCall['options'] & {
  readonly endpoint: string;
  readonly $host: string;
  readonly credentialScopes: string[];
} {
  const { resourceManager, resourceManagerScope } = endpoints;
  return { ...call.options, endpoint: resourceManager, $host: resourceManager, credentialScopes: [resourceManagerScope] };
}

/** For messages about calls to Azure Resource Manager. */
export function askedOfArm(what: string, tenantId: string | undefined): Asked {
  return { service: 'Azure Resource Manager', what, role: 'Reader', seconds: 60, tenantId };
}
