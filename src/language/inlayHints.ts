import { type InlayHint, InlayHintKind } from 'vscode-languageserver-types';
import type { KqlNode } from '../kql/node';
import type { LanguageCell } from './languageCell';
import type { LanguageNotebook } from './languageNotebook';

/** Types of the columns and values that a cell gives names to, behind each name: `Hits: long`. */
export function inlayHints(notebook: LanguageNotebook, cell: LanguageCell, from: number, to: number): InlayHint[] {
  const hints: InlayHint[] = [];
  for (const { range, bound } of notebook.statements(cell)) {
    if (range.end < from || range.start > to ) continue;
    for (const named of bound.nodes) {
      const name = namedBy(named);
      const type = name && typeOf(named);
      const end = name && range.start + name.start + name.length;
      if (end === undefined || type === undefined || end < from || end > to) continue;
      hints.push({ position: cell.document.positionAt(end), label: `: ${type}`, kind: InlayHintKind.Type, paddingRight: true });
    }
  }
  return hints;
}

/** `name = value` of an operator, or `let name = value`. */
function namedBy(node: KqlNode): KqlNode | undefined {
  return node.kind === 'SimpleNamedExpression' || node.kind === 'LetStatement' ? node.child('Name') : undefined;
}

function typeOf(node: KqlNode): string | undefined {
  const value = node.child('Expression');
  if (value?.columns) return value.columns.length === 1 ? 'table of 1 column' : `table of ${value.columns.length} columns`;
  return value?.scalarType;
}
