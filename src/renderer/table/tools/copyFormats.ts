/** Cells as text in the forms people paste them into. All are pure; values are as the service sent them. */
import { kqlDatatable } from '../../../common/valueQueries';
import type { Column, KqlType, WireValue } from '../../../common/kqlTypes';

export type CopyFormat = 'tsv' | 'tsvHeaders' | 'csv' | 'markdown' | 'json' | 'html' | 'datatable';

interface Cells {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly WireValue[])[];
}

export interface FormattedCells {
  readonly text: string;
  /** Values that a spreadsheet would have run as formulas, and now takes for text. */
  readonly defused: number;
}

export function formatCells(cells: Cells, format: CopyFormat): FormattedCells {
  switch (format) {
    case 'tsv':
    case 'tsvHeaders':
      return separated(cells, '\t', format === 'tsvHeaders');
    case 'csv':
      return separated(cells, ',', true);
    case 'markdown':
      return { text: markdown(cells), defused: 0 };
    case 'json':
      return { text: json(cells), defused: 0 };
    case 'html':
      return { text: html(cells), defused: 0 };
    case 'datatable':
      return { text: kqlDatatable(cells.columns, cells.rows), defused: 0 };
  }
}

/**
 * Lines that spreadsheets paste: null is an empty field. What a spreadsheet would run as a formula is defused by an apostrophe, but for one
 * single value: that one goes anywhere, and is copied as it is.
 */
function separated({ columns, rows }: Cells, separator: string, headers: boolean): FormattedCells {
  const isSingle = rows.length === 1 && columns.length === 1 && !headers;
  let defused = 0;
  const field = (value: WireValue, type: KqlType): string => {
    if (value === null) return '';
    let text = String(value);
    if (!isSingle && isFormula(text, type)) {
      defused += 1;
      text = `'${text}`;
    }
    const needsQuotes = separator === '\t' ? /[\t\n\r"]/ : /[,\n\r"]/;
    return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) => row.map((value, at) => field(value, columns[at]?.type ?? 'string')).join(separator));
  if (headers) lines.unshift(columns.map(({ name }) => field(name, 'string')).join(separator));
  return { text: lines.join('\n'), defused };
}

/** Source: https://owasp.org/www-community/attacks/CSV_Injection */
function isFormula(text: string, type: KqlType): boolean {
  return (type === 'string' || type === 'dynamic') && /^[=+\-@\t\r]/.test(text);
}

/** A table of GitHub-flavoured Markdown. Nothing in a value is markup. */
function markdown({ columns, rows }: Cells): string {
  const cell = (text: string): string =>
    text
      .replaceAll(/[\\`*_{}[\]<>()#+!|~&$-]/g, '\\$&')
      .replaceAll(/\r?\n|\r/g, '&#10;')
      // Addresses become links by themselves in many readers.
      .replaceAll(/(https?|ftp|www)(?=[:.])/gi, '$1&#8203;');
  const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
  const numeric = (type: KqlType): boolean => ['int', 'long', 'real', 'decimal', 'timespan'].includes(type);
  return [
    line(columns.map(({ name }) => cell(name))),
    line(columns.map(({ type }) => (numeric(type) ? '---:' : '---'))),
    ...rows.map((row) => line(row.map((value) => (value === null ? '' : cell(String(value)))))),
  ].join('\n');
}

/** A list of objects; columns that share a name are told apart by a number. `dynamic` values and long integers keep every digit. */
function json({ columns, rows }: Cells): string {
  const names = uniqueNames(columns);
  const objects = rows.map((row) => {
    const fields = row.map((value, at) => `    ${JSON.stringify(names[at])}: ${jsonValue(value, columns[at]?.type ?? 'string')}`);
    return `  {\n${fields.join(',\n')}\n  }`;
  });
  return objects.length === 0 ? '[]' : `[\n${objects.join(',\n')}\n]`;
}

function jsonValue(value: WireValue, type: KqlType): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if ((type === 'long' || type === 'decimal') && /^-?\d+(\.\d+)?$/.test(value)) return value;
  return type === 'dynamic' && isJson(value) ? value : JSON.stringify(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function uniqueNames(columns: readonly Column[]): readonly string[] {
  const taken = new Set<string>();
  return columns.map(({ name }) => {
    let unique = name;
    for (let number = 2; taken.has(unique); number += 1) unique = `${name}_${number}`;
    taken.add(unique);
    return unique;
  });
}

function html({ columns, rows }: Cells): string {
  const line = (tag: string, texts: readonly string[]): string => `  <tr>${texts.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join('')}</tr>`;
  const head = line('th', columns.map(({ name }) => name));
  const body = rows.map((row) => line('td', row.map((value) => (value === null ? '' : String(value)))));
  return ['<table>', head, ...body, '</table>'].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
