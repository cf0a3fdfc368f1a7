import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processColumns } from '../../../../src/common/investigation/processColumns';
import { type ProcessForest, processForest, type ProcessNode } from '../../../../src/common/investigation/processTree';
import type { WireRow } from '../../../../src/common/kqlTypes';

function forest(names: readonly string[], ...rows: readonly WireRow[]): ProcessForest {
  const columns = processColumns(names.map((name) => ({ name, type: 'string' })));
  expect(columns).toBeDefined();
  return processForest(columns!, rows);
}

/** `host: a(b, c(d))`, a `?` after those without a row. */
function drawn(made: ProcessForest): string[] {
  const one = (node: ProcessNode): string => {
    const children = node.children.map(one).join(', ');
    return `${node.name}${node.row === undefined ? '?' : ''}${children === '' ? '' : `(${children})`}`;
  };
  return made.hosts.map(({ host, roots }) => `${host}: ${roots.map(one).join(', ')}`);
}

const defender = ['TimeGenerated', 'DeviceName', 'ProcessId', 'FileName', 'InitiatingProcessId', 'InitiatingProcessFileName'];
const windows = ['TimeGenerated', 'Computer', 'NewProcessId', 'NewProcessName', 'ProcessId', 'ParentProcessName'];

describe('processColumns', () => {
  it.each([
    [['DeviceName', 'ProcessId', 'FileName', 'InitiatingProcessId'], { id: 1, parentId: 3, name: 2, host: 0 }],
    [['Computer', 'NewProcessId', 'NewProcessName', 'ProcessId'], { id: 1, parentId: 3, name: 2, host: 0 }],
    [['TargetProcessId', 'TargetProcessName', 'ActingProcessId', 'ParentProcessId'], { id: 0, parentId: 2, name: 1, grandparentId: 3 }],
    [['ProcessId', 'Image', 'ParentProcessId', 'ProcessGuid'], { id: 0, parentId: 2, name: 1, uniqueId: 3 }],
  ])('finds the columns of %s', (names, expected) => {
    expect(processColumns(names.map((name) => ({ name, type: 'string' })))).toMatchObject(expected);
  });

  it('finds none where nothing says who made a process', () => {
    expect(processColumns([{ name: 'ProcessId', type: 'long' }, { name: 'FileName', type: 'string' }])).toBeUndefined();
    expect(processColumns([])).toBeUndefined();
  });
});

