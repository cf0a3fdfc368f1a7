import { HuntError } from '../common/errors';
import { huntbookMetadata, kqlCell, markdownCell } from '../common/nbformat';
import { type Json, type JsonObject, isObject, objectAt, stringAt } from './json';

/** Language id of KQL cells, shared with the other KQL extensions of VS Code. */
export const KQL_LANGUAGE = 'kusto';
export const KERNEL_NAME = 'huntbook';

export type CellKind = 'markdown' | 'code' | 'raw';

/** A cell of an `.ipynb`, over the object that the file holds: fields we do not know stay as they are. */
export interface NotebookCell {
  readonly kind: CellKind;
  readonly source: string;
  readonly tags: readonly string[];
  /** Of a code cell: its own language, else the notebook's. */
  readonly language: string | undefined;
  readonly raw: JsonObject;
}

/** An nbformat 4 notebook. Values are immutable; the `with…` functions return changed copies. */
export interface Notebook {
  readonly cells: readonly NotebookCell[];
  /** The object that the file holds; its cells are those of `cells`. */
  readonly raw: JsonObject;
  /** Indentation of the file, kept when it is written. */
  readonly indent: string;
}

/** An output as nbformat stores it. */
export type NotebookOutput = JsonObject;

/**
 * Reads the text of an `.ipynb` file.
 * @param path For messages alone.
 * @throws HuntError `badNotebook` that says what is wrong.
 * @see https://nbformat.readthedocs.io/en/latest/format_description.html
 */
export function readNotebook(text: string, path: string): Notebook {
  const bad = (message: string): HuntError => new HuntError({ kind: 'badNotebook', path, message });
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (content.trim() === '') throw bad('the file is empty.');
  let document: unknown;
  try {
    document = JSON.parse(content);
  } catch (thrown) {
    throw bad(`it is not JSON (${thrown instanceof Error ? thrown.message : String(thrown)}).`);
  }
  if (!isObject(document)) throw bad('it is JSON, but not an object.');
  const version = document['nbformat'];
  const cells = document['cells'];
  if (typeof version !== 'number') throw bad('it has no "nbformat" version.');
  if (version !== 4) throw bad(`it is of notebook format ${version}; only format 4 is read. Jupyter converts it when it saves the file.`);
  if (!Array.isArray(cells)) throw bad('it has no list of "cells".');
  const language = notebookLanguage(document);
  const read = cells.map((cell: Json, index) => {
    const made = isObject(cell) ? readCell(cell, language) : undefined;
    if (!made) throw bad(`cell ${index + 1} is not a cell: it needs a "cell_type" of markdown, code or raw, and a "source".`);
    return made;
  });
  return { cells: read, raw: document, indent: /\n([ \t]+)"/.exec(content)?.[1] ?? ' ' };
}

/** The text of the file. Cells that were not changed are written as they were read. */
export function writeNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => cell.raw);
  return `${JSON.stringify({ ...notebook.raw, cells }, undefined, notebook.indent)}\n`;
}

export interface NewCell {
  readonly kind: 'markdown' | 'code';
  readonly source: string;
  readonly tags?: readonly string[] | undefined;
}

/** A notebook whose code cells are KQL and whose kernel is ours. */
export function createNotebook(cells: readonly NewCell[]): Notebook {
  const made = cells.map(({ kind, source, tags = [] }, index) => {
    const metadata = tags.length === 0 ? {} : { tags };
    return (kind === 'code' ? kqlCell : markdownCell)(`cell-${index + 1}`, source, metadata);
  });
  return readNotebook(JSON.stringify({ cells: made, metadata: huntbookMetadata, nbformat: 4, nbformat_minor: 5 }), 'new notebook');
}

/** Is it a cell that Huntbook runs? */
export function isKqlCell(cell: NotebookCell): boolean {
  return cell.kind === 'code' && cell.language === KQL_LANGUAGE;
}

