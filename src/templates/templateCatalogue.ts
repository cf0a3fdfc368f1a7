import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { HuntError, toHuntError } from '../common/errors';
import { FIRST_GROUP, OTHER_GROUP, type TemplateEntry } from './template';
import { describeTemplate, parseNotebook } from './templateReader';

/** A larger notebook is listed as broken: parsing it would hold up the editor. Outputs make notebooks large; templates need none. */
const MAX_TEMPLATE_BYTES = 8_000_000;

/**
 * Reads all templates of a folder and of the folders in it, in the order to show them. Never fails because of one file: what cannot be
 * read is listed with its error. Links are not followed.
 * @throws HuntError `storage` when the folder itself cannot be read.
 */
export async function readTemplates(folder: string): Promise<readonly TemplateEntry[]> {
  let entries;
  try {
    entries = await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (thrown) {
    throw toHuntError(thrown);
  }
  const paths = entries
    .filter((entry) => entry.isFile() && /\.ipynb$/i.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !path.relative(folder, file).split(path.sep).some((part) => part.startsWith('.') || part === 'node_modules'));
  const templates = await Promise.all(paths.map((file) => readTemplate(folder, file)));
  return templates.sort(compareEntries);
}

/** The text of a template's file. @throws HuntError `badNotebook` when it is too large, `storage` when it cannot be read. */
export async function readTemplateText(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      if (size > MAX_TEMPLATE_BYTES) {
        const message = `it has ${Math.round(size / 1e6)} MB, more than the ${MAX_TEMPLATE_BYTES / 1e6} MB a template may have. Clear its outputs.`;
        throw new HuntError({ kind: 'badNotebook', path: file, message });
      }
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw toHuntError(thrown);
  }
}

export interface TemplateGroup {
  readonly name: string;
  readonly entries: readonly TemplateEntry[];
}

/** Entries under their groups, both in the order of {@link readTemplates}. */
export function groupTemplates(entries: readonly TemplateEntry[]): readonly TemplateGroup[] {
  const groups = new Map<string, TemplateEntry[]>();
  for (const entry of entries) {
    const name = groupOf(entry);
    const group = groups.get(name);
    if (group) group.push(entry);
    else groups.set(name, [entry]);
  }
  return [...groups].map(([name, members]) => ({ name, entries: members }));
}

async function readTemplate(folder: string, file: string): Promise<TemplateEntry> {
  const id = path.relative(folder, file).slice(0, -'.ipynb'.length).split(path.sep).join('/');
  try {
    return describeTemplate(parseNotebook(await readTemplateText(file), file), id, file);
  } catch (thrown) {
    return { kind: 'broken', id, path: file, message: toHuntError(thrown).message };
  }
}

function compareEntries(left: TemplateEntry, right: TemplateEntry): number {
  return rank(left) - rank(right) || compareTexts(groupOf(left), groupOf(right)) || compareTexts(titleOf(left), titleOf(right));
}

function rank(entry: TemplateEntry): number {
  if (entry.kind === 'broken') return 3;
  return entry.group === FIRST_GROUP ? 0 : entry.group === OTHER_GROUP ? 2 : 1;
}

function groupOf(entry: TemplateEntry): string {
  return entry.kind === 'template' ? entry.group : OTHER_GROUP;
}

function titleOf(entry: TemplateEntry): string {
  return entry.kind === 'template' ? entry.title : entry.id;
}

function compareTexts(left: string, right: string): number {
  return left.localeCompare(right, 'en');
}
