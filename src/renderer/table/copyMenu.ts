import { type CopyFormat, formatCells } from './copyFormats';
import { readCells } from './copyText';
import type { MenuEntry } from './menu';
import type { TableContext } from './tableContext';
import { plural } from './values';

const formats: readonly (readonly [format: CopyFormat, label: string])[] = [
  ['tsv', 'Tab-separated values'],
  ['tsvHeaders', 'Tab-separated values with column names'],
  ['csv', 'CSV'],
  ['markdown', 'Markdown table'],
  ['json', 'JSON'],
  ['html', 'HTML table'],
  ['datatable', 'KQL datatable'],
];

/** Copies what is selected. */
export class CellCopier {
  readonly #table: TableContext;

  constructor(table: TableContext) {
    this.#table = table;
  }

  /** The selected cells, or in the header the column's name. */
  copy(format: CopyFormat): void {
    const { columns, selection } = this.#table.model;
    if (selection.range) void this.#copyCells(format);
    else this.#table.copy(columns.at(selection.active.column)?.name ?? '', 'Copied the column name');
  }

  async #copyCells(format: CopyFormat): Promise<void> {
    const { model } = this.#table;
    const { range } = model.selection;
    if (!range) return;
    this.#table.say('Copying…');
    try {
      const cells = await readCells(model.source, model.columns, range);
      const { text, defused } = formatCells(cells, format);
      const remark = defused > 0 ? `; ${plural(defused, 'formula')} defused with an apostrophe` : '';
      this.#table.copy(text, `Copied ${cells.summary}${remark}`);
    } catch (thrown) {
      this.#table.say(`Nothing copied: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
  }
}

export function copyMenu(copier: CellCopier): readonly MenuEntry[] {
  return formats.map(([format, label]) => ({ label, act: () => copier.copy(format) }));
}