export interface CellRun {
  readonly outputs: readonly NotebookOutput[];
  readonly executionCount: number | null;
  /** ISO 8601; kept as Jupyter keeps them, in the cell's `execution` metadata. */
  readonly startedAt?: string | undefined;
  readonly finishedAt?: string | undefined;
}

/** The notebook with what a run of one cell left. */
export function withCellRun(notebook: Notebook, index: number, run: CellRun): Notebook {
  return withCell(notebook, index, (raw) => {
    const metadata = objectAt(raw, 'metadata');
    const execution: JsonObject = {
      ...(run.startedAt === undefined ? {} : { 'iopub.execute_input': run.startedAt, 'shell.execute_reply.started': run.startedAt }),
      ...(run.finishedAt === undefined ? {} : { 'shell.execute_reply': run.finishedAt }),
    };
    return {
      ...raw,
      execution_count: run.executionCount,
      metadata: Object.keys(execution).length === 0 ? metadata : { ...metadata, execution },
      outputs: run.outputs,
    };
  });
}

/** The notebook with a KQL cell before position `index`. */
export function withInsertedKqlCell(notebook: Notebook, index: number, source: string, metadata: JsonObject): Notebook {
  const raw = { ...kqlCell(freshId(notebook), source, metadata), metadata };
  const inserted = readCell(raw, notebookLanguage(notebook.raw));
  if (!inserted) return notebook;
  return { ...notebook, cells: [...notebook.cells.slice(0, index), inserted, ...notebook.cells.slice(index)] };
}

export function withoutCell(notebook: Notebook, index: number): Notebook {
  return { ...notebook, cells: notebook.cells.filter((_cell, at) => at !== index) };
}

/** First heading of the notebook's first markdown cell that has one. */
export function notebookTitle(notebook: Notebook): string | undefined {
  for (const cell of notebook.cells) {
    const heading = cell.kind === 'markdown' ? /^\s{0,3}#{1,6}\s+(.+?)\s*#*\s*$/m.exec(cell.source)?.[1] : undefined;
    if (heading !== undefined) return heading;
  }
  return undefined;
}

function withCell(notebook: Notebook, index: number, change: (raw: JsonObject) => JsonObject): Notebook {
  return { ...notebook, cells: notebook.cells.map((cell, at) => (at === index ? { ...cell, raw: change(cell.raw) } : cell)) };
}

function readCell(raw: JsonObject, language: string | undefined): NotebookCell | undefined {
  const kind = raw['cell_type'];
  const source = readSource(raw['source']);
  if ((kind !== 'markdown' && kind !== 'code' && kind !== 'raw') || source === undefined) return undefined;
  const tags = objectAt(raw, 'metadata')['tags'];
  return {
    kind,
    source,
    tags: Array.isArray(tags) ? tags.filter((tag: Json) => typeof tag === 'string') : [],
    language: kind === 'code' ? cellLanguage(raw, language) : undefined,
    raw,
  };
}

function readSource(source: Json | undefined): string | undefined {
  if (typeof source === 'string') return source;
  if (!Array.isArray(source) || !source.every((line: Json) => typeof line === 'string')) return undefined;
  return source.join('');
}

/** Jupyter's cell ids are up to 64 letters, digits, - and _, unique in the notebook. */
function freshId(notebook: Notebook): string {
  const taken = new Set(notebook.cells.map((cell) => cell.raw['id']));
  for (let number = 1; ; number++) {
    const id = `huntbook-${number}`;
    if (!taken.has(id)) return id;
  }
}

function cellLanguage(raw: JsonObject, language: string | undefined): string | undefined {
  return stringAt(objectAt(raw, 'metadata', 'vscode'), 'languageId') ?? language;
}

function notebookLanguage(raw: JsonObject): string | undefined {
  const kernel = objectAt(raw, 'metadata', 'kernelspec');
  if (stringAt(kernel, 'name') === KERNEL_NAME) return KQL_LANGUAGE;
  return stringAt(objectAt(raw, 'metadata', 'language_info'), 'name') ?? stringAt(kernel, 'language');
}
