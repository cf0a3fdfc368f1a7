import { loadTools } from './lateTools';
import type { CopyFormat } from './tools/copyFormats';
import { readCells } from './copyText';
import type { TableContext } from './tableContext';
import { plural } from './values';

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
      const { formatCells } = await loadTools();
      const cells = await readCells(model.source, model.columns, range);
      const { text, defused } = formatCells(cells, format);
      const remark = defused > 0 ? `; ${plural(defused, 'formula')} defused with an apostrophe` : '';
      this.#table.copy(text, `Copied ${cells.summary}${remark}`);
    } catch (thrown) {
      this.#table.say(`Nothing copied: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
  }
}