describe('processForest', () => {
  it('puts children under their parents, host by host, in the order of time', () => {
    const made = forest(
      defender,
      ['2', 'pc1', 20, 'powershell.exe', 10, 'winword.exe'],
      ['3', 'pc1', 30, 'whoami.exe', 20, 'powershell.exe'],
      ['1', 'pc1', 25, 'splwow64.exe', 10, 'winword.exe'],
      ['1', 'pc2', 20, 'cmd.exe', 5, 'explorer.exe'],
    );
    expect(drawn(made)).toEqual(['pc1: winword.exe?(splwow64.exe, powershell.exe(whoami.exe))', 'pc2: explorer.exe?(cmd.exe)']);
    expect(made.processes).toBe(6);
  });

  it('reads the ids of Windows, which are hexadecimal, and takes the file name out of paths', () => {
    const made = forest(
      windows,
      ['1', 'pc1', '0x1a4', 'C:\\Windows\\System32\\cmd.exe', '0x64', 'C:\\Windows\\explorer.exe'],
      ['2', 'pc1', '0x200', 'C:\\Windows\\System32\\net.exe', '0x1A4', 'C:\\Windows\\System32\\cmd.exe'],
    );
    expect(drawn(made)).toEqual(['pc1: explorer.exe?(cmd.exe(net.exe))']);
  });

  it('tells processes apart that had the same id one after the other', () => {
    const made = forest(
      defender,
      ['1', 'pc1', 20, 'cmd.exe', 10, 'explorer.exe'],
      ['2', 'pc1', 21, 'net.exe', 20, 'cmd.exe'],
      ['3', 'pc1', 20, 'notepad.exe', 10, 'explorer.exe'],
      ['4', 'pc1', 22, 'spool.exe', 20, 'notepad.exe'],
    );
    expect(drawn(made)).toEqual(['pc1: explorer.exe?(cmd.exe(net.exe), notepad.exe(spool.exe))']);
  });

  it('knows a process by the time it was made, and by an id that is never used twice', () => {
    const times = [...defender, 'ProcessCreationTime', 'InitiatingProcessCreationTime'];
    const made = forest(
      times,
      ['1', 'pc1', 20, 'cmd.exe', 10, 'explorer.exe', 't1', 't0'],
      ['5', 'pc1', 20, 'cmd.exe', 10, 'explorer.exe', 't5', 't0'],
      ['6', 'pc1', 30, 'net.exe', 20, 'cmd.exe', 't6', 't1'],
    );
    expect(drawn(made)).toEqual(['pc1: explorer.exe?(cmd.exe(net.exe), cmd.exe)']);
    const guids = ['Computer', 'ProcessId', 'Image', 'ParentProcessId', 'ProcessGuid', 'ParentProcessGuid'];
    expect(drawn(forest(guids, ['pc1', 7, 'a', 1, '{A}', '{R}'], ['pc1', 7, 'b', 1, '{B}', '{A}']))).toEqual(['pc1: ?(a(b))']);
  });

  it('shows the parent of the parent where a row names it', () => {
    const names = [...defender, 'InitiatingProcessParentId', 'InitiatingProcessParentFileName'];
    expect(drawn(forest(names, ['1', 'pc1', 20, 'cmd.exe', 10, 'winword.exe', 4, 'explorer.exe']))).toEqual(['pc1: explorer.exe?(winword.exe?(cmd.exe))']);
  });

  it('shows a process once, however many rows tell of it', () => {
    const made = forest(defender, ['1', 'pc1', 20, 'cmd.exe', 10, 'x.exe'], ['1', 'pc1', 20, 'cmd.exe', 10, 'x.exe']);
    expect(drawn(made)).toEqual(['pc1: x.exe?(cmd.exe)']);
  });

  it('leaves out rows without an id and counts them', () => {
    const made = forest(defender, ['1', 'pc1', null, 'cmd.exe', 10, 'x.exe'], ['1', 'pc1', 0, 'idle', 0, '']);
    expect(made).toEqual({ hosts: [], processes: 0, skipped: 2 });
  });

  it('marks alerts and keeps what is known of a parent', () => {
    const names = [...defender, 'AlertName', 'InitiatingProcessCommandLine', 'ProcessCommandLine', 'AccountName'];
    const [host] = forest(names, ['1', 'pc1', 20, 'cmd.exe', 10, 'x.exe', 'Bad thing', 'x.exe /run', 'cmd /c', 'mia']).hosts;
    expect(host?.roots[0]).toMatchObject({ commandLine: 'x.exe /run', alert: '', row: undefined });
    expect(host?.roots[0]?.children[0]).toMatchObject({ commandLine: 'cmd /c', alert: 'Bad thing', account: 'mia', row: 0, time: '1' });
  });

  it('ends for rows that make a circle, and keeps every process once', () => {
    const row = fc.tuple(fc.constantFrom('1', '2', '3'), fc.constantFrom('p', 'q'), fc.integer({ min: 1, max: 5 }), fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 5 }), fc.constantFrom('a', 'b', ''));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const made = forest(defender, ...rows);
        const shown: (number | undefined)[] = [];
        const visit = (node: ProcessNode): void => {
          shown.push(node.row);
          node.children.forEach(visit);
        };
        made.hosts.forEach(({ roots }) => roots.forEach(visit));
        expect(shown.length).toBe(made.processes);
        const withRow = shown.filter((one) => one !== undefined);
        expect(new Set(withRow).size).toBe(withRow.length);
      }),
    );
  });

  it('builds a chain of 50,000 processes', () => {
    const rows = Array.from({ length: 50_000 }, (_, index): WireRow => [String(index).padStart(6, '0'), 'pc1', index + 2, `p${index}`, index + 1, '']);
    expect(forest(defender, ...rows).hosts[0]?.roots).toHaveLength(1);
  });
});
