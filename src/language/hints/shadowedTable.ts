import type { LanguageCell } from '../languageCell';
import type { LanguageNotebook } from '../languageNotebook';

/** The table of the workspace that a cell's result hides from the cells after it. */
export function shadowedTable(notebook: LanguageNotebook, cell: LanguageCell): string | undefined {
  const { name } = cell.header.options;
  return name !== undefined && notebook.hasTable(cell, name) ? name : undefined;
}
