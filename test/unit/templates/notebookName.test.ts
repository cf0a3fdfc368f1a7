import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultName, nameProblem, notebookFileName } from '../../../src/templates/notebookName';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'huntbook-names-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('nameProblem', () => {
  it.each(['password-spray', 'Password spray 2', 'Jagd auf Köder', '狩り', 'v1.2', 'console', 'com', 'spray.ipynb', 'SPRAY.IPYNB'])('accepts %j', (name) => {
    expect(nameProblem(name)).toBeUndefined();
  });

  it.each([
    ['', 'empty'],
    ['.ipynb', 'empty'],
    ['a/b', 'path separator'],
    ['..\\b', 'path separator'],
    ['..', 'dot'],
    ['.hidden', 'dot'],
    ['a.', 'dot'],
    ['a ', 'space'],
    [' a', 'space'],
    ['what?', 'Windows does not allow'],
    ['a:b', 'Windows does not allow'],
    ['a\nb', 'cannot be seen'],
    ['a\u202eb', 'cannot be seen'],
    ['con', 'device'],
    ['NUL.txt', 'device'],
    ['lpt1.ipynb', 'device'],
    ['ü'.repeat(101), 'longer than 200 bytes'],
  ])('refuses %j', (name, reason) => {
    expect(nameProblem(name)).toContain(reason);
    expect(() => notebookFileName(name)).toThrow(/is not a name for a file/);
  });
});

describe('notebookFileName', () => {
  it('adds the extension once', () => {
    expect([notebookFileName('a'), notebookFileName('a.ipynb'), notebookFileName('a.IPYNB')]).toEqual(['a.ipynb', 'a.ipynb', 'a.ipynb']);
  });
});

describe('defaultName', () => {
  const put = (name: string) => writeFile(path.join(folder, name), '');

  it('is the base when it is free', async () => {
    expect(await defaultName(folder, 'spray')).toBe('spray');
  });

  it('counts on past names that are taken, whatever their case', async () => {
    await put('Spray.ipynb');
    await put('spray-2.IPYNB');
    await put('spray-3.txt');
    expect(await defaultName(folder, 'spray')).toBe('spray-3');
  });

  it('is the base in a folder that does not exist yet', async () => {
    expect(await defaultName(path.join(folder, 'new'), 'spray')).toBe('spray');
  });
});
