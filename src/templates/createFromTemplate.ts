import { type MarkdownCellJson, markdownCell } from '../common/nbformat';
import type { CreatedNotebook, CreateNotebook } from '../common/templateService';
import { createNotebookFile } from './notebookFile';
import { fillPlaceholders, writeConfiguration } from './portalConfiguration';
import { makeNotebook } from './templateNotebook';

/**
 * Makes a notebook of a template: its cells without outputs, a kernel that exists, and in `metadata.huntbook` which template it was made
 * from. With a workspace, placeholders are filled as Sentinel's portal fills them, and the configuration that such notebooks read is
 * written beside a notebook in Python.
 * @throws HuntError `badName`, `exists` unless `overwrite`, `badNotebook` when the template changed for the worse, `storage`.
 */
export async function createFromTemplate(wish: CreateNotebook): Promise<CreatedNotebook> {
  const { template, origin, folder, name, overwrite, now, workspace } = wish;
  const made = await makeNotebook(template, origin, now);
  const cells = workspace ? made.notebook.cells.map((cell) => fillPlaceholders(cell, workspace)) : made.notebook.cells;
  const notes = [...made.notes, ...(template.superseded === undefined ? [] : [`The template is superseded: ${template.superseded}`])];
  const notebook = { ...made.notebook, cells: notes.length === 0 ? cells : [noteCell(notes), ...cells] };
  const file = await createNotebookFile({ folder, name, overwrite, notebook });
  const written = workspace && made.language === 'python' ? await writeConfiguration(folder, workspace) : [];
  return { file, language: made.language, notes: [...notes, ...written] };
}

/** What whoever opens the notebook has to know, said in it. */
function noteCell(notes: readonly string[]): MarkdownCellJson {
  return markdownCell('huntbook-note', notes.map((note) => `> ${escaped(note)}`).join('\n>\n'));
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]#|~<>$]/g, '\\$&');
}
