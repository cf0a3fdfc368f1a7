import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/kql/analysis';
import type { KqlSchema } from '../../../src/kql/globals';
import { editDistance, nearestNames } from '../../../src/kql/nearestNames';
import { spanIn } from '../../../src/kql/spans';
import { freeNames, splitStatements } from '../../../src/kql/statements';
import { timespanRange } from '../../../src/kql/timespan';

const schema: KqlSchema = { tables: [{ name: 'SigninLogs', columns: [{ name: 'UserPrincipalName', type: 'string' }] }], functions: [], watchlists: [] };

describe('nearest names', () => {
  it('are the ones with few changes', () => {
    expect(nearestNames('SigninLog', ['SigninLogs', 'AuditLogs', 'Syslog'])).toEqual(['SigninLogs']);
    expect(nearestNames('signinlogs', ['SigninLogs'])).toEqual(['SigninLogs']);
    // A name that holds the wanted one, or is held by it, does not go before one that differs by a letter.
    expect(nearestNames('SigninLog', ['AADManagedIdentitySignInLogs', 'Sign', 'SigninLogs'])[0]).toEqual('SigninLogs');
    expect(nearestNames('zzz', ['SigninLogs'])).toEqual([]);
  });
  it('count swapped neighbours once', () => {
    expect(editDistance('abcd', 'abdc', 3)).toBe(1);
    expect(editDistance('abcd', 'xyz', 2)).toBe(3);
  });
});

describe('analysis', () => {
  it('finds no fault in a good query', () => {
    expect(analyze('SigninLogs | where UserPrincipalName has "ann" | count', schema).errors).toEqual([]);
  }, 60_000);
  it('survives half-written and empty text', () => {
    expect(analyze('SigninLogs | where (', schema).errors.length).toBeGreaterThan(0);
    expect(analyze('', schema).errors).toEqual([]);
  });
  it('suggests tables, columns, functions', () => {
    expect(analyze('SigninLog | take 1', schema).errors[0]).toMatchObject({ kind: 'unknownName', what: 'table', nearest: ['SigninLogs'] });
    expect(analyze('SigninLogs | where UserPrincipal == ""', schema).errors[0]).toMatchObject({ kind: 'unknownName', what: 'column', nearest: ['UserPrincipalName'] });
    expect(analyze('print tolowr("")', schema).errors[0]).toMatchObject({ kind: 'unknownName', what: 'function', nearest: expect.arrayContaining(['tolower']) });
  });
});

describe('statements', () => {
  it('tell lets from queries', () => {
    const { lets, queries } = splitStatements('let a = 1;\nlet b = T | where x == a;\nb | count');
    expect(lets.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(queries.map(({ text }) => text)).toEqual(['b | count']);
  });
  it('tell the names that come from elsewhere', () => {
    expect(freeNames('let a = 1; failed | where x == a')).toEqual(new Set(['failed', 'x']));
  });
});

describe('places', () => {
  it('count lines of every kind', () => {
    expect(spanIn('a\r\nb\nc', 5, 1)).toEqual({ start: 5, length: 1, line: 3, column: 1 });
  });
});

describe('time spans', () => {
  const day = 864_000_000_000n;
  it('end now when they are durations', () => {
    expect(timespanRange('P1D', 10n * day)).toEqual({ start: 9n * day, end: 10n * day + 1n });
    expect(timespanRange('PT12H', 10n * day)?.start).toBe(10n * day - day / 2n);
  });
  it('are intervals with both ends', () => {
    const range = timespanRange('2024-05-01/P1D', 0n);
    expect(range && range.end - range.start).toBe(day);
    expect(timespanRange('2024-05-02/2024-05-01', 0n)).toBeUndefined();
    expect(timespanRange('soon', 0n)).toBeUndefined();
  });
});
