import type { Column, WireValue } from '../../../common/kqlTypes';
import type { ColumnFilter, ColumnStatistics } from '../../../common/resultViews';
import { element } from '../../dom';
import { valueText } from '../filterText';
import { histogram } from './histogram';
import { SidePanel } from '../sidePanel';
import type { TableContext } from '../tableContext';
import { textButton } from '../textButton';
import { columnTitle, countText, numberText } from '../values';
import { filtersOf, withFilters } from '../viewChanges';

/** What the values of a column are like, in the rows that the view leaves; a click on a part filters to it. */
export class StatisticsPanel {
  readonly panel: SidePanel;
  readonly #table: TableContext;
  #column: number | undefined;
  #asked = 0;

  constructor(table: TableContext, close: () => void) {
    this.#table = table;
    this.panel = new SidePanel(close);
  }

  show(column: number): void {
    this.#column = column;
    this.refresh();
  }

  /** The view is another one. */
  refresh(): void {
    const index = this.#column;
    const column = index === undefined ? undefined : this.#table.model.columns.all[index];
    if (!this.panel.open || index === undefined || !column) return;
    this.panel.title = `Statistics of ${columnTitle(column)}`;
    this.#asked += 1;
    const mine = this.#asked;
    if (!this.panel.content.hasChildNodes()) this.panel.content.replaceChildren(element('p', { class: 'hb-quiet' }, 'Loading…'));
    this.#table.ask('readColumnStatistics', { view: this.#table.view, column: index }).then(
      (statistics) => {
        if (mine === this.#asked) this.#fill(index, column, statistics);
      },
      (thrown: unknown) => {
        if (mine !== this.#asked) return;
        const message = thrown instanceof Error ? thrown.message : String(thrown);
        this.panel.content.replaceChildren(element('p', { class: 'hb-quiet' }, message), textButton('Try again', () => this.refresh()));
      },
    );
  }

  #fill(index: number, column: Column, statistics: ColumnStatistics): void {
    const hadFocus = this.panel.content.contains(document.activeElement);
    const { zone } = this.#table.model;
    const said = (value: WireValue): string => valueText(value, column.type, zone);
    const parts: Node[] = [facts(column, statistics, said)];
    if (statistics.histogram.length > 1) {
      const choose = (from: WireValue, to: WireValue): void => this.#filter({ column: index, kind: 'range', from, to });
      parts.push(element('h4', { class: 'hb-subtitle' }, 'Distribution'), histogram(statistics.histogram, said, choose));
    }
    if (statistics.top.length > 0) {
      parts.push(element('h4', { class: 'hb-subtitle' }, statistics.top.length < statistics.distinct ? 'Most frequent values' : 'Values'));
      parts.push(this.#topValues(index, statistics, said));
    }
    if (filtersOf(this.#table.view, index).length > 0) parts.push(textButton('Clear the filter of this column', () => this.#filter(undefined, index)));
    this.panel.content.replaceChildren(...parts);
    if (hadFocus && !this.panel.content.contains(document.activeElement)) this.panel.focus();
  }

  #topValues(index: number, { top, rows }: ColumnStatistics, said: (value: WireValue) => string): HTMLElement {
    const most = Math.max(1, ...top.map((one) => one.rows));
    const list = element('div', { class: 'hb-topvalues', role: 'group', 'aria-label': 'Choose a value to filter to it' });
    for (const { value, rows: count } of top) {
      const share = rows === 0 ? '' : `${((100 * count) / rows).toFixed(1)} %`;
      const bar = element('span', { class: 'hb-topbar' });
      bar.style.width = `${(100 * count) / most}%`;
      const label = `Filter to ${said(value)}: ${countText(count)} rows, ${share}`;
      const button = element(
        'button',
        { type: 'button', class: 'hb-topvalue', title: label },
        bar,
        element('span', { class: 'hb-toptext' }, said(value)),
        element('span', { class: 'hb-topcount' }, `${countText(count)} · ${share}`),
      );
      button.addEventListener('click', () => this.#filter({ column: index, kind: 'values', values: [value] }));
      list.append(button);
    }
    return list;
  }

  /** One filter of the column at a time, from here. */
  #filter(filter: ColumnFilter | undefined, index = filter?.column): void {
    const { view } = this.#table;
    const others = filtersOf(view).filter((one) => one.column !== index);
    this.#table.setView(withFilters(view, filter ? [...others, filter] : others));
  }
}

function facts(column: Column, statistics: ColumnStatistics, said: (value: WireValue) => string): HTMLElement {
  const { rows, nulls, empty, distinct, min, max, mean } = statistics;
  const part = (count: number): string => `${countText(count)}${rows > 0 && count > 0 ? ` (${((100 * count) / rows).toFixed(1)} %)` : ''}`;
  const list: (readonly [name: string, text: string])[] = [
    ['Type', column.type],
    ['Rows', countText(rows)],
    ['Null', part(nulls)],
  ];
  if (column.type === 'string') list.push(['Empty', part(empty)]);
  list.push(['Distinct', countText(distinct)]);
  if (min !== null) list.push(['Minimum', said(min)]);
  if (max !== null) list.push(['Maximum', said(max)]);
  if (mean !== null) list.push(['Mean', numberText(mean)]);
  return element('dl', { class: 'hb-facts' }, ...list.flatMap(([name, text]) => [element('dt', {}, name), element('dd', {}, text)]));
}
