import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CreateNotebook } from '../../../src/common/templateService';
import type { Template } from '../../../src/common/templates';
import { createFromTemplate } from '../../../src/templates/createFromTemplate';
import { readTemplates } from '../../../src/templates/templateCatalogue';

let root: string;
let folder: string;
let template: Template;

const templateFile = {
  nbformat: 4,
  nbformat_minor: 4,
  metadata: {
    huntbook: { title: 'Spray', version: '1.0.0', tactics: ['InitialAccess'], techniques: ['T1110'], group: 'Identity' },
    language_info: { name: 'kusto' },
  },
  cells: [
    { cell_type: 'markdown', metadata: {}, source: '# Spray\nText', attachments: { 'a.png': {} } },
    {
      cell_type: 'code',
      id: 'keep-me',
      metadata: { tags: ['parameters'], execution: { 'iopub.execute_input': '2024' } },
      execution_count: 7,
      outputs: [{ output_type: 'stream', name: 'stdout', text: 'secret' }],
      source: ['let a = 1;\n', 'let b = 2;'],
    },
  ],
};

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'huntbook-create-'));
  folder = path.join(root, 'case 7', 'hunts');
  await mkdir(path.join(root, 'templates'));
  await writeFile(path.join(root, 'templates', 'spray.ipynb'), JSON.stringify(templateFile));
  const [entry] = await readTemplates({ source: 'bundled', folder: path.join(root, 'templates') });
  if (entry?.kind !== 'template') throw new Error('the template is unreadable');
  template = entry;
});
afterEach(() => rm(root, { recursive: true, force: true }));

const createNotebook = (changes: Partial<CreateNotebook> = {}) => {
  const { id, title, version, hash } = template;
  const origin = { id, title, version, hash, source: 'Huntbook' };
  return createFromTemplate({ template, origin, folder, name: 'my hunt', overwrite: false, now: '2026-11-20T10:00:00.000Z', ...changes });
};
const create = async (changes: Partial<CreateNotebook> = {}) => (await createNotebook(changes)).file;
const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));

describe('createFromTemplate', () => {
  it('writes the cells without outputs, with our kernel and where they came from', async () => {
    const file = await create();
    expect(file).toBe(path.join(folder, 'my hunt.ipynb'));
    expect(await read(file)).toEqual({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {
        huntbook: {
          created: '2026-11-20T10:00:00.000Z',
          tactics: ['InitialAccess'],
          techniques: ['T1110'],
          template: { id: 'spray', title: 'Spray', version: '1.0.0', source: 'Huntbook', hash: template.hash },
        },
        kernelspec: { name: 'huntbook', display_name: 'Huntbook (KQL)', language: 'kusto' },
        language_info: { name: 'kusto', file_extension: '.kql', mimetype: 'text/x-kusto' },
      },
      cells: [
        { cell_type: 'markdown', id: 'cell-1', metadata: {}, source: ['# Spray\n', 'Text'], attachments: { 'a.png': {} } },
        {
          cell_type: 'code',
          id: 'keep-me',
          metadata: { tags: ['parameters'] },
          execution_count: null,
          outputs: [],
          source: ['let a = 1;\n', 'let b = 2;'],
        },
      ],
    });
  });

  it('writes the file as VS Code and Jupyter would', async () => {
    const text = await readFile(await create(), 'utf8');
    expect(text).toMatch(/^\{\n "cells": \[\n {2}\{\n {3}"attachments"/);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('does not replace a file by accident', async () => {
    const file = await create();
    await writeFile(file, 'mine');
    await expect(create()).rejects.toMatchObject({ data: { kind: 'exists', path: file } });
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect(await readdir(folder)).toEqual(['my hunt.ipynb']);
  });

  it('replaces it on purpose', async () => {
    const file = await create();
    await writeFile(file, 'mine');
    await create({ overwrite: true });
    expect(await read(file)).toHaveProperty('metadata.huntbook.template.id', 'spray');
    expect(await readdir(folder)).toEqual(['my hunt.ipynb']);
  });

  it('lets one of two win that create the same name at once', async () => {
    const outcomes = await Promise.allSettled([create(), create({ now: '1970-01-01T00:00:00.000Z' })]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await readdir(folder)).toEqual(['my hunt.ipynb']);
  });

  it('never replaces a folder', async () => {
    await mkdir(path.join(folder, 'my hunt.ipynb'), { recursive: true });
    await expect(create({ overwrite: true })).rejects.toMatchObject({ data: { kind: 'exists' } });
  });

  it('refuses a name before anything is written', async () => {
    await expect(create({ name: '../evil' })).rejects.toMatchObject({ data: { kind: 'badName' } });
    expect(await readdir(root)).toEqual(['templates']);
  });

  it('says that a file is in the way of the folder', async () => {
    await expect(create({ folder: path.join(template.path, 'sub') })).rejects.toMatchObject({ data: { kind: 'storage' } });
  });

  it('says that the template has gone or broken since it was listed', async () => {
    await writeFile(template.path, '{');
    await expect(create()).rejects.toMatchObject({ data: { kind: 'badNotebook' } });
    await rm(template.path);
    await expect(create()).rejects.toMatchObject({ data: { kind: 'storage', reason: 'missing' } });
  });
});
