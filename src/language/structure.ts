import { type DocumentSymbol, type FoldingRange, FoldingRangeKind, type Range, type SelectionRange, SymbolKind } from 'vscode-languageserver-types';
import type { KqlNode } from '../kql/node';
import { kqlTokens } from '../kql/statementRanges';
import { rangeOf } from './diagnostics';
import type { LanguageCell, PlacedStatement } from './languageCell';
import type { LanguageNotebook } from './languageNotebook';

/** The outline of a cell: its lets and its queries, with the operators of each. */
export function documentSymbols(notebook: LanguageNotebook, cell: LanguageCell): DocumentSymbol[] {
  const { name } = cell.header.options;
  return notebook.statements(cell).map((placed): DocumentSymbol => {
    const { range, bound } = placed;
    const { node } = bound;
    const declared = node?.kind === 'LetStatement' ? node.child('Name') : undefined;
    const whole = rangeOf(cell, range.start, range.end - range.start);
    const selected = declared ? rangeOf(cell, range.start + declared.start, declared.length) : firstLine(cell, range.start, range.end);
    const children = node ? pipeOperators(node).map((operator) => operatorSymbol(cell, range.start + operator.start, operator.length)) : [];
    const place = { range: whole, selectionRange: selected, children };
    if (declared) {
      const isFunction = bound.defines?.signature.startsWith('function') === true;
      return { name: declared.simpleName ?? declared.text, kind: isFunction ? SymbolKind.Function : SymbolKind.Variable, ...place };
    }
    return { name: name ?? shortened(range.code), kind: name === undefined ? SymbolKind.Event : SymbolKind.Class, ...place };
  });
}

function operatorSymbol(cell: LanguageCell, start: number, length: number): DocumentSymbol {
  const name = shortened(cell.text.slice(start, start + length));
  return { name, kind: SymbolKind.Operator, range: rangeOf(cell, start, length), selectionRange: firstLine(cell, start, start + length) };
}

/** The operators of the outermost pipe, in the order of the text. */
function pipeOperators(statement: KqlNode): readonly KqlNode[] {
  const operators: KqlNode[] = [];
  let node = statement.child('Expression');
  while (node?.kind === 'PipeExpression') {
    const operator = node.child('Operator');
    if (operator) operators.unshift(operator);
    node = node.child('Expression');
  }
  return operators;
}

function shortened(text: string): string {
  const line = text.trim().replace(/\s+/gu, ' ');
  return line.length <= 60 ? line || 'query' : `${line.slice(0, 59)}…`;
}

/** The editor takes no outline whose selection goes beyond what it belongs to. */
function firstLine(cell: LanguageCell, start: number, end: number): Range {
  const length = /^[^\r\n]*/u.exec(cell.text.slice(start, end))?.[0].length ?? 0;
  return rangeOf(cell, start, length);
}

/** What can be folded: statements and brackets over several lines, comments that follow each other, the cell's header. */
export function foldingRanges(cell: LanguageCell): FoldingRange[] {
  const folds: FoldingRange[] = [];
  const add = (start: number, end: number, kind?: FoldingRangeKind): void => {
    const [startLine, endLine] = [cell.document.positionAt(start).line, cell.document.positionAt(end).line];
    if (endLine > startLine) folds.push({ startLine, endLine, ...(kind === undefined ? {} : { kind }) });
  };
  for (const { start, end } of cell.ranges) add(start, end);
  const open: number[] = [];
  let comments: { start: number; end: number; line: number } | undefined;
  const endComments = (): void => {
    if (comments) add(comments.start, comments.end, FoldingRangeKind.Comment);
    comments = undefined;
  };
  for (const token of kqlTokens(cell.text)) {
    if (token.kind === 'comment') {
      const { line } = cell.document.positionAt(token.start);
      const end = token.start + token.text.length;
      if (comments?.line === line - 1) comments = { start: comments.start, end, line };
      else {
        endComments();
        comments = { start: token.start, end, line };
      }
    } else if (token.kind === 'code' && '([{'.includes(token.text)) open.push(token.start);
    // The line of the closing bracket stays to be seen.
    else if (token.kind === 'code' && ')]}'.includes(token.text)) foldBracket(cell, open.pop(), token.start, add);
  }
  endComments();
  return folds;
}

function foldBracket(cell: LanguageCell, start: number | undefined, end: number, add: (start: number, end: number) => void): void {
  if (start === undefined) return;
  const lineStart = cell.text.lastIndexOf('\n', end - 1);
  if (lineStart > start) add(start, lineStart);
}

/** The nodes around a place, from the innermost name to the statement, then the cell: what "expand selection" goes through. */
export function selectionRange(notebook: LanguageNotebook, cell: LanguageCell, offset: number): SelectionRange {
  const whole: SelectionRange = { range: rangeOf(cell, 0, cell.text.length) };
  const placed = notebook.statementAt(cell, offset);
  if (!placed) return whole;
  const spans = [{ start: placed.range.start, length: placed.range.end - placed.range.start }, ...spansAt(placed, offset)];
  return spans.reduce<SelectionRange>((parent, { start, length }) => {
    const range = rangeOf(cell, start, length);
    return sameRange(range, parent.range) ? parent : { range, parent };
  }, whole);
}

function* spansAt({ range, bound }: PlacedStatement, offset: number): Generator<{ start: number; length: number }> {
  let node = bound.node;
  const inside = offset - range.start;
  while (node) {
    if (node.length > 0) yield { start: range.start + node.start, length: node.length };
    node = node.children.find((child) => child.length > 0 && child.start <= inside && inside <= child.start + child.length);
  }
}

function sameRange(left: Range, right: Range): boolean {
  return samePosition(left.start, right.start) && samePosition(left.end, right.end);
}

function samePosition(left: Range['start'], right: Range['start']): boolean {
  return left.line === right.line && left.character === right.character;
}
