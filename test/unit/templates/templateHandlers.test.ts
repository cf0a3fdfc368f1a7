import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../../src/common/cancellation';
import type { Handlers } from '../../../src/common/rpc';
import type { TemplateService, WorkspaceIdentity } from '../../../src/common/templateService';
import type { Template, TemplateEntry } from '../../../src/common/templates';
import { templateHandlers } from '../../../src/templates/templateHandlers';

let root: string;
let folder: string;
let service: Handlers<TemplateService>;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'huntbook-service-'));
  folder = path.join(root, 'templates');
  service = templateHandlers(path.join(root, 'storage'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const quiet = () => undefined;
const read = (version?: string, changedAt?: string): Promise<readonly TemplateEntry[]> =>
  service.read({ source: 's', folder, version, changedAt }, neverCancelled, quiet);

async function put(name: string, content: object | string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
}

const python38 = { name: 'python38-azureml', display_name: 'Python 3.8 - AzureML', language: 'python' };
const notebook = (title: string, kernelspec: object = python38) => ({
  nbformat: 4,
  nbformat_minor: 2,
  metadata: { kernelspec, language_info: { name: 'python', version: '3.8.1' } },
  cells: [
    { cell_type: 'markdown', metadata: {}, source: `# ${title}\n\nText of it.` },
    { cell_type: 'code', metadata: { tags: ['parameters'] }, source: ['ws_name = "Default"\n', 'tenant = "{{cookiecutter.tenant_id}}"'], outputs: [{ output_type: 'stream', text: 'x' }], execution_count: 3 },
  ],
});

async function only(title: string): Promise<Template> {
  const found = (await read('1')).find((entry) => entry.kind === 'template' && entry.title === title);
  if (found?.kind !== 'template') throw new Error(`no template ${title}`);
  return found;
}

async function create(template: Template, name: string, workspace?: WorkspaceIdentity) {
  const { id, title, version, hash } = template;
  const origin = { id, title, version, hash, source: 'https://example.com/r', commit: 'abc' };
  return service.create({ template, origin, folder: path.join(root, 'mine'), name, overwrite: false, now: '2026-01-01T00:00:00Z', workspace }, neverCancelled, quiet);
}

const workspace = { tenantId: 't-1', subscriptionId: 's', resourceGroup: 'r', workspaceId: 'w', workspaceName: 'contoso' };

describe('reading', () => {
  it('reads what changed, and nothing else', async () => {
    await put('a.ipynb', notebook('A'));
    const time = new Date('2026-01-01T00:00:00Z');
    await utimes(path.join(folder, 'a.ipynb'), time, time);
    expect(await read('1')).toMatchObject([{ id: 's:a.ipynb', title: 'A' }]);
    // The same size, time and version: as it was read before.
    await put('a.ipynb', notebook('B'));
    await utimes(path.join(folder, 'a.ipynb'), time, time);
    expect(await read('1')).toMatchObject([{ title: 'A' }]);
    expect(await read('2')).toMatchObject([{ title: 'B' }]);
    await rm(path.join(folder, 'a.ipynb'));
    expect(await read('2')).toEqual([]);
  });

  it('knows when a template of a repository last changed once it has seen two versions', async () => {
    await put('a.ipynb', notebook('A'));
    await put('b.ipynb', notebook('B'));
    await put('notebookmetadata.json', [{ id: 'Other', lastRevisedDate: '2020-01-01' }]);
    expect((await read('1', '2026-01-01T00:00:00Z')).map((entry) => entry.kind === 'template' && entry.lastChange)).toEqual([undefined, undefined]);
    await put('a.ipynb', notebook('A changed'));
    const later = await read('2', '2026-02-01T00:00:00Z');
    expect(later.map((entry) => entry.kind === 'template' && [entry.title, entry.lastChange])).toEqual([['A changed', '2026-02-01T00:00:00Z'], ['B', undefined]]);
  });

  it('takes the dates that the repository keeps', async () => {
    await put('Guided Investigation - Anomaly Lookup.ipynb', notebook('X'));
    await put('notebookmetadata.json', [{ id: 'AnomalyLookup', lastRevisedDate: '2024-06-14' }]);
    expect(await read('1')).toMatchObject([{ lastChange: '2024-06-14' }]);
  });

  it('lists names that differ in case, notebooks beside queries, and what is broken', async () => {
    await put('a.ipynb', notebook('Small'));
    await put('A.ipynb', notebook('Large'));
    await put('one.ipynb', '\n');
    await put('q.yaml', 'query: SigninLogs | take 1\ntactics: [Impact]\nname: Q');
    await put('pipeline.yml', 'steps: []');
    const entries = await read('1');
    expect(entries.map((entry) => [entry.kind, entry.kind === 'template' ? entry.title : entry.id])).toEqual([
      ['template', 'Large'],
      ['template', 'Q'],
      ['template', 'Small'],
      ['broken', 's:one.ipynb'],
    ]);
  });

  it('is not misled by a cache that is none of ours', async () => {
    await put('a.ipynb', notebook('A'));
    await mkdir(path.join(root, 'storage', 'catalogue'), { recursive: true });
    for (const text of ['{', '[]', '{"version":1}', '{"version":99,"files":{"a.ipynb":{}}}']) {
      await writeFile(path.join(root, 'storage', 'catalogue', 's.json'), text);
      expect(await read('1')).toMatchObject([{ title: 'A' }]);
    }
  });
});

describe('creating from a notebook in Python', () => {
  it('asks for a kernel that exists, fills placeholders, writes the configuration, says where it came from', async () => {
    await put('x/a.ipynb', notebook('A'));
    const template = await only('A');
    const created = await create(template, 'mine', workspace);
    expect(created.language).toBe('python');
    expect(created.notes[0]).toBe('The kernel "Python 3.8 - AzureML" exists no more; the notebook asks for "Python 3 (ipykernel)".');
    const made = JSON.parse(await readFile(created.file, 'utf8')) as Readonly<Record<string, never>>;
    expect(made).toMatchObject({
      metadata: {
        kernelspec: { name: 'python3', language: 'python' },
        language_info: { name: 'python' },
        huntbook: { template: { id: 's:x/a.ipynb', title: 'A', source: 'https://example.com/r', commit: 'abc', hash: template.hash } },
      },
      cells: [{ id: 'huntbook-note' }, { cell_type: 'markdown' }, { outputs: [], execution_count: null, source: ['ws_name = "Default"\n', 'tenant = "t-1"'] }],
    });
    expect((await stat(path.join(root, 'mine', 'config.json'))).isFile()).toBe(true);
  });

  it('leaves a kernel that exists, and writes no configuration without a workspace', async () => {
    await put('a.ipynb', notebook('A', { name: 'python310-sdkv2', display_name: 'Python 3.10 - SDK v2', language: 'python' }));
    const created = await create(await only('A'), 'mine');
    expect(created.notes).toEqual([]);
    expect(JSON.parse(await readFile(created.file, 'utf8'))).toMatchObject({ metadata: { kernelspec: { name: 'python310-sdkv2' } }, cells: [{ cell_type: 'markdown' }, {}] });
    await expect(stat(path.join(root, 'mine', 'config.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('templates that change after a notebook was made', () => {
  const changed = async () => service.changedSinceMade({ templates: (await read('2')).flatMap((entry) => (entry.kind === 'template' ? [entry] : [])) }, neverCancelled, quiet);

  it('are found, with what they were', async () => {
    await put('a.ipynb', notebook('A'));
    const before = await only('A');
    const { file } = await create(before, 'mine');
    expect(await changed()).toEqual([]);
    await put('a.ipynb', notebook('A, better'));
    expect(await changed()).toEqual([{ templateId: 's:a.ipynb', file, hash: before.hash }]);
    const text = await service.textWhenMade({ hash: before.hash }, neverCancelled, quiet);
    expect(JSON.parse(text)).toMatchObject({ cells: [{ source: ['# A\n', '\n', 'Text of it.'] }, {}] });
    await create(await only('A, better'), 'newer');
    expect(await changed()).toEqual([]);
  });

  it('are forgotten with the notebook', async () => {
    await put('a.ipynb', notebook('A'));
    const { file } = await create(await only('A'), 'mine');
    await put('a.ipynb', notebook('B'));
    await rm(file);
    expect(await changed()).toEqual([]);
  });

  it.each(['../../etc/passwd', 'f'.repeat(64)])('there is no version %s', async (hash) => {
    await expect(service.textWhenMade({ hash }, neverCancelled, quiet)).rejects.toMatchObject({ data: { kind: 'notFound' } });
  });
});

it('details are cut to what a page can show', async () => {
  const many = { ...notebook('A'), cells: [...notebook('A').cells, ...Array.from({ length: 100 }, () => ({ cell_type: 'code', source: 'x'.repeat(9_000), outputs: [] }))] };
  await put('a.ipynb', many);
  const details = await service.details({ template: await only('A') }, neverCancelled, quiet);
  expect(details).toMatchObject({ cellCount: 102, introduction: 'Text of it.', introductionCells: 1, parametersCell: { kind: 'code', language: 'python' } });
  expect(details.cells).toHaveLength(60);
  expect(details.cells.at(-1)?.text).toHaveLength(4_001);
});
