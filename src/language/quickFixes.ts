import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver-types';
import { type DiagnosticData, rangeOf } from './diagnostics';
import type { LanguageCell } from './languageCell';

/** What can be done about the diagnostics at a place. */
export function quickFixes(cell: LanguageCell, diagnostics: readonly Diagnostic[]): CodeAction[] {
  return diagnostics.flatMap((diagnostic) => {
    const { nearest = [], replacement } = (diagnostic.data ?? {}) as DiagnosticData;
    const edit = (title: string, range: Diagnostic['range'], newText: string, preferred: boolean): CodeAction => ({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      isPreferred: preferred,
      edit: { changes: { [cell.uri]: [{ range, newText }] } },
    });
    const names = nearest.map((name, index) => edit(`Change to ${name}`, diagnostic.range, bracketed(name), index === 0));
    if (!replacement) return names;
    const { title, start, length, text } = replacement;
    // An insertion is a place without a length, which rangeOf would widen.
    const at = cell.document.positionAt(start);
    return [...names, edit(title, length === 0 ? { start: at, end: at } : rangeOf(cell, start, length), text, true)];
  });
}

function bracketed(name: string): string {
  return /^[A-Za-z_]\w*$/u.test(name) ? name : `['${name.replaceAll("'", "\\'")}']`;
}
