import type { Column, Page } from '../common/engineProtocol';
import type { KqlType, WireValue } from '../common/kqlTypes';
import { countOf } from './resultSummary';
import { displayText, shorten, visibleText } from '../common/visibleText';

export interface HtmlTableLimits {
  readonly rows: number;
  readonly columns: number;
  /** UTF-16 code units of a cell. */
  readonly cell: number;
}

/**
 * A table that GitHub, Jupyter and browsers show: no script, no style, no attribute made of data. What is left out is counted below it.
 */
export function htmlTable(columns: readonly Column[], page: Page, rowCount: number, limits: HtmlTableLimits): string {
  const shown = columns.slice(0, limits.columns);
  const rows = page.rows.slice(0, limits.rows);
  const head = shown
    .map(({ name, type }) => `<th scope="col" title="${type}">${escapeHtml(visibleText(shorten(name, limits.cell)))}</th>`)
    .join('');
  const body = rows.map(
    (row) => `<tr>${shown.map(({ type }, at) => `<td>${cellHtml(row[at] ?? null, type, limits.cell)}</td>`).join('')}</tr>`,
  );
  const notes = [
    ...(rowCount > rows.length ? [countOf(rowCount - rows.length, 'more row')] : []),
    ...(columns.length > shown.length ? [countOf(columns.length - shown.length, 'more column')] : []),
  ];
  const table = `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>`;
  return notes.length === 0 ? table : `${table}\n<p>… and ${notes.join(', ')}</p>`;
}

/** Text safe between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function cellHtml(value: WireValue, type: KqlType, limit: number): string {
  const text = displayText(value, type);
  return text === undefined ? '<i>null</i>' : escapeHtml(visibleText(shorten(text, limit)));
}
