import { lstat, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseArguments } from '../../../src/cli/arguments';
import { stripCommand } from '../../../src/cli/stripCommand';
import { notebookText } from '../../../src/common/nbformat';
import { RESULT_MIME } from '../../../src/common/savedResult';
import { resultItems, toNotebookOutput } from '../../../src/notebook/outputs';

const secret = 'mei.singh@contoso.com';
const python = { data: { 'text/plain': ['3'] }, metadata: {}, output_type: 'display_data' };
let folder = '';
let said = '';
const say = (text: string): void => void (said += text);
const terminal = { out: say, error: say, progress: () => undefined, width: 80 };

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'huntbook-strip-'));
  said = '';
});

afterEach(() => rm(folder, { recursive: true }));

/** A notebook with a result that has a picture and a remembered view, one of another version, and an output of another kernel. */
async function write(name: string, hasResult = true): Promise<string> {
  const result = {
    resultId: 'r',
    columns: [{ name: 'Account', type: 'string' as const }],
    rowCount: 2,
    preview: { offset: 0, rows: [[secret], [secret]], total: 2, cuts: [] },
    warnings: [],
    workspace: { id: 'sample', name: 'Contoso' },
    usedResults: [],
    statistics: { elapsedMs: 1 },
    finishedAt: '2026-01-01T00:00:00.000Z',
  };
  const shown = toNotebookOutput(resultItems(result, 'signins', 'preview'));
  const output = { ...shown, data: { ...(shown['data'] as object), 'image/svg+xml': `<svg><text>${secret}</text></svg>` } };
  const newer = { data: { [RESULT_MIME]: { version: 99, rows: [secret] }, 'text/html': secret }, metadata: {}, output_type: 'display_data' };
  const view = { result: 'r', state: { view: { filter: secret } } };
  const cells = [
    { cell_type: 'markdown', id: 'a', metadata: {}, source: '# Hunt' },
    ...(hasResult
      ? [{ cell_type: 'code', execution_count: 1, id: 'b', metadata: { tags: ['x'], huntbook: { view } }, outputs: [output, newer], source: 'T' }]
      : []),
    { cell_type: 'code', execution_count: 1, id: 'c', metadata: {}, outputs: [python], source: '1 + 2' },
  ];
  const file = path.join(folder, name);
  await writeFile(file, notebookText({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return file;
}

function strip(...words: readonly string[]): Promise<number> {
  const given = parseArguments(['strip', ...words]);
  if (given.kind !== 'strip') throw new Error('not strip');
  return stripCommand(given, terminal);
}

it('takes rows, previews, pictures and views out; keeps counts, columns, and what is not ours', async () => {
  const file = await write('hunt.ipynb');
  expect(await strip(file)).toBe(0);
  const text = await readFile(file, 'utf8');
  expect(text).not.toContain(secret);
  const { cells } = JSON.parse(text) as { cells: { metadata: object; outputs: { data: Record<string, unknown> }[] }[] };
  const [, hunt, sum] = cells;
  expect(hunt?.metadata).toEqual({ tags: ['x'] });
  expect(hunt?.outputs).toHaveLength(1);
  const { [RESULT_MIME]: saved, ...others } = hunt?.outputs[0]?.data ?? {};
  expect(saved).toMatchObject({ name: 'signins', result: { rowCount: 2, columns: [{ name: 'Account' }], preview: { rows: [] } } });
  expect(Object.keys(others).sort()).toEqual(['text/html', 'text/plain']);
  expect(sum?.outputs).toEqual([python]);
  expect(said).toMatch(/stripped 1 cell\n/);
});

it('a second time changes nothing', async () => {
  const file = await write('hunt.ipynb');
  await strip(file);
  const once = await readFile(file, 'utf8');
  expect(await strip(file)).toBe(0);
  expect(await readFile(file, 'utf8')).toBe(once);
  expect(said).toMatch(/nothing to strip/);
});

it('--check changes nothing, and fails when there are results', async () => {
  const [full, empty] = [await write('hunt.ipynb'), await write('plain.ipynb', false)];
  const before = await readFile(full, 'utf8');
  expect(await strip(full, empty, '--check')).toBe(1);
  expect(await strip(empty, '--check')).toBe(0);
  expect(await readFile(full, 'utf8')).toBe(before);
});

it('a link to a notebook stays a link', async () => {
  const file = await write('hunt.ipynb');
  const link = path.join(folder, 'link.ipynb');
  await symlink(file, link);
  expect(await strip(link)).toBe(0);
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect(await readFile(file, 'utf8')).not.toContain(secret);
});

it('says which file is no notebook, and goes on with the others', async () => {
  const file = await write('hunt.ipynb');
  const broken = path.join(folder, 'broken.ipynb');
  await writeFile(broken, '{');
  expect(await strip(broken, file)).toBe(2);
  expect(said).toContain('broken.ipynb');
  expect(await readFile(file, 'utf8')).not.toContain(secret);
});

it('needs a notebook, and knows no other option', () => {
  expect(() => parseArguments(['strip'])).toThrow('Name the notebooks');
  expect(() => parseArguments(['strip', 'x.ipynb', '--all'])).toThrow('--all');
});
