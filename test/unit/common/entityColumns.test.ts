import { describe, expect, it } from 'vitest';
import { entityOfColumn, entityOfValue, hashAlgorithm, isIpAddress } from '../../../src/common/entityColumns';
import type { KqlType } from '../../../src/common/kqlTypes';

const column = (name: string, type: KqlType = 'string') => ({ name, type });

describe('entityOfColumn', () => {
  it.each([
    ['IPAddress', 'Ip'],
    ['CallerIpAddress', 'Ip'],
    ['SrcIpAddr', 'Ip'],
    ['RemoteIP', 'Ip'],
    ['DestinationIp', 'Ip'],
    ['InitiatingProcessRemoteSessionIP', 'Ip'],
    ['UserPrincipalName', 'Account'],
    ['AccountName', 'Account'],
    ['AccountUpn', 'Account'],
    ['InitiatingProcessAccountName', 'Account'],
    ['TargetUserName', 'Account'],
    ['Account', 'Account'],
    ['UserId', 'Account'],
    ['Caller', 'Account'],
    ['Computer', 'Host'],
    ['DeviceName', 'Host'],
    ['DvcHostname', 'Host'],
    ['InitiatingProcessSHA256', 'FileHash'],
    ['SHA1', 'FileHash'],
    ['FileHash', 'FileHash'],
    ['RemoteUrl', 'Url'],
    ['RequestUri', 'Url'],
    ['DomainName', 'DnsResolution'],
    ['ProcessCommandLine', 'Process'],
    ['InitiatingProcessFileName', 'Process'],
    ['NewProcessName', 'Process'],
    ['FileName', 'File'],
    ['FolderPath', 'File'],
    ['_ResourceId', 'AzureResource'],
    ['SenderFromAddress', 'Mailbox'],
    ['AppDisplayName', 'CloudApplication'],
  ])('%s names an entity: %s', (name, kind) => {
    expect(entityOfColumn(column(name))).toBe(kind);
  });

  it.each(['TimeGenerated', 'UserType', 'DeviceId', 'RemoteIPCountry', 'UserAgent', 'AccountSid', 'DeviceCount', 'Description', 'RemotePort', 'constructor', ''])(
    '%s names none',
    (name) => {
      expect(entityOfColumn(column(name))).toBeUndefined();
    },
  );

  it('looks at texts alone: a number or a time names nobody', () => {
    expect(entityOfColumn(column('User', 'long'))).toBeUndefined();
    expect(entityOfColumn(column('IPAddress', 'datetime'))).toBeUndefined();
  });
});

describe('entityOfValue', () => {
  it.each([
    ['203.0.113.7', 'IPAddress', 'Ip'],
    ['2001:db8::1', 'ClientIP', 'Ip'],
    ['not an address', 'IPAddress', undefined],
    ['203.0.113.7', 'Computer', 'Ip'],
    ['FIN-WS-014', 'Computer', 'Host'],
    ['203.0.113.7', 'Anything', 'Ip'],
    ['d41d8cd98f00b204e9800998ecf8427e', 'Details', 'FileHash'],
    ['zz', 'SHA1', undefined],
    ['https://contoso.com/a?b=c', 'Notes', 'Url'],
    ['javascript:alert(1)', 'Notes', undefined],
    ['mia@contoso.com', 'Notes', 'Account'],
    ['/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg', 'Scope', 'AzureResource'],
    ['plain words', 'Notes', undefined],
    ['', 'Computer', undefined],
  ])('%s in %s is %s', (value, name, kind) => {
    expect(entityOfValue(value, column(name))).toBe(kind);
  });

  it('nulls and numbers name nobody', () => {
    expect(entityOfValue(null, column('Computer'))).toBeUndefined();
    expect(entityOfValue(7, column('Computer'))).toBeUndefined();
  });
});

describe('isIpAddress', () => {
  it.each(['0.0.0.0', '255.255.255.255', '::1', '::', 'fe80::1%eth0', '::ffff:10.0.0.1', '2001:db8:0:0:0:0:2:1'])('%s is one', (text) => {
    expect(isIpAddress(text)).toBe(true);
  });

  it.each(['256.1.1.1', '1.2.3', '1.2.3.4:443', '10.0.0.0/8', '12:30', '12:30:45', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', ':1', ':::1', '1::2::3', '12345::1', 'cafe'])('%s is none', (text) => {
    expect(isIpAddress(text)).toBe(false);
  });
});

it('hashes tell their algorithm by their length', () => {
  expect(['a'.repeat(32), 'A'.repeat(40), '0'.repeat(64), 'a'.repeat(33), 'g'.repeat(32)].map(hashAlgorithm)).toEqual([
    'MD5',
    'SHA1',
    'SHA256',
    undefined,
    undefined,
  ]);
});
