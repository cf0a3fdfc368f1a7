import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { notebookText } from '../../../src/common/nbformat';
import { isKqlCell, notebookTitle, readNotebook } from '../../../src/notebook/ipynb';
import { objectAt, stringAt } from '../../../src/notebook/json';
import { readTemplates } from '../../../src/templates/templateCatalogue';
import { groupTemplates } from '../../../src/templates/templateOrder';
import { bindNotebook } from './bindNotebook';

// Loading the language takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const samples = path.resolve(import.meta.dirname, '../../../samples');
const hunts = readdirSync(path.join(samples, 'hunts'))
  .filter((name) => name.endsWith('.ipynb'))
  .map((name) => path.join(samples, 'hunts', name));
const notebooks = [...hunts, path.join(samples, 'own-data.ipynb')];

const tactics = [
  ...['Reconnaissance', 'ResourceDevelopment', 'InitialAccess', 'Execution', 'Persistence', 'PrivilegeEscalation', 'DefenseEvasion'],
  ...['CredentialAccess', 'Discovery', 'LateralMovement', 'Collection', 'CommandAndControl', 'Exfiltration', 'Impact'],
];

const read = (file: string) => readNotebook(readFileSync(file, 'utf8'), file);
const kqlCells = (file: string) =>
  read(file)
    .cells.filter(isKqlCell)
    .map((cell) => ({ id: stringAt(cell.raw, 'id') ?? '', text: cell.source }));

describe.each(notebooks.map((file) => [path.relative(samples, file), file] as const))('%s', (_name, file) => {
  it('is written as VS Code and Jupyter write it', () => {
    const text = readFileSync(file, 'utf8');
    expect(text).toBe(notebookText(JSON.parse(text) as object));
  });

  it('has ids, no outputs, our kernel, and KQL in every code cell', () => {
    const { cells, raw } = read(file);
    const ids = cells.map((cell) => stringAt(cell.raw, 'id') ?? '');
    expect(ids.every((id) => /^[a-z0-9-]{1,64}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect(objectAt(raw, 'metadata', 'kernelspec')).toEqual({ display_name: 'Huntbook (KQL)', language: 'kusto', name: 'huntbook' });
    for (const cell of cells) {
      expect(cell.kind === 'markdown' || isKqlCell(cell)).toBe(true);
      if (cell.kind === 'code') expect(cell.raw).toMatchObject({ outputs: [], execution_count: null });
    }
  });

  it('explains first, has parameters, and concludes', () => {
    const { cells } = read(file);
    expect(cells[0]?.source).toMatch(/^# /);
    expect(cells.filter((cell) => cell.tags.includes('parameters'))).toHaveLength(1);
    expect(cells.at(-1)?.source).toMatch(/^## (Conclusions|Next)/);
  });
});

describe.each(hunts.map((file) => [path.basename(file, '.ipynb'), file] as const))('hunt %s', (id, file) => {
  it('binds against the real schemas without an error or a warning, and lists the tables that it reads', () => {
    const bound = bindNotebook(kqlCells(file));
    expect(bound.problems).toEqual([]);
    expect([...(objectAt(read(file).raw, 'metadata', 'huntbook')['tables'] as string[])].sort()).toEqual(bound.tables);
  });

  it('names no person, address or machine in its queries', () => {
    const kql = kqlCells(file).map(({ text }) => text).join('\n');
    expect(kql).not.toMatch(/contoso|nora|svc-|wtsync|docuflow|edge-metrics|203\.0\.113|192\.0\.2\.|198\.51\.100|\b(APP|FS|DC|SQL)0\d\b/i);
  });

  it('describes itself completely', async () => {
    const template = (await readTemplates({ source: 'bundled', folder: path.join(samples, 'hunts') })).find((entry) => entry.id === id);
    if (template?.kind !== 'template') throw new Error(`${id} is no template`);
    expect(template.title).toBe(notebookTitle(read(file)));
    expect(template.description).toMatch(/^[A-Z].{40,200}\.$/);
    expect(template.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(template.author).not.toBe('');
    expect(template.parameters).not.toEqual([]);
    expect(tactics).toEqual(expect.arrayContaining([...template.tactics]));
    expect(template.techniques.every((technique) => /^T\d{4}(\.\d{3})?$/.test(technique))).toBe(true);
    if (template.group !== 'Start here') expect([template.tactics.length, template.techniques.length]).not.toContain(0);
  });
});

describe('the bundled templates', () => {
  it('are in these groups', async () => {
    const groups = groupTemplates(await readTemplates({ source: 'bundled', folder: path.join(samples, 'hunts') }));
    expect(groups.map(({ name, entries }) => [name, entries.map((entry) => entry.id)])).toEqual([
      ['Start here', ['first-steps']],
      ['Email and apps', ['mailbox-rules-and-consent']],
      ['Endpoint', ['encoded-powershell', 'lateral-movement']],
      ['Identity', ['mfa-fatigue', 'password-spray']],
      ['Network', ['beacons', 'exfiltration']],
    ]);
  });
});
