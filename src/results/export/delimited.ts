import { quoteText } from '../../engine/render';
import { displayText } from '../columnText';
import type { ViewColumn } from '../viewColumns';
import type { RowFormat } from './rowFormat';

/**
 * CSV (RFC 4180) and TSV (the same with tabs), in UTF-8; CSV with a byte order mark, without which spreadsheets take it for another
 * encoding. Numbers have all their digits, times are as they travel: ISO 8601 with seven digits, `[-][d.]hh:mm:ss[.fffffff]`. A null is
 * nothing, a text without characters `""`.
 *
 * Texts that a spreadsheet would take for a formula get an apostrophe before them, in columns of text (and `dynamic`) and in names of
 * columns; numbers and times of the other types are never touched.
 */
export function delimited(delimiter: ',' | '\t'): RowFormat {
  const end = delimiter === ',' ? '\r\n' : '\n';
  const special = `["\\r\\n${delimiter === ',' ? ',' : '\\t'}]`;
  return {
    head: (columns) => `${delimiter === ',' ? '\uFEFF' : ''}${columns.map(({ name }) => quoted(defused(name), delimiter)).join(delimiter)}${end}`,
    row: (columns) => {
      const fields = columns.map((column) => fieldSql(column, special));
      return `concat(${fields.flatMap((field, index) => (index === 0 ? [field] : [quoteText(delimiter), field])).join(', ')})`;
    },
    text: (rows) => rows.map((row) => row + end).join(''),
    foot: () => '',
  };
}

/** What makes a formula of a text for one spreadsheet or another, wide forms included. */
const FORMULA = '^[=+\\-@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20]';
const formula = new RegExp(FORMULA, 'u');

function fieldSql(column: ViewColumn, special: string): string {
  const text = displayText(column.sql, column.type);
  if (column.type !== 'string' && column.type !== 'dynamic') return text;
  const safe = `CASE WHEN regexp_matches(${text}, '${FORMULA}') THEN '''' || ${text} ELSE ${text} END`;
  return `CASE WHEN ${text} = '' THEN '""' WHEN regexp_matches(${text}, '${special}') THEN '"' || replace(${safe}, '"', '""') || '"' ELSE ${safe} END`;
}

function defused(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

function quoted(text: string, delimiter: string): string {
  return text === '' || text.includes(delimiter) || /["\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
