import { describe, expect, it } from 'vitest';
import type { TableInfo } from '../../../src/common/engineProtocol';
import type { BrokenTemplate, Template } from '../../../src/common/templates';
import { tableStates } from '../../../src/templates/tableStates';
import { groupTemplates, matchesFilter } from '../../../src/templates/templateOrder';
import { readSources } from '../../../src/templates/templateSources';

const places = { home: '/home/ann', workspaceFolder: '/folder' };

describe('readSources', () => {
  it.each([
    [{ kind: 'bundled' }, { key: 'bundled', kind: 'bundled', name: 'Huntbook' }],
    [{ kind: 'workspaceQueries', name: 'Ours' }, { key: 'workspaceQueries', kind: 'workspaceQueries', name: 'Ours' }],
    [{ kind: 'folder', path: '~/hunts' }, { kind: 'folder', path: '/home/ann/hunts', name: 'hunts' }],
    [{ kind: 'folder', path: 'hunts/../x' }, { kind: 'folder', path: '/folder/x' }],
    [{ kind: 'folder', path: '/abs/y' }, { kind: 'folder', path: '/abs/y' }],
    [{ kind: 'git', url: 'https://github.com/o/r.git', ref: 'main', folders: ['/a/'] }, { kind: 'git', name: 'r', url: 'https://github.com/o/r.git', ref: 'main', folders: ['a'] }],
    [{ kind: 'git', url: 'git@example.com:o/r' }, { kind: 'git', name: 'r', folders: [] }],
    [{ kind: 'archive', url: 'https://x.example/a.tar.gz' }, { kind: 'archive', name: 'a' }],
  ])('%j', (entry, expected) => {
    const { sources, problems } = readSources([entry], places);
    expect(sources).toMatchObject([expected]);
    expect(sources[0]?.key).toMatch(/^[\w-]+$/);
    expect(problems).toEqual([]);
  });

  it.each([[{ kind: 'svn', url: 'x' }], [{ kind: 'git' }], [{ kind: 'folder' }], [{ kind: 'archive', url: 'http://x.example/a.zip' }], ['text'], [null]])('names what is wrong with %j', (entry) => {
    expect(readSources([entry], places)).toMatchObject({ sources: [], problems: [expect.stringMatching(/\.$/)] });
  });

  it('tells sources apart by what they bring, and lists one once', () => {
    const url = 'https://github.com/o/r';
    const { sources } = readSources([{ kind: 'git', url }, { kind: 'git', url }, { kind: 'git', url, ref: 'v1' }, { kind: 'git', url, folders: ['a'] }, { kind: 'archive', url }], places);
    expect(new Set(sources.map(({ key }) => key)).size).toBe(4);
  });

  it('a relative folder needs an opened one', () => {
    expect(readSources([{ kind: 'folder', path: 'x' }], { ...places, workspaceFolder: undefined }).sources).toEqual([]);
  });
});

const base: Template = {
  kind: 'template', id: 's:a', source: 's', path: '/a', title: 'A', description: 'Finds things.', group: 'Other', tactics: [], techniques: [], tables: [], dataSources: [],
  version: '', pythonVersion: '', author: '', parameters: [], hash: '',
};
const broken: BrokenTemplate = { kind: 'broken', id: 's:z', source: 's', path: '/z', group: 'Other', message: 'it is empty' };

describe('groupTemplates', () => {
  const entries = [
    { ...base, id: '1', title: 'Beta', tactics: ['Impact', 'Execution'], tables: ['SigninLogs'], lastChange: '2026-01-02' },
    { ...base, id: '2', title: 'Alpha', tactics: ['Impact'], lastChange: '2026-01-01', group: 'deep/er' },
    broken,
  ];
  const names = (...given: Parameters<typeof groupTemplates>) =>
    groupTemplates(...given).map((group) => [group.name, group.entries.map(({ id }) => id)]);

  it('by folder, tactic and table; nothing is lost', () => {
    expect(names(entries)).toEqual([['deep/er', ['2']], ['Other', ['1', 's:z']]]);
    expect(names(entries, 'tactic')).toEqual([['Execution', ['1']], ['Impact', ['2', '1']], ['', ['s:z']]]);
    expect(names(entries, 'dataSource')).toEqual([['SigninLogs', ['1']], ['', ['2', 's:z']]]);
  });

  it('by last change, the latest first', () => {
    expect(names(entries, 'tactic', 'lastChange')).toEqual([['Execution', ['1']], ['Impact', ['1', '2']], ['', ['s:z']]]);
  });
});

describe('matchesFilter', () => {
  const template = { ...base, title: 'Rare sign-ins', tables: ['SigninLogs'], techniques: ['T1078'], tactics: ['InitialAccess'] };

  it.each(['', 'rare', 'SIGNINLOGS rare', 't1078', 'initialaccess', 'things'])('%j finds it', (filter) => {
    expect(matchesFilter(template, filter)).toBe(true);
  });

  it('every word has to be there', () => {
    expect(matchesFilter(template, 'rare nothing')).toBe(false);
    expect(matchesFilter(broken, 'empty')).toBe(true);
  });
});

describe('tableStates', () => {
  const table = (name: string, facts: object) => ({ name, columns: [], ...facts });

  it('by rows where they are counted', () => {
    const schema = { tables: [table('A', { rowCount: 5, lastTime: '2026-01-01' }), table('B', { rowCount: 0 })] };
    expect(tableStates(['A', 'B', 'C'], schema)).toEqual([
      { name: 'A', state: 'data', rows: 5, lastTime: '2026-01-01' },
      { name: 'B', state: 'empty', rows: 0 },
      { name: 'C', state: 'absent' },
    ]);
  });

  it('by last times in Azure, once they were read', () => {
    const states = (tables: readonly TableInfo[]) => tableStates(['A', 'B'], { tables }).map(({ state }) => state);
    expect(states([table('A', { lastTime: '2026-01-01' }), table('B', {})])).toEqual(['data', 'empty']);
    expect(states([table('A', {}), table('B', {})])).toEqual(['unknown', 'unknown']);
  });

  it('unknown without a workspace', () => {
    expect(tableStates(['A'], undefined)).toEqual([{ name: 'A', state: 'unknown' }]);
  });
});
