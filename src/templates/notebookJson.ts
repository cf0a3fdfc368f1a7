import { HuntError } from '../common/errors';

export type JsonObject = Readonly<Record<string, unknown>>;

/** What is needed of a notebook file. Cells that are none are left out: one bad cell does not cost the template. */
export interface TemplateNotebook {
  readonly metadata: JsonObject;
  readonly cells: readonly JsonObject[];
}

/**
 * Reads the text of a notebook file.
 * @throws HuntError `badNotebook` that says what is wrong with it.
 */
export function parseNotebook(text: string, path: string): TemplateNotebook {
  const bad = (message: string): HuntError => new HuntError({ kind: 'badNotebook', path, message });
  let document: unknown;
  try {
    document = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (thrown) {
    throw bad(text.trim() === '' ? 'the file is empty.' : `it is not JSON (${thrown instanceof Error ? thrown.message : String(thrown)}).`);
  }
  if (!isObject(document)) throw bad('it is JSON, but not an object.');
  if (document['nbformat'] !== 4) throw bad('it is not of notebook format 4. Jupyter converts it when it saves the file.');
  const cells = document['cells'];
  if (!Array.isArray(cells)) throw bad('it has no list of "cells".');
  return { metadata: objectAt(document, 'metadata'), cells: cells.filter(isObject) };
}

/** Text of a cell: nbformat allows a string or a list of lines. */
export function cellSource(cell: JsonObject): string {
  const source = cell['source'];
  if (typeof source === 'string') return source;
  return Array.isArray(source) ? source.filter((line) => typeof line === 'string').join('') : '';
}

export function isParametersCell(cell: JsonObject): boolean {
  return cell['cell_type'] === 'code' && textsAt(objectAt(cell, 'metadata'), 'tags').includes('parameters');
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(value: JsonObject, key: string): JsonObject {
  const found = value[key];
  return isObject(found) ? found : {};
}

export function textsAt(value: JsonObject, key: string): readonly string[] {
  const found = value[key];
  return Array.isArray(found) ? found.filter((entry) => typeof entry === 'string') : [];
}

export function textAt(value: JsonObject, key: string): string {
  const found = value[key];
  return typeof found === 'string' ? found.trim() : '';
}
