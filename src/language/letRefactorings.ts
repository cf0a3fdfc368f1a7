import { type CodeAction, CodeActionKind, type Range, type TextEdit } from 'vscode-languageserver-types';
import { occurrencesOf } from '../kql/occurrences';
import { rangeOf } from './diagnostics';
import type { LanguageCell, PlacedStatement } from './languageCell';
import type { LanguageNotebook } from './languageNotebook';
import { declaredLet } from './declaredLet';

/** "Extract to let" of the selected expression, and "inline" of the `let` at the place. */
export function letRefactorings(notebook: LanguageNotebook, cell: LanguageCell, from: number, to: number): CodeAction[] {
  const placed = notebook.statementAt(cell, from);
  if (!placed || to > placed.range.end) return [];
  return [...extract(notebook, cell, placed, from, to), ...inline(notebook, cell, from)];
}

function extract(notebook: LanguageNotebook, cell: LanguageCell, placed: PlacedStatement, from: number, to: number): CodeAction[] {
  const { range, bound } = placed;
  const selected = bound.nodes.find(
    (node) => range.start + node.start === from && node.start + node.length === to - range.start && (node.columns ?? node.scalarType),
  );
  // What names columns of the rows that flow by means nothing outside of its operator.
  if (!selected || (!selected.columns && [...selected.walk()].some((node) => node.symbol?.kind === 'Column'))) return [];
  const name = freeName(notebook, selected.columns ? 'rows' : 'value');
  const text = cell.text.slice(from, to);
  const at = cell.document.positionAt(range.start);
  const edits: TextEdit[] = [
    { range: { start: at, end: at }, newText: `let ${name} = ${text};${lineBreak(cell)}` },
    { range: rangeOf(cell, from, to - from), newText: name },
  ];
  return [{ title: `Extract to let ${name}`, kind: CodeActionKind.RefactorExtract, edit: { changes: { [cell.uri]: edits } } }];
}

function inline(notebook: LanguageNotebook, cell: LanguageCell, offset: number): CodeAction[] {
  const declared = declaredLet(notebook, cell, offset);
  // Names of a cell of lets alone are there for other cells: those would lose it.
  if (!declared || cell.definesOnly) return [];
  const { placed, name, value, isFunction } = declared;
  if (isFunction) return [];
  const uses = notebook.statements(cell).flatMap((use) => {
    const { range, bound } = use;
    const known = bound.scope.names.get(name);
    if (!known || notebook.definitionOf(name, cell, use)?.statement?.range.start !== placed.range.start) return [];
    return occurrencesOf(bound, known.symbol).map((occurrence) => rangeOf(cell, range.start + occurrence.start, occurrence.length));
  });
  if (uses.length === 0) return [];
  const newText = /^[\w.]+$|^(["'])[^"']*\1$/u.test(value) ? value : `(${value})`;
  const edits: TextEdit[] = [{ range: wholeStatement(cell, placed), newText: '' }, ...uses.map((range) => ({ range, newText }))];
  return [{ title: `Inline ${name}`, kind: CodeActionKind.RefactorInline, edit: { changes: { [cell.uri]: edits } } }];
}

/** With its semicolon and the line break behind it. */
function wholeStatement(cell: LanguageCell, { range }: PlacedStatement): Range {
  const rest = /^;?[ \t]*(?:\r\n|\r|\n)?/u.exec(cell.text.slice(range.fullEnd))?.[0].length ?? 0;
  return rangeOf(cell, range.start, range.fullEnd + rest - range.start);
}

function freeName(notebook: LanguageNotebook, wanted: string): string {
  const taken = new Set(notebook.definitions().map(({ name }) => name));
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}${count}`;
    if (!taken.has(name)) return name;
  }
}

function lineBreak(cell: LanguageCell): string {
  return cell.text.includes('\r\n') ? '\r\n' : '\n';
}
