import type { Entity, EntityKind } from './incidents';

/** What names an entity: what people copy, and search for. */
export function entityName(entity: Entity): string {
  switch (entity.kind) {
    case 'Account':
      return entity.upn === '' ? entity.name : entity.upn;
    case 'Ip':
    case 'Mailbox':
      return entity.address;
    case 'FileHash':
      return entity.value;
    case 'Url':
      return entity.url;
    case 'DnsResolution':
      return entity.domain;
    case 'AzureResource':
      return entity.resourceId;
    case 'Process':
      return entity.commandLine === '' ? entity.name : entity.commandLine;
    case 'Host':
    case 'File':
    case 'CloudApplication':
    case 'Other':
      return entity.name;
  }
}

/** What else is known of it, on one line; may be empty. */
export function entityDetail(entity: Entity): string {
  switch (entity.kind) {
    case 'Account':
      return entity.name === entityName(entity) ? '' : entity.name;
    case 'Host':
      return [entity.domain, entity.os].filter((part) => part !== undefined && part !== '').join(' · ');
    case 'Ip':
      return entity.country ?? '';
    case 'Process':
      return [entity.name, entity.host].filter((part) => part !== undefined && part !== '' && part !== entityName(entity)).join(' on ');
    case 'File':
      return entity.directory ?? '';
    case 'FileHash':
      return entity.algorithm;
    case 'CloudApplication':
      return entity.appId ?? '';
    case 'Other':
      return entity.type;
    case 'Url':
    case 'DnsResolution':
    case 'Mailbox':
    case 'AzureResource':
      return '';
  }
}

/** Do both name the same thing? Case is not looked at, as directories do not. */
export function isSameEntity(left: Entity, right: Entity): boolean {
  return left.kind === right.kind && entityName(left).toLowerCase() === entityName(right).toLowerCase();
}

/** Headings of lists of entities, in the order in which people look at them. */
export const entityHeadings: Readonly<Record<EntityKind, string>> = {
  Account: 'Accounts',
  Mailbox: 'Mailboxes',
  Host: 'Hosts',
  Ip: 'IP addresses',
  Url: 'URLs',
  DnsResolution: 'Domains',
  Process: 'Processes',
  File: 'Files',
  FileHash: 'File hashes',
  CloudApplication: 'Cloud applications',
  AzureResource: 'Azure resources',
  Other: 'Other',
};
