import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Template } from '../common/templates';
import { isObject, textAt } from './notebookJson';

/**
 * Dates that https://github.com/Azure/Azure-Sentinel-Notebooks keeps of its notebooks in `notebookmetadata.json`, by id. The ids are
 * not the files' names: one is taken for a notebook's when all its words are in that name and in no other's sense (`AnomalyLookup` for
 * `Guided Investigation - Anomaly Lookup`).
 */
export async function readRevisedDates(folder: string): Promise<ReadonlyMap<string, string>> {
  try {
    const list: unknown = JSON.parse(await readFile(path.join(folder, 'notebookmetadata.json'), 'utf8'));
    if (!Array.isArray(list)) return new Map();
    return new Map(list.filter(isObject).map((entry) => [squeezed(textAt(entry, 'id')), textAt(entry, 'lastRevisedDate')]));
  } catch {
    return new Map();
  }
}

export function revisedDate(dates: ReadonlyMap<string, string>, { path: file }: Template): string | undefined {
  if (dates.size === 0) return undefined;
  const name = squeezed(path.basename(file).replace(/\.\w+$/, ''));
  const found = [...dates].filter(([id, date]) => id.length >= 5 && name.includes(id) && /^\d{4}-\d\d-\d\d/.test(date));
  return found.length === 1 ? found[0]?.[1] : undefined;
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
