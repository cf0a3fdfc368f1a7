import type { Entity } from '../../../common/incidents';

/** Entities as `SecurityAlert.Entities` has them: https://learn.microsoft.com/azure/sentinel/entities-reference */
export function entitiesJson(entities: readonly Entity[]): string {
  return JSON.stringify(entities.map((entity, index) => ({ $id: String(index + 2), ...entityObject(entity) })));
}

function entityObject(entity: Entity): Readonly<Record<string, unknown>> {
  switch (entity.kind) {
    case 'Account': {
      const [name = '', suffix = ''] = entity.upn.split('@');
      return { Name: name, UPNSuffix: suffix, AadUserId: entity.objectId, IsDomainJoined: true, Type: 'account' };
    }
    case 'Host':
      return { HostName: entity.name, DnsDomain: entity.domain, OSFamily: entity.os, Type: 'host' };
    case 'Ip':
      return { Address: entity.address, ...(entity.country ? { Location: { CountryCode: entity.country } } : {}), Type: 'ip' };
    case 'Process':
      return {
        ProcessId: entity.processId,
        CommandLine: entity.commandLine,
        ImageFile: { Name: entity.name, Type: 'file' },
        Type: 'process',
      };
    case 'File':
      return { Name: entity.name, Directory: entity.directory, Type: 'file' };
    case 'FileHash':
      return { Algorithm: entity.algorithm, Value: entity.value, Type: 'filehash' };
    case 'Url':
      return { Url: entity.url, Type: 'url' };
    case 'DnsResolution':
      return { DomainName: entity.domain, Type: 'dns' };
    case 'Mailbox':
      return { MailboxPrimaryAddress: entity.address, Upn: entity.address, Type: 'mailbox' };
    case 'CloudApplication':
      return { Name: entity.name, AppId: entity.appId, Type: 'cloud-application' };
    case 'AzureResource':
      return { ResourceId: entity.resourceId, Type: 'azure-resource' };
    case 'Other':
      return { Name: entity.name, Type: entity.type.toLowerCase() };
  }
}
