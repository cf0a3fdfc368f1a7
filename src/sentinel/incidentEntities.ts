import type { Entity } from '../common/incidents';
import { kqlStringArray } from '../common/kqlLiterals';

/** The parameters that entities of an incident become, in the order they are written. */
export const entityParameters = [
  { name: 'accounts', about: 'User principal names' },
  { name: 'accountNames', about: 'The same accounts as Windows names them' },
  { name: 'mailboxes', about: 'Mailboxes, and the accounts that can have one' },
  { name: 'apps', about: 'Cloud applications: names and application ids' },
  { name: 'hosts', about: 'Machines, without their domain' },
  { name: 'processes', about: 'Names of programs' },
  { name: 'files', about: 'Names of files' },
  { name: 'hashes', about: 'MD5, SHA-1 and SHA-256 of files' },
  { name: 'ips', about: 'Addresses' },
  { name: 'domains', about: 'Domain names, also of the URLs' },
  { name: 'urls', about: 'URLs' },
  { name: 'resources', about: 'Ids of Azure resources' },
] as const;

export type EntityParameter = (typeof entityParameters)[number]['name'];
export type EntityValues = ReadonlyMap<EntityParameter, readonly string[]>;

/** More values of one kind make a query slow and nobody reads them. */
export const MAX_VALUES = 200;

/** The values of an incident's entities by parameter. Values that differ in case alone are one; parameters without values are left out. */
export function entityValues(entities: readonly Entity[]): EntityValues {
  const found = new Map<EntityParameter, Map<string, string>>();
  const add = (name: EntityParameter, value: string | undefined): void => {
    const text = value?.trim() ?? '';
    if (text === '') return;
    const values = found.get(name) ?? new Map<string, string>();
    if (!values.has(text.toLowerCase())) values.set(text.toLowerCase(), text);
    found.set(name, values);
  };
  for (const entity of entities) addEntity(entity, add);
  return new Map(
    entityParameters.flatMap(({ name }) => {
      const values = found.get(name);
      return values ? [[name, [...values.values()].slice(0, MAX_VALUES)] as const] : [];
    }),
  );
}

/** `let` statements of the values, with a comment each. */
export function entityStatements(values: EntityValues): string {
  return entityParameters
    .flatMap(({ name, about }) => {
      const texts = values.get(name);
      return texts ? [`// ${about}\nlet ${name} = ${kqlStringArray(texts)};`] : [];
    })
    .join('\n');
}

function addEntity(entity: Entity, add: (name: EntityParameter, value: string | undefined) => void): void {
  switch (entity.kind) {
    case 'Account':
      add('accounts', entity.upn);
      add('accountNames', windowsName(entity.name === '' ? entity.upn : entity.name));
      if (entity.upn.includes('@')) add('mailboxes', entity.upn);
      break;
    case 'Host':
      add('hosts', entity.name.split('.')[0]);
      break;
    case 'Ip':
      add('ips', entity.address);
      break;
    case 'Process':
      add('processes', fileName(entity.name));
      add('hosts', entity.host?.split('.')[0]);
      break;
    case 'File':
      add('files', fileName(entity.name));
      break;
    case 'FileHash':
      add('hashes', entity.value);
      break;
    case 'Url':
      add('urls', entity.url);
      add('domains', hostOf(entity.url));
      break;
    case 'DnsResolution':
      add('domains', entity.domain);
      break;
    case 'Mailbox':
      add('mailboxes', entity.address);
      break;
    case 'CloudApplication':
      add('apps', entity.name);
      add('apps', entity.appId);
      break;
    case 'AzureResource':
      add('resources', entity.resourceId);
      break;
    case 'Other':
      break;
  }
}

/** `CONTOSO\dana` and `dana@contoso.com` are `dana`. */
function windowsName(name: string): string {
  return (name.split('\\').at(-1) ?? name).split('@')[0] ?? name;
}

function fileName(pathOrName: string): string {
  return pathOrName.split(/[\\/]/).at(-1) ?? pathOrName;
}

function hostOf(url: string): string | undefined {
  try {
    const { hostname } = new URL(url);
    return /^[\d.]+$|^\[/.test(hostname) ? undefined : hostname;
  } catch {
    return undefined;
  }
}
