import type { SelectionStatistics } from '../../common/resultViews';
import { element } from '../dom';
import { icon } from '../icons';
import type { SavedTable } from './savedTable';
import type { Selection } from './selection';
import type { TableContext } from './tableContext';
import { visibleText } from './textPieces';
import { countText, elapsedText, numberText, plural } from './values';

/** The selection rests this long, in milliseconds, before it is summed up. */
const restMs = 120;

/** The line below the grid: what the result is, and what is selected or was just done. */
export class Footer {
  readonly element = element('div', { class: 'hb-footer' });
  readonly #status = element('span', { class: 'hb-status' });
  #timer = 0;
  #asked = 0;
  #summed = '';

  constructor(saved: SavedTable) {
    const facts = [plural(saved.rowCount, 'row'), plural(saved.columns.length, 'column')];
    if (saved.elapsedMs !== undefined) facts.push(elapsedText(saved.elapsedMs));
    if (saved.workspace !== undefined) facts.push(saved.workspace);
    if (saved.timespan !== undefined) facts.push(visibleText(`time range ${saved.timespan}`));
    if (saved.name !== undefined) this.element.append(element('span', { class: 'hb-resultname' }, icon('braces'), saved.name));
    this.element.append(...facts.map((fact) => element('span', {}, fact)), this.#status);
  }

  /** Says what is selected, and sums it up as a spreadsheet does. */
  setSelection(selection: Selection, table: TableContext): void {
    const { range } = selection;
    const key = JSON.stringify([range, table.view, table.grouping, table.model.columns.shown]);
    if (key === this.#summed) return;
    this.#summed = key;
    this.#asked += 1;
    window.clearTimeout(this.#timer);
    if (!range || selection.size <= 1) {
      this.setStatus('');
      return;
    }
    const rows = plural(range.lastRow - range.firstRow + 1, 'row');
    const columns = plural(range.lastColumn - range.firstColumn + 1, 'column');
    const text = `${countText(selection.size)} cells selected (${rows} × ${columns})`;
    this.setStatus(text);
    // Rows of groups are no rows of the view.
    if (table.grouping.by.length > 0) return;
    const mine = this.#asked;
    this.#timer = window.setTimeout(() => {
      const chosen = table.model.columns.shown.slice(range.firstColumn, range.lastColumn + 1);
      const question = { view: table.view, first: range.firstRow, end: range.lastRow + 1, columns: chosen };
      table.ask('readSelectionStatistics', question).then(
        (answer) => {
          if (this.#asked === mine) this.setStatus(`${text}${statisticsText(answer)}`);
        },
        // What is selected is said all the same.
        () => undefined,
      );
    }, restMs);
  }

  setStatus(text: string): void {
    this.#status.textContent = text;
  }

  dispose(): void {
    window.clearTimeout(this.#timer);
  }
}

function statisticsText({ count, numbers, sum, mean, min, max }: SelectionStatistics): string {
  const facts = [`Count ${countText(count)}`];
  if (numbers > 0) facts.push(`Sum ${numberText(sum)}`, `Mean ${numberText(mean)}`, `Min ${numberText(min)}`, `Max ${numberText(max)}`);
  return ` · ${facts.join(' · ')}`;
}
