import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTemplates as read } from '../../../src/templates/templateCatalogue';
import { groupTemplates } from '../../../src/templates/templateOrder';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'huntbook-templates-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const readTemplates = (from: string) => read({ source: 'bundled', folder: from });

async function put(name: string, content: string | object): Promise<void> {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
}

const markdown = (source: string | string[]) => ({ cell_type: 'markdown', metadata: {}, source });
const code = (source: string, tags: string[] = []) => ({ cell_type: 'code', metadata: { tags }, source, outputs: [], execution_count: null });
const notebook = (cells: unknown[], own?: object) => ({ nbformat: 4, nbformat_minor: 5, cells, metadata: own ? { huntbook: own } : {} });

describe('readTemplates', () => {
  it('reads what a notebook says about itself', async () => {
    const huntbook = {
      title: 'Spray',
      description: 'Finds it.',
      group: 'Identity',
      tactics: ['InitialAccess'],
      techniques: ['T1110.003'],
      tables: ['SigninLogs'],
      version: '1.2.0',
      author: 'Blue',
    };
    await put('identity/spray.ipynb', notebook([markdown('# Other'), code('let lookback = 7d;\nlet n = 1;', ['parameters'])], huntbook));
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
    const place = { id: 'identity/spray', source: 'bundled', path: path.join(folder, 'identity', 'spray.ipynb'), hash };
    expect(await readTemplates(folder)).toEqual([
      { kind: 'template', ...place, ...huntbook, dataSources: [], pythonVersion: '', parameters: ['lookback', 'n'] },
    ]);
  });

  it('falls back to the first markdown cell, without its marks', async () => {
    await put('x.ipynb', notebook([code('T'), markdown(['## **Rare** [logons](https://a.example) ##\n', '\n', 'Finds `rare` ones.\n', 'Really.\n', '\n', 'More.'])]));
    const [entry] = await readTemplates(folder);
    expect(entry).toMatchObject({ title: 'Rare logons', description: 'Finds rare ones. Really.', group: 'Other', tables: [], version: '' });
  });

  it('falls back to the name of the file', async () => {
    await put('dns_tunnels-over-time.ipynb', notebook([]));
    expect(await readTemplates(folder)).toMatchObject([{ title: 'Dns tunnels over time', description: '' }]);
  });

  it('ignores metadata of the wrong type', async () => {
    await put('x.ipynb', notebook([markdown('# Title')], { title: 7, tables: 'SigninLogs', tactics: ['Impact', 3] }));
    expect(await readTemplates(folder)).toMatchObject([{ title: 'Title', tables: [], tactics: ['Impact'] }]);
  });

  it.each([
    ['an empty file', '', 'the file is empty'],
    ['one byte', '\n', 'the file is empty'],
    ['half a file', '{"cells": [', 'it is not JSON'],
    ['a list', '[]', 'not an object'],
    ['an old format', '{"nbformat": 3, "worksheets": []}', 'not of notebook format 4'],
    ['no cells', '{"nbformat": 4}', 'no list of "cells"'],
  ])('lists %s with its error', async (_name, content, message) => {
    await put('bad.ipynb', content);
    await put('good.ipynb', notebook([markdown('# Good')]));
    const entries = await readTemplates(folder);
    expect(entries.map((entry) => entry.id)).toEqual(['good', 'bad']);
    expect(entries[1]).toMatchObject({ kind: 'broken', message: expect.stringContaining(message) });
  });

  it('does not parse what is far too large', async () => {
    await put('large.ipynb', ' '.repeat(64_000_001));
    expect(await readTemplates(folder)).toMatchObject([{ kind: 'broken', message: expect.stringContaining('Clear its outputs') }]);
  });

  it('skips hidden folders and other files', async () => {
    await put('.ipynb_checkpoints/x.ipynb', notebook([]));
    await put('readme.md', 'text');
    expect(await readTemplates(folder)).toEqual([]);
  });

  it('says that the folder is missing', async () => {
    await expect(readTemplates(path.join(folder, 'none'))).rejects.toMatchObject({ data: { kind: 'storage', reason: 'missing' } });
  });

  it('orders groups: first steps, then by name, others last', async () => {
    const inGroup = (title: string, group?: string) => notebook([], { title, ...(group === undefined ? {} : { group }) });
    await put('a.ipynb', inGroup('Z', 'Network'));
    await put('b.ipynb', inGroup('B', 'Identity'));
    await put('c.ipynb', inGroup('A', 'Identity'));
    await put('d.ipynb', inGroup('First', 'Start here'));
    await put('e.ipynb', inGroup('Loose'));
    await put('f.ipynb', 'broken');
    const groups = groupTemplates(await readTemplates(folder));
    expect(groups.map(({ name, entries }) => [name, entries.map((entry) => (entry.kind === 'template' ? entry.title : entry.kind))])).toEqual([
      ['Start here', ['First']],
      ['Identity', ['A', 'B']],
      ['Network', ['Z']],
      ['Other', ['Loose', 'broken']],
    ]);
  });
});
