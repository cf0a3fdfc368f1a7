import type { KqlNode } from './node';
import { parse } from './analysis';

/** A `let` statement of a text. */
export interface LetStatement {
  readonly name: string;
  /** With its `let`, without the semicolon. */
  readonly text: string;
  readonly start: number;
  /** Names the right side mentions, whatever they turn out to be. */
  readonly mentions: ReadonlySet<string>;
}

export interface Statements {
  readonly lets: readonly LetStatement[];
  /** Statements other than `let` and the query: `set`, `declare`, … */
  readonly others: readonly { readonly kind: string; readonly text: string; readonly start: number }[];
  readonly queries: readonly { readonly text: string; readonly start: number }[];
}

/** Splits a text by its grammar alone. Names of lets that cannot be read are left out. */
export function splitStatements(text: string): Statements {
  const root = parse(text);
  const lets: LetStatement[] = [];
  const others: { kind: string; text: string; start: number }[] = [];
  const queries: { text: string; start: number }[] = [];
  for (const statement of root.list('Statements')) {
    if (statement.length === 0) continue;
    const part = { text: text.slice(statement.start, statement.start + statement.length), start: statement.start };
    if (statement.kind === 'LetStatement') {
      const name = statement.child('Name')?.simpleName;
      const value = statement.child('Expression');
      if (name) lets.push({ ...part, name, mentions: value ? mentionedNames(value) : new Set() });
    } else if (statement.kind === 'ExpressionStatement') queries.push(part);
    else others.push({ ...part, kind: statement.kind });
  }
  return { lets, others, queries };
}

/** Every name a part of a query refers to. */
function mentionedNames(node: KqlNode): Set<string> {
  const names = new Set<string>();
  for (const part of node.walk()) if (part.kind === 'NameReference' && part.simpleName) names.add(part.simpleName);
  return names;
}

/** Names that a cell refers to and does not itself define: candidates for tables, functions and earlier results. */
export function freeNames(text: string): Set<string> {
  const root = parse(text);
  const names = mentionedNames(root);
  for (const { name } of splitStatements(text).lets) names.delete(name);
  return names;
}
