import { describe, expect, it } from 'vitest';
import { kqlTypes } from '../../../src/common/kqlTypes';
import { knownTable, knownTableNames } from '../../../src/workspaces/schemas/knownSchemas';

const typeOf = (table: string, column: string): string | undefined => knownTable(table)?.find(({ name }) => name === column)?.type;

describe('known schemas', () => {
  it('knows the tables of the reference', () => expect(knownTableNames()).toHaveLength(898));
  it('is case-exact', () => expect(knownTable('signinlogs')).toBeUndefined());
  it('knows nothing else', () => expect(knownTable('toString')).toBeUndefined());
  it('reads strings', () => expect(typeOf('SigninLogs', 'UserPrincipalName')).toBe('string'));
  it('reads dynamics', () => expect(typeOf('SigninLogs', 'LocationDetails')).toBe('dynamic'));
  it('reads datetimes', () => expect(typeOf('SecurityEvent', 'TimeGenerated')).toBe('datetime'));
  it('reads ints', () => expect(typeOf('SecurityEvent', 'EventID')).toBe('int'));
  it('reads longs', () => expect(typeOf('CommonSecurityLog', 'SentBytes')).toBe('long'));
  it('reads reals', () => expect(typeOf('Usage', 'Quantity')).toBe('real'));
  it('reads bools', () => expect(typeOf('UrlClickEvents', 'IsClickedThrough')).toBe('bool'));
  it('reads guids', () => expect(typeOf('AzureDiagnostics', 'JobId_g')).toBe('guid'));

  it('gives every table the standard columns, and every column a name and a type once', () => {
    for (const table of knownTableNames()) {
      const columns = knownTable(table) ?? [];
      const names = columns.map(({ name }) => name);
      expect(names, table).toEqual(expect.arrayContaining(['TenantId', 'TimeGenerated', 'Type']));
      expect(new Set(names).size, table).toBe(names.length);
      expect(
        columns.filter(({ name, type }) => !/^\w+$/.test(name) || !kqlTypes.includes(type)),
        table,
      ).toEqual([]);
    }
  });
});
