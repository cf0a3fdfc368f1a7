import type { BoundStatement } from './boundStatement';
import type { RawElement } from './bridge';

/** A place where a name stands. Offsets are the statement's. */
export interface Occurrence {
  readonly start: number;
  readonly length: number;
  readonly declares: boolean;
  /** As it is written: `['my name']` for names that need it. */
  readonly written: string;
}

/** All places of a statement where a symbol is declared or named. */
export function occurrencesOf(statement: BoundStatement, symbol: object): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (const node of statement.nodes) {
    if (node.kind !== 'NameReference' && node.kind !== 'NameDeclaration') continue;
    if ((node.id as RawElement).ReferencedSymbol !== symbol) continue;
    found.push({ start: node.start, length: node.length, declares: node.kind === 'NameDeclaration', written: node.text });
  }
  return found;
}

/** All places of a statement where a name stands, whatever it means, outside of strings and comments. */
export function mentionsOf(statement: BoundStatement, name: string): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (const node of statement.nodes) {
    if (node.kind !== 'NameReference' || node.simpleName !== name) continue;
    found.push({ start: node.start, length: node.length, declares: false, written: node.text });
  }
  return found;
}
