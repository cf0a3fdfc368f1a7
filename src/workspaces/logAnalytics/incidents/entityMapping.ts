import type * as Sentinel from '@azure/arm-securityinsight';
import type { Entity } from '../../../common/incidents';
import { textOf } from './rawValues';

/**
 * Entities as the service names them. Processes and files refer to hosts and files by the ids of other entities of the same incident.
 * @see https://learn.microsoft.com/azure/sentinel/entities-reference
 */
export function entitiesOf(raw: readonly Sentinel.EntityUnion[]): readonly Entity[] {
  const byId = new Map(raw.flatMap((entity) => (entity.id === undefined ? [] : [[entity.id.toLowerCase(), entity] as const])));
  const nameOf: NameOf = (id) => {
    const entity = id === undefined ? undefined : byId.get(id.toLowerCase());
    return entity && friendlyName(entity);
  };
  return raw.map((entity) => entityOf(entity, nameOf));
}

type NameOf = (id: string | undefined) => string | undefined;

function entityOf(entity: Sentinel.EntityUnion, nameOf: NameOf): Entity {
  const name = friendlyName(entity);
  if (isAccount(entity)) return accountOf(entity, name);
  if (isHost(entity)) {
    const { hostName, netBiosName, dnsDomain, ntDomain, osFamily } = entity;
    return { kind: 'Host', name: textOf(hostName) ?? textOf(netBiosName) ?? name, domain: textOf(dnsDomain) ?? textOf(ntDomain), os: textOf(osFamily) };
  }
  if (isIp(entity)) return { kind: 'Ip', address: textOf(entity.address) ?? name, country: textOf(entity.location?.countryCode) };
  if (isProcess(entity)) {
    const { commandLine, processId, imageFileEntityId, hostEntityId } = entity;
    const process = { name: nameOf(imageFileEntityId) ?? name, commandLine: textOf(commandLine) ?? '' };
    return { kind: 'Process', ...process, processId: textOf(processId), host: nameOf(hostEntityId) };
  }
  if (isFile(entity)) return { kind: 'File', name: textOf(entity.fileName) ?? name, directory: textOf(entity.directory) };
  if (isHash(entity)) return hashOf(entity, name);
  if (isUrl(entity)) return { kind: 'Url', url: textOf(entity.url) ?? name };
  if (isDns(entity)) return { kind: 'DnsResolution', domain: textOf(entity.domainName) ?? name };
  if (isMailbox(entity)) return { kind: 'Mailbox', address: textOf(entity.mailboxPrimaryAddress) ?? textOf(entity.upn) ?? name };
  if (isApplication(entity)) return { kind: 'CloudApplication', name: textOf(entity.appName) ?? name, appId: entity.appId?.toString() };
  if (isResource(entity)) return { kind: 'AzureResource', resourceId: textOf(entity.resourceId) ?? name };
  return { kind: 'Other', type: entity.kind, name };
}

/** An account of the directory has a name with a suffix; one of a domain alone has none, and is known by its Windows name. */
function accountOf(entity: Sentinel.AccountEntity, friendly: string): Entity {
  const objectId = textOf(entity.aadUserId);
  const account = textOf(entity.accountName);
  const suffix = textOf(entity.upnSuffix);
  const shown = textOf(entity.displayName);
  if (account !== undefined && suffix !== undefined) return { kind: 'Account', upn: `${account}@${suffix}`, name: shown ?? account, objectId };
  const domain = textOf(entity.ntDomain);
  const windowsName = account !== undefined && domain !== undefined ? `${domain}\\${account}` : account;
  return { kind: 'Account', upn: friendly.includes('@') ? friendly : '', name: windowsName ?? shown ?? friendly, objectId };
}

function hashOf({ kind, algorithm, hashValue }: Sentinel.FileHashEntity, name: string): Entity {
  const value = textOf(hashValue);
  if (value === undefined) return { kind: 'Other', type: kind, name };
  if (algorithm === 'MD5' || algorithm === 'SHA1' || algorithm === 'SHA256') return { kind: 'FileHash', algorithm, value };
  // The hash of an Authenticode signature is not the hash of the file.
  return { kind: 'Other', type: `${kind} ${algorithm ?? ''}`.trim(), name: value };
}

function friendlyName(entity: Sentinel.EntityUnion): string {
  const named = 'friendlyName' in entity ? entity.friendlyName : undefined;
  return textOf(named) ?? entity.name ?? '';
}

// The SDK's union has a member whose `kind` is any text, which keeps `kind` from telling the others apart.
const isKind =
  <T extends Sentinel.EntityUnion>(kind: T['kind']) =>
  (entity: Sentinel.EntityUnion): entity is T =>
    entity.kind === kind;

const isAccount = isKind<Sentinel.AccountEntity>('Account');
const isHost = isKind<Sentinel.HostEntity>('Host');
const isIp = isKind<Sentinel.IpEntity>('Ip');
const isProcess = isKind<Sentinel.ProcessEntity>('Process');
const isFile = isKind<Sentinel.FileEntity>('File');
const isHash = isKind<Sentinel.FileHashEntity>('FileHash');
const isUrl = isKind<Sentinel.UrlEntity>('Url');
const isDns = isKind<Sentinel.DnsEntity>('DnsResolution');
const isMailbox = isKind<Sentinel.MailboxEntity>('Mailbox');
const isApplication = isKind<Sentinel.CloudApplicationEntity>('CloudApplication');
const isResource = isKind<Sentinel.AzureResourceEntity>('AzureResource');
