import { describe, expect, it } from 'vitest';
import { describeError, HuntError, toHuntError } from '../../../src/common/errors';

const span = { start: 10, length: 4, line: 2, column: 5 };

describe('a text for people', () => {
  it('says the place', () => {
    expect(describeError({ kind: 'query', message: 'Expected: |', span })).toBe('Expected: | (line 2, column 5)');
  });

  it('offers the nearest names', () => {
    expect(describeError({ kind: 'unknownName', name: 'Sigins', what: 'table', nearest: ['SigninLogs'], span })).toBe(
      'Unknown table name "Sigins" (line 2, column 5). Did you mean SigninLogs?',
    );
  });

  it('says which cell to run first', () => {
    expect(describeError({ kind: 'unknownName', name: 'failed', what: 'table', nearest: ['x'], definedInCell: 3 })).toContain(
      'run cell 3 first',
    );
  });

  it('says why the engine does not start', () => {
    expect(describeError({ kind: 'engineNotStarted', message: 'exit code 1.' })).toBe('The local engine does not start: exit code 1.');
  });
});

describe('whatever is thrown', () => {
  const fileError = (code: string): Error => Object.assign(new Error(`${code}: failed`), { code, path: '/data/x' });
  const cases: readonly [string, unknown, object][] = [
    ['a full disk', fileError('ENOSPC'), { kind: 'storage', reason: 'full', path: '/data/x' }],
    ['a read-only disk', fileError('EROFS'), { kind: 'storage', reason: 'readOnly', path: '/data/x' }],
    ['a file without permission', fileError('EACCES'), { kind: 'storage', reason: 'denied' }],
    ['a missing file', fileError('ENOENT'), { kind: 'storage', reason: 'missing' }],
    ['a defect', new TypeError('x is undefined'), { kind: 'internal', message: 'x is undefined' }],
    ['no error at all', 'text', { kind: 'internal', message: 'text' }],
  ];
  for (const [name, thrown, data] of cases) {
    it(`becomes data: ${name}`, () => {
      expect(toHuntError(thrown).data).toMatchObject(data);
    });
  }

  it('stays when it is one of ours', () => {
    const error = new HuntError({ kind: 'cancelled' });
    expect(toHuntError(error)).toBe(error);
  });
});
