import type { Column, Page } from '../common/engineProtocol';
import type { KqlType, WireValue } from '../common/kqlTypes';
import { countOf } from '../notebook/resultSummary';
import { displayText, shorten, visibleText } from '../common/visibleText';

export interface TextTableLimits {
  readonly rows: number;
  /** Characters of a terminal line. */
  readonly width: number;
  /** Characters of a cell. */
  readonly cell: number;
}

const SEPARATOR = '  ';
const NAMES_OF_LEFT_OUT = 8;

/** A table of aligned columns. Values cannot steer the terminal; what does not fit is counted in the last line. */
export function textTable(columns: readonly Column[], page: Page, rowCount: number, limits: TextTableLimits): string {
  const rows = page.rows.slice(0, limits.rows);
  const texts = columns.map(({ name, type }, index) => [
    cellText(name, 'string', limits.cell),
    ...rows.map((row) => cellText(row[index] ?? null, type, limits.cell)),
  ]);
  const widths = texts.map((cells) => Math.max(...cells.map(displayWidth)));
  const shown = fittingColumns(widths, limits.width);
  const lines = [0, ...rows.map((_row, index) => index + 1)].map((line) =>
    texts
      .slice(0, shown)
      .map((cells, index) => pad(cells[line] ?? '', widths[index] ?? 0, isNumber(columns[index])))
      .join(SEPARATOR)
      .trimEnd(),
  );
  const rule = widths
    .slice(0, shown)
    .map((width) => '-'.repeat(width))
    .join(SEPARATOR);
  const [head = '', ...body] = lines;
  const left = [
    ...(rowCount > rows.length ? [countOf(rowCount - rows.length, 'more row')] : []),
    ...(columns.length > shown
      ? [`${countOf(columns.length - shown, 'more column')} (${someNames(columns.slice(shown), limits.cell)})`]
      : []),
  ];
  return [head, rule, ...body, ...(left.length === 0 ? [] : [`\u2026 ${left.join(', ')}`])].join('\n');
}

function someNames(columns: readonly Column[], limit: number): string {
  const names = columns.slice(0, NAMES_OF_LEFT_OUT).map(({ name }) => cellText(name, 'string', limit));
  return [...names, ...(columns.length > names.length ? ['\u2026'] : [])].join(', ');
}

/** At least the first column, then as many as the line holds. */
function fittingColumns(widths: readonly number[], width: number): number {
  let used = 0;
  const tooMany = widths.findIndex((columnWidth, index) => {
    used += columnWidth + (index === 0 ? 0 : SEPARATOR.length);
    return index > 0 && used > width;
  });
  return tooMany === -1 ? widths.length : tooMany;
}

function cellText(value: WireValue, type: KqlType, limit: number): string {
  return shorten(visibleText(shorten(displayText(value, type) ?? 'null', limit)), limit);
}

function isNumber(column: Column | undefined): boolean {
  return column !== undefined && ['int', 'long', 'real', 'decimal'].includes(column.type);
}

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return right ? space + text : text + space;
}

/** Columns of a terminal that a text takes: East Asian letters and emoji take two, combining marks none. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += /\p{M}/u.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}

const wide = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\uFF01-\uFF60]/u;
