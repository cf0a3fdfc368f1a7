import { type ApiRequest, json, type JsonObject } from '../http/messages';
import type { Route } from '../http/router';
import type { BearerCheck } from '../login/bearer';
import type { SubscriptionDefinition, TenantDefinition } from '../world/definitions';
import type { World } from '../world/world';

/** Tenants of the person, and subscriptions of the token's tenant. https://learn.microsoft.com/rest/api/resources/subscriptions */
export function subscriptionRoutes(world: World, bearer: BearerCheck): readonly Route[] {
  const get = (path: string, answer: (request: ApiRequest) => JsonObject): Route => ({
    method: 'GET',
    path,
    kind: 'arm',
    audience: 'arm',
    handle: (request) => json(answer(request)),
  });
  return [
    get('/tenants', () => ({ value: world.tenants.map(tenantJson) })),
    get('/subscriptions', ({ caller }) => {
      const own = world.subscriptions.filter(({ tenantId }) => tenantId === caller.tenantId);
      return { value: own.map(subscriptionJson), count: { type: 'Total', value: own.length } };
    }),
    get('/subscriptions/{subscription}', ({ params, caller }) => subscriptionJson(world.armSubscription(params['subscription'] ?? '', caller, bearer))),
  ];
}

function tenantJson({ id, displayName, defaultDomain }: TenantDefinition): JsonObject {
  return {
    id: `/tenants/${id}`,
    tenantId: id,
    countryCode: 'GB',
    displayName,
    domains: [defaultDomain],
    tenantCategory: 'Home',
    defaultDomain,
    tenantType: 'AAD',
  };
}

function subscriptionJson({ id, displayName, tenantId }: SubscriptionDefinition): JsonObject {
  return {
    id: `/subscriptions/${id}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId: id,
    tenantId,
    displayName,
    state: 'Enabled',
    subscriptionPolicies: { locationPlacementId: 'Public_2014-09-01', quotaId: 'EnterpriseAgreement_2014-09-01', spendingLimit: 'Off' },
  };
}
