import { kqlTokens, statementRanges } from '../kql/statementRanges';

/** A `let` statement of a cell. */
export interface LetStatement {
  readonly name: string;
  /** Right of the `=`, without the closing semicolon. */
  readonly value: string;
  /** The whole statement, without the closing semicolon. */
  readonly text: string;
}

/** Statements of a cell as far as defining names goes. */
export interface CellStatements {
  readonly lets: readonly LetStatement[];
  /** Has the cell statements other than `let` (a query, `set`, `declare`)? */
  readonly others: boolean;
}

/**
 * Finds the `let` statements of a cell's text. It only separates statements (strings, comments and brackets are understood), so that
 * the editor's process need not load a KQL parser to know which cell defines what; half-written text gives what is complete.
 */
export function readStatements(text: string): CellStatements {
  const lets: LetStatement[] = [];
  let others = false;
  for (const { code, start, end } of statementRanges(text)) {
    const raw = text.slice(start, end);
    const match = /^\s*let\s+(?:\[\s*(?:'([^']*)'|"([^"]*)")\s*\]|([A-Za-z_]\w*))\s*=/.exec(code);
    const name = match?.[1] ?? match?.[2] ?? match?.[3];
    if (match && name !== undefined) {
      lets.push({ name, value: raw.slice(match[0].length).trim(), text: raw });
    } else {
      others = true;
    }
  }
  return { lets, others };
}

/** Names that a text mentions outside strings and comments, in no order. */
export function mentionedNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const token of kqlTokens(text)) {
    if (token.kind === 'code') for (const [name] of token.text.matchAll(/[A-Za-z_]\w*/g)) names.add(name);
  }
  return names;
}
