import { describe, expect, it } from 'vitest';
import { readCellOptions } from '../../../src/kql/cellOptions';

describe('cell options', () => {
  it('are read from the head of a cell', () => {
    const text = '//| name: failed_logons\n//| workspace: "Contoso East"\n//|timespan: P7D\nSigninLogs | take 5\n';
    const header = readCellOptions(text);
    expect(header.options).toEqual({ name: 'failed_logons', workspace: 'Contoso East', timespan: 'P7D' });
    expect(header.errors).toEqual([]);
    expect(text.slice(header.bodyStart)).toBe('SigninLogs | take 5\n');
  });

  it('are none in a cell without a header', () => {
    expect(readCellOptions('T | take 1\n//| name: late')).toEqual({ options: {}, errors: [], bodyStart: 0 });
  });

  it('take intervals and Windows line ends', () => {
    expect(readCellOptions('//| timespan: 2024-05-01/2024-05-08\r\nT').options).toEqual({ timespan: '2024-05-01/2024-05-08' });
  });

  it('take several workspaces, between commas or as a list', () => {
    const names = ['Contoso East', 'west'];
    expect(readCellOptions('//| workspaces: Contoso East, west\nT').options).toEqual({ workspaces: names });
    expect(readCellOptions('//| workspaces: [Contoso East, "west"]\nT').options).toEqual({ workspaces: names });
    expect(readCellOptions('//| workspaces: alone\nT').options).toEqual({ workspaces: ['alone'] });
    // A name with a comma is one name in a list.
    expect(readCellOptions('//| workspaces: ["a, b", c]\nT').options).toEqual({ workspaces: ['a, b', 'c'] });
  });

  const wrong: readonly (readonly [string, string, number, number])[] = [
    ['//| nam: x', 'nam', 1, 5],
    ['//| name: 1x', 'name', 1, 11],
    ['//| name: "a b"', 'name', 1, 11],
    ['//| name: where', 'name', 1, 11],
    ['//| workspace: w\n//| timespan: 7 days', 'timespan', 2, 15],
    ['//| name:', 'name', 1, 0],
    ['//| name: a\n//| name: b', 'name', 2, 11],
    ['//| workspaces: a,, b', 'workspaces', 1, 17],
    ['//| workspaces: [a, {b: c}]', 'workspaces', 1, 17],
    ['//| workspace: a\n//| workspaces: a, b', 'workspaces', 2, 17],
    ['//| name: [a, b]', 'name', 1, 11],
    ['//| just words', '//|', 1, 5],
    ['//| name: [a', '//|', 1, 0],
  ];
  for (const [text, option, line, column] of wrong) {
    it(`${JSON.stringify(text)} is refused`, () => {
      const [error] = readCellOptions(text).errors;
      expect(error).toMatchObject({ kind: 'cellOption', option, span: { line } });
      if (column > 0) expect(error).toMatchObject({ span: { column } });
    });
  }
});
