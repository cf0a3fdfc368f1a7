/**
 * Notebook files as Jupyter writes them, reduced to what Huntbook makes.
 * @see https://nbformat.readthedocs.io/en/latest/format_description.html
 */

/** JSON for a notebook's or a cell's metadata. */
export type NotebookMetadata = Readonly<Record<string, unknown>>;

interface BaseCell {
  /** Up to 64 letters, digits, `-` and `_`, unique in the notebook. */
  readonly id: string;
  readonly metadata: NotebookMetadata;
  /** Lines with their line ends. */
  readonly source: readonly string[];
}

export interface MarkdownCellJson extends BaseCell {
  readonly cell_type: 'markdown';
}

export interface CodeCellJson extends BaseCell {
  readonly cell_type: 'code';
  readonly execution_count: null;
  readonly outputs: readonly [];
}

export interface NotebookJson {
  readonly cells: readonly (MarkdownCellJson | CodeCellJson)[];
  readonly metadata: NotebookMetadata;
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
}

/**
 * Metadata by which a notebook is ours. VS Code gives cells without a language of their own that of `language_info`, and removes a
 * cell's own `vscode.languageId` when it is the same: so cells carry none.
 */
export const huntbookMetadata: NotebookMetadata = {
  kernelspec: { display_name: 'Huntbook (KQL)', language: 'kusto', name: 'huntbook' },
  language_info: { file_extension: '.kql', mimetype: 'text/x-kusto', name: 'kusto' },
};

export function markdownCell(id: string, source: string, metadata: NotebookMetadata = {}): MarkdownCellJson {
  return { cell_type: 'markdown', id, metadata, source: sourceLines(source) };
}

export function kqlCell(id: string, source: string, metadata: NotebookMetadata = {}): CodeCellJson {
  return { cell_type: 'code', execution_count: null, id, metadata, outputs: [], source: sourceLines(source) };
}

/** The file's text as VS Code and Jupyter write it (keys in order, indented by one space): saving it again changes nothing. */
export function notebookText(notebook: object): string {
  return `${JSON.stringify(sortedKeys(notebook), undefined, 1)}\n`;
}

function sourceLines(source: string): readonly string[] {
  return source === '' ? [] : source.split(/(?<=\n)/);
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sortedKeys(entry)]));
}
