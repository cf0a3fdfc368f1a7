import type { LanguageCell, PlacedStatement } from './languageCell';
import type { LanguageNotebook } from './languageNotebook';

/** A `let` statement whose name stands at an offset. */
export interface DeclaredLet {
  readonly placed: PlacedStatement;
  readonly name: string;
  /** Right of the `=`, as written. */
  readonly value: string;
  readonly isFunction: boolean;
}

export function declaredLet(notebook: LanguageNotebook, cell: LanguageCell, offset: number): DeclaredLet | undefined {
  const placed = notebook.statementAt(cell, offset);
  const node = placed?.bound.node;
  const name = node?.kind === 'LetStatement' ? node.child('Name') : undefined;
  const value = node?.child('Expression');
  const defines = placed?.bound.defines;
  if (!placed || !name || !value || !defines) return undefined;
  const start = placed.range.start + name.start;
  if (offset < start || offset > start + name.length) return undefined;
  return {
    placed,
    name: defines.name,
    value: placed.bound.text.slice(value.start, value.start + value.length),
    isFunction: defines.signature.startsWith('function'),
  };
}
