/**
 * Which entity a value of a result names, by the column it stands in and by what it looks like. Column names are those of Sentinel's
 * tables (https://learn.microsoft.com/azure/azure-monitor/reference/tables-index) and of the ASIM schemas
 * (https://learn.microsoft.com/azure/sentinel/normalization-about-schemas).
 */
import type { EntityKind } from './incidents';
import type { Column, WireValue } from './kqlTypes';

/** Entity kinds that columns of logs name. */
export type ColumnEntity = Exclude<EntityKind, 'Other'>;

/** In this order: `InitiatingProcessAccountName` is an account, not a process. */
const byName: readonly (readonly [ColumnEntity, RegExp])[] = [
  ['FileHash', /(^|_|[a-z])(MD5|SHA1|SHA256|FileHash|Md5|Sha1|Sha256|Hash)$/],
  ['Ip', /(^|[a-z_])(IP|Ip|IPAddress|IpAddress|IpAddr|IPv4|IPv6|Ipv4|Ipv6|IPAddr|ip|ip_address|ipAddress|ips|Ips|IPs)$|^(ClientIP_s|c_ip|s_ip|MaliciousIP)$/],
  ['Mailbox', /(MailboxOwnerUPN|SenderFromAddress|SenderMailFromAddress|RecipientEmailAddress|EmailAddress|^Mailbox|^Recipients?$|^Sender$)$/],
  ['AzureResource', /^(_ResourceId|ResourceId|ResourceUri|resourceId|SessionHostResourceId|AzureResourceId)$/],
  [
    'Account',
    /(UPN|Upn|upn|UserPrincipalName|userPrincipalName|AccountName|AccountDisplayName|SamAccountName|UserName|Username|userName|SubjectAccount|TargetAccount|InitiatedBy|^Account|^User|^user|^account|^accounts|^users|^Identity|^Caller|^Actor|^UserId|^UserEmail|^ResponseUser|^Principal|^Email)$/,
  ],
  ['Host', /(Computer|^computer|HostName|Hostname|hostname|DeviceName|^Host|^host|^hosts|MachineName|^Machine|^Device|^Dvc|WorkstationName|^Workstation|HostNames?)$/],
  ['Url', /(Url|URL|url|Uri|URI|RequestURL|RemoteUrl|TargetUrl|Urls?)$/],
  ['DnsResolution', /(^Domain|^domain|DomainName|DnsQuery|^QueryName|^Name_Domain|DestinationHostName|RemoteDomain|FQDN|^Fqdn|^domains)$/],
  ['Process', /(CommandLine|^Process|ProcessName|NewProcessName|ParentProcessName|InitiatingProcessFileName|ImageFile|^Image|^ParentImage|ActingProcessName)$/],
  ['File', /(^FileName|^FilePath|FolderPath|TargetFilename|^File|^TargetFileName|SourceFileName|DestinationFileName)$/],
  ['CloudApplication', /^(AppDisplayName|ResourceDisplayName|ServicePrincipalName|Application|AppName|AppId)$/],
];

/** Names that end like the above and mean something else. */
const others = /(Type|Id|ID|Sid|Country|City|State|Latitude|Longitude|Count|Category|Description|Version|Size|Time|Agent|Port|Group|Model|Status)$/;
/** Of them these name an entity all the same. */
const exceptions = /^(UserId|ActorUserId|AppId|_ResourceId|ResourceId|AzureResourceId|SessionHostResourceId)$/;

/** The kind of entity that a column names, by its name alone; undefined: none that hunts follow. */
export function entityOfColumn({ name, type }: Column): ColumnEntity | undefined {
  if (type !== 'string' && type !== 'dynamic' && type !== 'guid') return undefined;
  if (others.test(name) && !exceptions.test(name)) return undefined;
  return byName.find(([, pattern]) => pattern.test(name))?.[0];
}

/**
 * The kind of entity that a value names: by its column, as long as the value can be one; else by its form (an address, a hash, a URL and a
 * mail address speak for themselves).
 */
export function entityOfValue(value: WireValue, column: Column): ColumnEntity | undefined {
  if (typeof value !== 'string' || value === '' || value.length > 2048) return undefined;
  const named = entityOfColumn(column);
  const form = formOf(value);
  if (named === 'Ip' || named === 'FileHash') return form === named ? named : undefined;
  // A column may hold hosts and addresses, or accounts and mail addresses.
  if (form === 'Ip' || form === 'FileHash') return form;
  if (named !== undefined) return named;
  return column.type === 'string' ? form : undefined;
}

const octet = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const ipv4 = new RegExp(`^${octet}(\\.${octet}){3}$`);
const ipv6Mapped = new RegExp(`^::ffff:${octet}(\\.${octet}){3}$`, 'i');
const hash = /^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;
const url = /^(https?|ftp):\/\/[^\s]+$/i;
const mail = /^[^\s@<>"]+@[^\s@<>"]+\.[a-z]{2,}$/i;

function formOf(value: string): ColumnEntity | undefined {
  if (isIpAddress(value)) return 'Ip';
  if (hash.test(value)) return 'FileHash';
  if (url.test(value)) return 'Url';
  if (mail.test(value)) return 'Account';
  return /^\/subscriptions\/[0-9a-f-]{36}\//i.test(value) ? 'AzureResource' : undefined;
}

/** An IPv4 or IPv6 address, without port or prefix. */
export function isIpAddress(text: string): boolean {
  return ipv4.test(text) || ipv6Mapped.test(text) || isIpv6(text.replace(/%\w+$/, ''));
}

/** Eight groups, or fewer with one `::`. */
function isIpv6(text: string): boolean {
  if (text.length > 39 || !/^[0-9a-f:]+$/i.test(text)) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  return halves.length === 2 ? groups.length <= 7 : groups.length === 8;
}

/** Which algorithm makes a hash of this length. */
export function hashAlgorithm(text: string): 'MD5' | 'SHA1' | 'SHA256' | undefined {
  if (!hash.test(text)) return undefined;
  return text.length === 32 ? 'MD5' : text.length === 40 ? 'SHA1' : 'SHA256';
}
