import type { Entity } from '../../../src/common/incidents';
import type { JsonObject } from '../http/messages';
import { stableGuid } from '../world/world';
import type { SentinelStore } from './sentinelStore';

/** An entity as the API writes it: https://learn.microsoft.com/rest/api/securityinsights/entities */
export function entityJson(store: SentinelStore, entity: Entity): JsonObject {
  const name = stableGuid(JSON.stringify(entity));
  const { friendlyName, ...properties } = propertiesOf(entity);
  return {
    id: store.resourceId(`Entities/${name}`),
    name,
    type: 'Microsoft.SecurityInsights/Entities',
    kind: entity.kind === 'Other' ? entity.type : entity.kind,
    properties: { ...properties, friendlyName, additionalData: {} },
  };
}

function propertiesOf(entity: Entity): JsonObject & { readonly friendlyName: string } {
  switch (entity.kind) {
    case 'Account': {
      const [accountName = '', upnSuffix = ''] = entity.upn.split('@');
      const { name: displayName, objectId: aadUserId, upn: friendlyName } = entity;
      return { accountName, upnSuffix, displayName, aadUserId, isDomainJoined: true, friendlyName };
    }
    case 'Host':
      return { hostName: entity.name, dnsDomain: entity.domain, osFamily: entity.os, isDomainJoined: true, friendlyName: entity.name };
    case 'Ip': {
      const location = entity.country === undefined ? undefined : { countryCode: entity.country };
      return { address: entity.address, location, friendlyName: entity.address };
    }
    case 'Process':
      return { processId: entity.processId, commandLine: entity.commandLine, friendlyName: entity.name };
    case 'File':
      return { fileName: entity.name, directory: entity.directory, friendlyName: entity.name };
    case 'FileHash':
      return { algorithm: entity.algorithm, hashValue: entity.value, friendlyName: `${entity.value}(${entity.algorithm})` };
    case 'Url':
      return { url: entity.url, friendlyName: entity.url };
    case 'DnsResolution':
      return { domainName: entity.domain, friendlyName: entity.domain };
    case 'Mailbox':
      return { mailboxPrimaryAddress: entity.address, upn: entity.address, friendlyName: entity.address };
    case 'CloudApplication':
      return { appName: entity.name, appId: entity.appId === undefined ? undefined : Number(entity.appId), friendlyName: entity.name };
    case 'AzureResource': {
      const { resourceId } = entity;
      return { resourceId, subscriptionId: resourceId.split('/')[2], friendlyName: resourceId.split('/').at(-1) ?? '' };
    }
    case 'Other':
      return { friendlyName: entity.name };
  }
}
