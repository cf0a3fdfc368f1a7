import { huntbookMetadata, type NotebookJson } from '../common/nbformat';
import type { Template, TemplateOrigin } from '../common/templates';
import { huntingQueryNotebook } from './huntingQueryNotebook';
import { cellSource, isObject, type JsonObject, objectAt, parseNotebook, type TemplateNotebook } from './notebookJson';
import { isKqlKernel, PYTHON_KERNEL, readKernel } from './templateKernel';
import { readTemplateText } from './templateCatalogue';

/** The notebook that a template makes, ready to be written. */
export interface MadeNotebook {
  readonly notebook: Pick<NotebookJson, 'metadata' | 'nbformat' | 'nbformat_minor'> & { readonly cells: readonly object[] };
  readonly language: string;
  /** What is other than in the template, for people. */
  readonly notes: readonly string[];
}

/**
 * The cells of a template without outputs, with a kernel that exists. Of a hunting query, the notebook made of it.
 * @param origin Kept in the metadata; absent for a notebook that is only looked at.
 * @throws HuntError `badNotebook` when the template changed for the worse, `storage`.
 */
export async function makeNotebook(template: Template, origin?: TemplateOrigin, now?: string): Promise<MadeNotebook> {
  if (template.query) {
    const made = huntingQueryNotebook(template, template.query);
    return { notebook: { ...made, metadata: { ...made.metadata, ...ours(template, origin, now) } }, language: 'kusto', notes: [] };
  }
  const source = parseNotebook(await readTemplateText(template.path), template.path);
  const { metadata, language, note } = withKernel(source);
  return {
    notebook: {
      cells: source.cells.map(cleanCell),
      metadata: { ...metadata, ...ours(template, origin, now) },
      nbformat: 4,
      nbformat_minor: 5,
    },
    language,
    notes: note === undefined ? [] : [note],
  };
}

function ours({ tactics, techniques }: Template, origin: TemplateOrigin | undefined, now: string | undefined): JsonObject {
  return { huntbook: { ...(now === undefined ? {} : { created: now }), tactics, techniques, ...(origin ? { template: origin } : {}) } };
}

function withKernel({ metadata }: TemplateNotebook): { readonly metadata: JsonObject; readonly language: string; readonly note?: string } {
  const kernel = readKernel(metadata);
  if (kernel === undefined || isKqlKernel(kernel)) return { metadata: { ...metadata, ...huntbookMetadata }, language: 'kusto' };
  if (!kernel.vanished || kernel.language !== 'python') return { metadata, language: kernel.language };
  const note = `The kernel "${kernel.displayName}" exists no more; the notebook asks for "${PYTHON_KERNEL.display_name}".`;
  return { metadata: { ...metadata, kernelspec: PYTHON_KERNEL, language_info: { name: 'python' } }, language: 'python', note };
}

/** A cell as before its first run, with the id that nbformat 4.5 demands. */
function cleanCell(cell: JsonObject, index: number): object {
  const metadata = Object.fromEntries(Object.entries(objectAt(cell, 'metadata')).filter(([key]) => key !== 'execution'));
  const kind = cell['cell_type'];
  const common = {
    cell_type: kind === 'code' || kind === 'raw' ? kind : 'markdown',
    id: typeof cell['id'] === 'string' && /^[\w-]{1,64}$/.test(cell['id']) ? cell['id'] : `cell-${index + 1}`,
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
