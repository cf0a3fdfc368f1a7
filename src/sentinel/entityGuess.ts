import { hashAlgorithm, isIpAddress } from '../common/entityColumns';
import type { Entity, EntityKind } from '../common/incidents';

/** Kinds that hunts start from by a name alone. */
export const huntableKinds = ['Account', 'Mailbox', 'Host', 'Ip', 'Url', 'DnsResolution', 'FileHash', 'File', 'AzureResource'] as const satisfies readonly EntityKind[];
export type HuntableKind = (typeof huntableKinds)[number];

/** The entity of a kind that a text names; undefined: it cannot name one. */
export function entityOf(kind: HuntableKind, text: string): Entity | undefined {
  const value = text.trim();
  if (value === '') return undefined;
  switch (kind) {
    case 'Account':
      return { kind, upn: value, name: value };
    case 'Host':
    case 'File':
      return { kind, name: value };
    case 'Ip':
      return isIpAddress(value) ? { kind, address: value } : undefined;
    case 'Mailbox':
      return value.includes('@') ? { kind, address: value } : undefined;
    case 'Url':
      return /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(value) ? { kind, url: value } : undefined;
    case 'DnsResolution':
      return /^[^\s@/:]+\.[^\s@/:]+$/.test(value) && !isIpAddress(value) ? { kind, domain: value } : undefined;
    case 'FileHash': {
      const algorithm = hashAlgorithm(value);
      return algorithm && { kind, algorithm, value };
    }
    case 'AzureResource':
      return /^\/subscriptions\//i.test(value) ? { kind, resourceId: value } : undefined;
  }
}

/** What a text may name, the likeliest first. An address, a hash, a URL and the id of a resource speak for themselves. */
export function guessEntities(text: string): readonly Entity[] {
  const possible = (kinds: readonly HuntableKind[]): readonly Entity[] => kinds.flatMap((kind) => entityOf(kind, text) ?? []);
  const certain = possible(['Ip', 'FileHash', 'AzureResource', 'Url']);
  if (certain.length > 0) return certain;
  if (text.includes('@')) return possible(['Account', 'Mailbox']);
  if (/\.(exe|dll|ps1|js|vbs|zip|iso|docm?|xlsm?|lnk|bat|cmd|hta|msi|scr)$/i.test(text.trim())) return possible(['File', 'DnsResolution']);
  return text.includes('\\') ? possible(['Account', 'File']) : possible(['Host', 'DnsResolution', 'Account', 'File']);
}
