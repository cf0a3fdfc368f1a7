import type { GraphNode } from '../../../common/investigation/entityGraph';

/** A kind of entity for people: its letter in the drawing, so that colours need not be told apart, and its name. */
export interface KindLook {
  readonly letter: string;
  readonly name: string;
}

const looks: Readonly<Record<GraphNode['kind'], KindLook>> = {
  Alert: { letter: '!', name: 'Alert' },
  Account: { letter: 'A', name: 'Account' },
  Host: { letter: 'H', name: 'Host' },
  Ip: { letter: 'I', name: 'IP address' },
  Process: { letter: 'P', name: 'Process' },
  File: { letter: 'F', name: 'File' },
  FileHash: { letter: '#', name: 'File hash' },
  Url: { letter: 'U', name: 'URL' },
  DnsResolution: { letter: 'D', name: 'Domain' },
  Mailbox: { letter: 'M', name: 'Mailbox' },
  CloudApplication: { letter: 'C', name: 'Cloud application' },
  AzureResource: { letter: 'R', name: 'Azure resource' },
};

export function kindLook(kind: GraphNode['kind']): KindLook {
  return looks[kind];
}
