import { element } from '../dom';
import { icon } from '../icons';
import type { SavedTable } from './savedTable';
import type { Selection } from './selection';
import { visibleText } from './textPieces';
import { countText, elapsedText, plural } from './values';

/** The line below the grid: what the result is, and what is selected or was just done. */
export class Footer {
  readonly element = element('div', { class: 'hb-footer' });
  readonly #status = element('span', { class: 'hb-status' });

  constructor(saved: SavedTable) {
    const facts = [plural(saved.rowCount, 'row'), plural(saved.columns.length, 'column')];
    if (saved.elapsedMs !== undefined) facts.push(elapsedText(saved.elapsedMs));
    if (saved.workspace !== undefined) facts.push(saved.workspace);
    if (saved.timespan !== undefined) facts.push(visibleText(`time range ${saved.timespan}`));
    if (saved.name !== undefined) this.element.append(element('span', { class: 'hb-resultname' }, icon('braces'), saved.name));
    this.element.append(...facts.map((fact) => element('span', {}, fact)), this.#status);
  }

  setSelection(selection: Selection): void {
    const { range } = selection;
    if (!range || selection.size <= 1) {
      this.setStatus('');
      return;
    }
    const rows = plural(range.lastRow - range.firstRow + 1, 'row');
    const columns = plural(range.lastColumn - range.firstColumn + 1, 'column');
    this.setStatus(`${countText(selection.size)} cells selected (${rows} × ${columns})`);
  }

  setStatus(text: string): void {
    this.#status.textContent = text;
  }
}
