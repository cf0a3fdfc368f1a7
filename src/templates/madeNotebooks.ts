import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HuntError, toHuntError } from '../common/errors';
import { notebookText } from '../common/nbformat';
import type { ChangedTemplate } from '../common/templateService';
import type { Template } from '../common/templates';
import { writeJson } from './catalogueCache';
import { isObject, textAt } from './notebookJson';
import { makeNotebook } from './templateNotebook';

interface MadeNotebookRecord {
  readonly templateId: string;
  readonly hash: string;
  readonly file: string;
}

/** Notebooks made longest ago are forgotten first. */
const MOST_RECORDS = 500;

/** Remembers which notebook was made of which version of a template, and that version, to be compared with a later one. */
export class MadeNotebooks {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A notebook was made. @throws HuntError `storage` */
  async add(template: Template, file: string): Promise<void> {
    const { notebook } = await makeNotebook(template);
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(this.#version(template.hash), notebookText(notebook));
    } catch (thrown) {
      throw toHuntError(thrown);
    }
    const others = (await this.#records()).filter((record) => record.file !== file).slice(-MOST_RECORDS + 1);
    await writeJson(this.#recordsFile, [...others, { templateId: template.id, hash: template.hash, file }]);
  }

  /** Of these templates, the ones that changed since a notebook, which is still there, was made of them; the latest such notebook. */
  async changed(templates: readonly { readonly id: string; readonly hash: string }[]): Promise<readonly ChangedTemplate[]> {
    const hashes = new Map(templates.map(({ id, hash }) => [id, hash]));
    const found = new Map<string, ChangedTemplate>();
    for (const record of await this.#records()) {
      const hash = hashes.get(record.templateId);
      if (hash === undefined) continue;
      if (hash === record.hash) found.delete(record.templateId);
      else if (await isThere(record.file)) found.set(record.templateId, record);
    }
    return [...found.values()];
  }

  /** The text of a version that a notebook was made of. @throws HuntError `notFound` */
  async text(hash: string): Promise<string> {
    try {
      if (/^[0-9a-f]{64}$/.test(hash)) return await readFile(this.#version(hash), 'utf8');
    } catch {
      // Said below.
    }
    throw new HuntError({ kind: 'notFound', what: 'earlier version of the template', name: hash.slice(0, 12) });
  }

  get #recordsFile(): string {
    return path.join(this.#folder, 'made.json');
  }

  #version(hash: string): string {
    return path.join(this.#folder, `${hash}.ipynb`);
  }

  async #records(): Promise<readonly MadeNotebookRecord[]> {
    try {
      const records: unknown = JSON.parse(await readFile(this.#recordsFile, 'utf8'));
      if (!Array.isArray(records)) return [];
      return records.filter(isObject).map((record) => ({ templateId: textAt(record, 'templateId'), hash: textAt(record, 'hash'), file: textAt(record, 'file') }));
    } catch {
      return [];
    }
  }
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(() => true, () => false);
}
