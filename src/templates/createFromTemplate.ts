import { huntbookMetadata } from '../common/nbformat';
import { createNotebookFile } from './notebookFile';
import type { Template } from './template';
import { readTemplateText } from './templateCatalogue';
import { cellSource, isObject, objectAt, parseNotebook, type TemplateNotebook } from './templateReader';

export interface CreateFromTemplate {
  readonly template: Template;
  /** Made when missing. */
  readonly folder: string;
  /** With or without `.ipynb`. */
  readonly name: string;
  /** Replace a file of that name. */
  readonly overwrite: boolean;
  readonly now: Date;
}

/**
 * Makes a notebook of a template: its cells without outputs, our kernel, and in `metadata.huntbook` which template it was made from.
 * @returns The new file's absolute path.
 * @throws HuntError `badName`, `exists` unless `overwrite`, `badNotebook` when the template changed for the worse, `storage`.
 */
export async function createFromTemplate({ template, folder, name, overwrite, now }: CreateFromTemplate): Promise<string> {
  const source = parseNotebook(await readTemplateText(template.path), template.path);
  return createNotebookFile({ folder, name, overwrite, notebook: notebookFrom(source, template, now) });
}

function notebookFrom(source: TemplateNotebook, template: Template, now: Date): object {
  const { tactics, techniques, id, title, version } = template;
  return {
    cells: source.cells.map(cleanCell),
    metadata: {
      ...source.metadata,
      ...huntbookMetadata,
      huntbook: { created: now.toISOString(), tactics, techniques, template: { id, title, version } },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** A cell as before its first run, with the id that nbformat 4.5 demands. */
function cleanCell(cell: TemplateNotebook['cells'][number], index: number): object {
  const metadata = Object.fromEntries(Object.entries(objectAt(cell, 'metadata')).filter(([key]) => key !== 'execution'));
  const kind = cell['cell_type'];
  const common = {
    cell_type: kind === 'code' || kind === 'raw' ? kind : 'markdown',
    id: typeof cell['id'] === 'string' ? cell['id'] : `cell-${index + 1}`,
    metadata,
    source: cellSource(cell).split(/(?<=\n)/).filter((line) => line !== ''),
  };
  const attachments = cell['attachments'];
  return {
    ...common,
    ...(kind === 'code' ? { execution_count: null, outputs: [] } : {}),
    ...(isObject(attachments) ? { attachments } : {}),
  };
}
