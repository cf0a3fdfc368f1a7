import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../../src/common/cancellation';
import { openFolder } from '../../../src/workspaces/local/folderData';
import type { LocalData } from '../../../src/workspaces/local/localData';
import { TestEngine } from '../engine/engine';

const root = mkdtempSync(path.join(tmpdir(), 'huntbook-functions-'));
const folder = path.join(root, 'data');
const engine = new TestEngine();
const open = async (): Promise<LocalData> =>
  openFolder({ folder, storageFolder: path.join(root, 'storage'), token: neverCancelled, progress: () => undefined });

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

let data: LocalData;
beforeAll(async () => {
  write('Logons.csv', 'User,Count\nann,3\nbob,9\n');
  write('functions/BusyUsers.kql', '// who is busy\nLogons | where Count > 5;\n');
  write(
    'functions/library.kql',
    'let Busier = (least:long = 2, named:string = "(any)") { Logons | where Count > least | where named == "(any)" or User == named };\n' +
      'let Twice = (n:long) { n * 2 };\nlet Picked = view (T:(User:string)) { T | project User };',
  );
  write(
    'functions/asim/parser.yaml',
    'Parser:\n  Title: x\nParserName: vimLogons\nEquivalentBuiltInParser: _Im_Logons\nParserParams:\n  - Name: user\n    Type: string\n    Default: "*"\n' +
      '  - Name: least\n    Type: int\n    Default: 0\nParserQuery: |\n  let parser = (user:string, least:int) {\n    Logons | where user == "*" or User == user | where Count >= least\n  };\n  parser(user, least)\n',
  );
  write('functions/old.yml', 'id: 1\nFunctionName: Old\nFunctionAlias: OldAlias\nFunctionQuery: |\n  Logons | count\n');
  write('functions/broken.kql', 'Logons | where (');
  write('functions/odd.kql', 'let five = 5;');
  write('functions/notes.txt', 'no function');
  data = await open();
  await engine.open();
  await engine.table('Logons', 'datatable(User:string, Count:long)["ann", 3, "bob", 9]');
  engine.functions(data.functions ?? []);
}, 60_000);
afterAll(() => {
  engine.close();
  rmSync(root, { recursive: true, force: true });
});

describe('stored functions of a folder', () => {
  const lines: readonly (readonly [query: string, rows: readonly (readonly unknown[])[]])[] = [
    ['BusyUsers', [['bob', 9]]],
    ['BusyUsers() | project User', [['bob']]],
    ['Busier | count', [[2]]],
    ['Busier(5) | project User', [['bob']]],
    ['Busier(named="ann") | project User', [['ann']]],
    ['print Twice(21)', [[42]]],
    ['Logons | invoke Picked() | count', [[2]]],
    ['_Im_Logons | count', [[2]]],
    ['vimLogons(least=5) | project User', [['bob']]],
    ['vimLogons("ann") | project Count', [[3]]],
    ['OldAlias', [[2]]],
    ['Old()', [[2]]],
  ];
  for (const [query, rows] of lines) {
    it(query, async () => {
      expect(await engine.rows(query)).toEqual(rows);
    });
  }
  it('are no tables', () => {
    expect(data.tables.map(({ name }) => name)).toEqual(['Logons']);
  });
  it('that cannot be read are told, and the others are there', () => {
    expect(data.problems).toEqual([
      { file: 'functions/broken.kql', message: expect.stringContaining('cannot be read') as unknown },
      { file: 'functions/odd.kql', message: expect.stringContaining('five is no function') as unknown },
    ]);
  });
  it('change with their files', async () => {
    write('functions/BusyUsers.kql', 'Logons | where Count > 8 | project User');
    const again = await open();
    expect(again.databaseFile).not.toBe(data.databaseFile);
    expect(again.functions?.find(({ name }) => name === 'BusyUsers')?.body).toContain('> 8');
  });
});
