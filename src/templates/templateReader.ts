import { HuntError } from '../common/errors';
import { OTHER_GROUP, type Template } from './template';

type JsonObject = Readonly<Record<string, unknown>>;

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

/** Describes a template by its notebook's `metadata.huntbook`, and by its first markdown cell where that says nothing. */
export function describeTemplate(notebook: TemplateNotebook, id: string, path: string): Template {
  const own = objectAt(notebook.metadata, 'huntbook');
  const intro = notebook.cells.find((cell) => cell['cell_type'] === 'markdown');
  const { heading, paragraph } = readIntroduction(intro ? cellSource(intro) : '');
  return {
    kind: 'template',
    id,
    path,
    title: textAt(own, 'title') || heading || titleOfId(id),
    description: textAt(own, 'description') || paragraph,
    group: textAt(own, 'group') || OTHER_GROUP,
    tactics: textsAt(own, 'tactics'),
    techniques: textsAt(own, 'techniques'),
    tables: textsAt(own, 'tables'),
    version: textAt(own, 'version'),
    author: textAt(own, 'author'),
    parameters: notebook.cells.filter(isParametersCell).flatMap((cell) => definedNames(cellSource(cell))),
  };
}

/** Text of a cell: nbformat allows a string or a list of lines. */
export function cellSource(cell: JsonObject): string {
  const source = cell['source'];
  if (typeof source === 'string') return source;
  return Array.isArray(source) ? source.filter((line) => typeof line === 'string').join('') : '';
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

function textAt(value: JsonObject, key: string): string {
  const found = value[key];
  return typeof found === 'string' ? found.trim() : '';
}

/** First heading of any level and the first paragraph after it that is plain text. */
function readIntroduction(markdown: string): { readonly heading: string; readonly paragraph: string } {
  const heading = /^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$/m.exec(markdown);
  const rest = heading ? markdown.slice(heading.index + heading[0].length) : markdown;
  const paragraph = rest.split(/\r?\n[ \t]*\r?\n/).find((block) => /^\s*[\p{L}\p{N}"'(*_[]/u.test(block));
  return { heading: plainText(heading?.[1] ?? ''), paragraph: plainText(paragraph ?? '') };
}

/** Markdown without its marks, for tree items and tooltips. */
function plainText(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/[*_`]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function titleOfId(id: string): string {
  const words = (id.split('/').at(-1) ?? id).replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isParametersCell(cell: JsonObject): boolean {
  return cell['cell_type'] === 'code' && textsAt(objectAt(cell, 'metadata'), 'tags').includes('parameters');
}

function definedNames(kql: string): readonly string[] {
  return [...kql.matchAll(/^\s*let\s+([A-Za-z_]\w*)\s*=/gm)].map((match) => match[1] ?? '');
}
