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
  for (const { code, raw } of splitStatements(text)) {
    const match = /^\s*let\s+(?:\[\s*(?:'([^']*)'|"([^"]*)")\s*\]|([A-Za-z_]\w*))\s*=/.exec(code);
    const name = match?.[1] ?? match?.[2] ?? match?.[3];
    if (match && name !== undefined) {
      lets.push({ name, value: raw.slice(match[0].length).trim(), text: raw.trim() });
    } else if (code.trim() !== '') {
      others = true;
    }
  }
  return { lets, others };
}

/** Names that a text mentions outside strings and comments, in no order. */
export function mentionedNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const token of tokens(text)) {
    if (token.kind === 'code') for (const [name] of token.text.matchAll(/[A-Za-z_]\w*/g)) names.add(name);
  }
  return names;
}

interface Token {
  readonly kind: 'code' | 'string' | 'comment';
  readonly text: string;
}

const tokenPattern =
  /(?<comment>\/\/[^\r\n]*)|(?<string>```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|[hH]?@"(?:[^"]|"")*(?:"|$)|[hH]?@'(?:[^']|'')*(?:'|$)|[hH]?"(?:[^"\\\r\n]|\\.)*(?:"|$)|[hH]?'(?:[^'\\\r\n]|\\.)*(?:'|$))|(?<code>[A-Za-z_]\w*|[^])/gy;

function* tokens(text: string): Generator<Token> {
  for (const match of text.matchAll(tokenPattern)) {
    const { comment, string, code } = match.groups ?? {};
    if (comment !== undefined) yield { kind: 'comment', text: comment };
    else if (string !== undefined) yield { kind: 'string', text: string };
    else if (code !== undefined) yield { kind: 'code', text: code };
  }
}

/**
 * Statements between semicolons that stand outside of brackets. In `code`, comments are blanked, so that offsets of `raw` stay; comments
 * before
 * a statement do not belong to it.
 */
function* splitStatements(text: string): Generator<{ readonly code: string; readonly raw: string }> {
  let code = '';
  let raw = '';
  let depth = 0;
  for (const token of tokens(text)) {
    if (token.kind === 'code' && token.text === ';' && depth <= 0) {
      yield { code, raw };
      code = '';
      raw = '';
      depth = 0;
      continue;
    }
    if (token.kind === 'code') {
      if ('([{'.includes(token.text)) depth++;
      else if (')]}'.includes(token.text)) depth--;
    }
    if (token.kind === 'comment' && code.trim() === '') continue;
    code += token.kind === 'comment' ? ' '.repeat(token.text.length) : token.text;
    raw += token.text;
  }
  yield { code, raw };
}
