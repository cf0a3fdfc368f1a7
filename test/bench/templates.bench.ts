import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { neverCancelled } from '../../src/common/cancellation';
import type { Template } from '../../src/common/templates';
import { readTemplates } from '../../src/templates/templateCatalogue';
import { templateHandlers } from '../../src/templates/templateHandlers';
import { type Bench, median, type Measurement } from './bench';

/** As the public repository is: 120 notebooks of 38 MB, most of it outputs. */
const NOTEBOOKS = 120;
const NOTEBOOK_BYTES = 38_000_000 / NOTEBOOKS;

function notebookText(index: number): string {
  const intro = `# Hunt ${index}\n\n**Notebook Version:** 1.${index}<br>\n**Data Sources Required**:\n - Log Analytics - SecurityEvent, SigninLogs\n\nFinds what is odd.`;
  const code = 'query = """\nSecurityEvent\n| where EventID == 4688\n| take 10\n"""\n'.repeat(20);
  const output = { output_type: 'display_data', data: { 'text/html': '<td>0123456789 &amp; "quoted"</td>\n'.repeat(NOTEBOOK_BYTES / 36) }, metadata: {} };
  const cells = [
    { cell_type: 'markdown', metadata: {}, source: intro },
    { cell_type: 'code', metadata: { tags: ['parameters'] }, source: 'ws_name = "Default"', outputs: [], execution_count: null },
    ...Array.from({ length: 40 }, () => ({ cell_type: 'code', metadata: {}, source: code, outputs: [], execution_count: 1 })),
    { cell_type: 'code', metadata: {}, source: 'show()', outputs: [output], execution_count: 2 },
  ];
  const kernelspec = { name: 'python38-azureml', display_name: 'Python 3.8 - AzureML', language: 'python' };
  return JSON.stringify({ nbformat: 4, nbformat_minor: 2, metadata: { kernelspec }, cells }, undefined, 1);
}

/** Runs with a folder of templates, and one for what is kept of them; both are gone afterwards. */
async function withTemplates<T>(work: (templates: string, storage: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(path.join(tmpdir(), 'huntbook-bench-'));
  try {
    const time = new Date('2026-01-01T00:00:00Z');
    for (let index = 0; index < NOTEBOOKS; index++) {
      const file = path.join(root, `hunt-${index}.ipynb`);
      await writeFile(file, notebookText(index));
      await utimes(file, time, time);
    }
    return await work(root, path.join(root, '.storage'));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function cold(): Promise<Measurement> {
  return withTemplates(async (folder) => ({ value: await median(3, () => readTemplates({ source: 'bench', folder })) }));
}

async function warm(): Promise<Measurement> {
  return withTemplates(async (folder, storage) => {
    const cache = path.join(storage, 'bench.json');
    return { value: await median(5, () => readTemplates({ source: 'bench', folder }, cache)) };
  });
}

async function create(): Promise<Measurement> {
  return withTemplates(async (folder, storage) => {
    const service = templateHandlers(storage);
    const quiet = (): void => undefined;
    const entries = await service.read({ source: 'bench', folder }, neverCancelled, quiet);
    const template = entries.find((entry): entry is Template => entry.kind === 'template');
    if (!template) throw new Error('no template could be read');
    const { id, title, version, hash } = template;
    const wish = { template, origin: { id, title, version, hash, source: 'bench' }, folder: storage, name: 'made', overwrite: true };
    return { value: await median(5, () => service.create({ ...wish, now: '2026-01-01T00:00:00Z' }, neverCancelled, quiet)) };
  });
}

export const benches: readonly Bench[] = [
  { name: 'templates: read 120 notebooks of 38 MB, cold', unit: 'ms', budget: 2000, run: cold },
  { name: 'templates: read 120 notebooks of 38 MB, warm', unit: 'ms', budget: 200, run: warm },
  { name: 'templates: create a notebook', unit: 'ms', budget: 1000, run: create },
];
