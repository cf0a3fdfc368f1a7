import { describe, expect, it } from 'vitest';
import { standaloneQuery } from '../../../src/notebook/standaloneQuery';

const cells = [
  'let since = 7d;\nlet ips = dynamic(["192.0.2.1"]);',
  '//| name: failed\nlet limit = 10;\nSigninLogs\n| where TimeGenerated > ago(since)\n| take limit',
  'let ips = dynamic(["192.0.2.2"]);',
  '//| name: of_ips\nfailed\n| where IPAddress in (ips)',
  'SecurityEvent | count',
];

describe('standaloneQuery', () => {
  it('puts what the query needs before it, in the order of the cells, and nothing else', () => {
    expect(standaloneQuery(cells, 3)).toEqual({
      query: [
        'let since = 7d;',
        'let limit = 10;',
        'let failed =\nSigninLogs\n| where TimeGenerated > ago(since)\n| take limit;',
        'let ips = dynamic(["192.0.2.2"]);',
        'failed\n| where IPAddress in (ips)',
      ].join('\n'),
      included: ['since', 'failed', 'ips'],
    });
  });

  it('lets no comment at the end of a definition hide its semicolon', () => {
    expect(standaloneQuery(['//| name: a\nprint 1 // one', 'a | count'], 1).query).toBe('let a =\nprint 1;\na | count');
  });

  it('leaves a query alone that needs nothing', () => {
    expect(standaloneQuery(cells, 4)).toEqual({ query: 'SecurityEvent | count', included: [] });
  });

  it('takes the definition that the query has itself, and does not look at later cells', () => {
    expect(standaloneQuery(['let ips = 1;', 'let ips = 2;\nprint ips', 'let later = 1;'], 1).included).toEqual([]);
    expect(standaloneQuery(['print later', 'let later = 1;'], 0).included).toEqual([]);
  });
});
