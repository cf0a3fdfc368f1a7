import type { TextEdit } from 'vscode-languageserver-types';
import { formatKql } from '../kql/formatter';
import { rangeOf } from './diagnostics';
import type { LanguageCell } from './languageCell';
import type { LanguageNotebook } from './languageNotebook';

/** A cell laid out anew; its header stays. No edit when it is laid out already, or when it cannot be without changing its meaning. */
export function formatCell(notebook: LanguageNotebook, cell: LanguageCell, indent: number): TextEdit[] {
  // Kusto.Language knows no blank lines between statements.
  if (cell.isScript) return cell.ranges.flatMap((range) => format(notebook, cell, range.start, range.end, indent));
  return format(notebook, cell, cell.header.bodyStart, cell.text.length, indent);
}

/** The statements that a selection touches. */
export function formatRange(notebook: LanguageNotebook, cell: LanguageCell, from: number, to: number, indent: number): TextEdit[] {
  const touched = cell.ranges.filter((range) => range.start <= to && range.end >= from);
  if (cell.isScript) return touched.flatMap((range) => format(notebook, cell, range.start, range.end, indent));
  const [first] = touched;
  const last = touched.at(-1);
  return first && last ? format(notebook, cell, first.start, last.end, indent) : [];
}

function format(notebook: LanguageNotebook, cell: LanguageCell, start: number, end: number, indent: number): TextEdit[] {
  const text = cell.text.slice(start, end);
  const broken = notebook.statements(cell).some(({ range, bound }) => range.start < end && range.end > start && bound.node === undefined);
  if (broken || text.trim() === '') return [];
  const lineBreak = cell.text.includes('\r\n') ? '\r\n' : '\n';
  const ending = text.slice(text.trimEnd().length);
  const formatted = `${formatKql(text, notebook.scopeOf(cell), indent).trim().replace(/\r\n|\r|\n/gu, lineBreak)}${ending}`;
  const leading = text.slice(0, text.length - text.trimStart().length);
  const whole = `${leading}${formatted}`;
  return whole === text ? [] : [{ range: rangeOf(cell, start, text.length), newText: whole }];
}
