import type { EntityUnion } from '@azure/arm-securityinsight';
import { describe, expect, it } from 'vitest';
import type { Entity } from '../../../../src/common/incidents';
import { entitiesOf } from '../../../../src/workspaces/logAnalytics/incidents/entityMapping';

describe('an entity of the service', () => {
  // Fields as https://learn.microsoft.com/azure/sentinel/entities-reference describes them; what is not known is `null` or absent.
  it.each<[string, object, Entity]>([
    [
      'an account of the directory',
      { kind: 'Account', accountName: 'dana', upnSuffix: 'contoso.com', displayName: 'Dana Ruiz', aadUserId: '0f0e', friendlyName: 'dana' },
      { kind: 'Account', upn: 'dana@contoso.com', name: 'Dana Ruiz', objectId: '0f0e' },
    ],
    [
      'an account without a name to show',
      { kind: 'Account', accountName: 'dana', upnSuffix: 'contoso.com', displayName: null, aadUserId: null },
      { kind: 'Account', upn: 'dana@contoso.com', name: 'dana' },
    ],
    [
      'an account of a domain',
      { kind: 'Account', accountName: 'svc-backup', ntDomain: 'CONTOSO', upnSuffix: null, friendlyName: 'svc-backup' },
      { kind: 'Account', upn: '', name: 'CONTOSO\\svc-backup' },
    ],
    [
      'an account that is only called something',
      { kind: 'Account', friendlyName: 'lee@contoso.com' },
      { kind: 'Account', upn: 'lee@contoso.com', name: 'lee@contoso.com' },
    ],
    [
      'a host with an old name alone',
      { kind: 'Host', netBiosName: 'WS-17', ntDomain: 'CONTOSO', osFamily: 'Windows' },
      { kind: 'Host', name: 'WS-17', domain: 'CONTOSO', os: 'Windows' },
    ],
    ['an address without a place', { kind: 'Ip', address: '203.0.113.9', location: null }, { kind: 'Ip', address: '203.0.113.9' }],
    [
      'the hash of a signature',
      { kind: 'FileHash', algorithm: 'SHA256AC', hashValue: 'ab12', friendlyName: 'ab12(SHA256AC)' },
      { kind: 'Other', type: 'FileHash SHA256AC', name: 'ab12' },
    ],
    ['a hash without a value', { kind: 'FileHash', friendlyName: 'lost' }, { kind: 'Other', type: 'FileHash', name: 'lost' }],
    ['a mailbox by the name of its user', { kind: 'Mailbox', upn: 'dana@contoso.com' }, { kind: 'Mailbox', address: 'dana@contoso.com' }],
    ['what hunts have no use for', { kind: 'RegistryKey', friendlyName: 'HKLM\\Run' }, { kind: 'Other', type: 'RegistryKey', name: 'HKLM\\Run' }],
    ['what came later than this program', { kind: 'Satellite', name: 'e7' }, { kind: 'Other', type: 'Satellite', name: 'e7' }],
  ])('is %s', (_what, raw, expected) => {
    expect(entitiesOf([raw as EntityUnion])).toEqual([expected]);
  });

  it('is a process that names its host and its file by their ids, spelled in several ways', () => {
    const id = '/subscriptions/s/Entities/';
    const found = entitiesOf([
      { kind: 'Process', id: `${id}p`, commandLine: 'a -b', processId: '7', imageFileEntityId: `${id}F`, hostEntityId: `${id}H`, friendlyName: 'p' },
      { kind: 'File', id: `${id}f`, fileName: 'a.exe', friendlyName: 'a.exe' },
      { kind: 'Host', id: `${id}h`, hostName: 'ws-17', friendlyName: 'ws-17' },
    ] as EntityUnion[]);
    expect(found[0]).toEqual({ kind: 'Process', name: 'a.exe', commandLine: 'a -b', processId: '7', host: 'ws-17' });
  });
});
