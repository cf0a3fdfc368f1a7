/** Where the statements of a text stand. Pure: it only separates, so that a process need not load a KQL parser to know. */

/** A statement's place, without the comments before it and the semicolon after it. */
export interface StatementRange {
  readonly start: number;
  readonly end: number;
  /** Where its semicolon stands, or the text ends: what is typed up to there belongs to it. */
  readonly fullEnd: number;
  /** Its text with comments blanked, so that offsets stay. */
  readonly code: string;
}

interface Token {
  readonly kind: 'code' | 'string' | 'comment';
  readonly text: string;
  readonly start: number;
}

const tokenPattern =
  /(?<comment>\/\/[^\r\n]*)|(?<string>```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|[hH]?@"(?:[^"]|"")*(?:"|$)|[hH]?@'(?:[^']|'')*(?:'|$)|[hH]?"(?:[^"\\\r\n]|\\.)*(?:"|$)|[hH]?'(?:[^'\\\r\n]|\\.)*(?:'|$))|(?<code>[A-Za-z_]\w*|[^])/gy;

/** Strings, comments and everything else, in order. */
export function* kqlTokens(text: string): Generator<Token> {
  for (const match of text.matchAll(tokenPattern)) {
    const { comment, string, code } = match.groups ?? {};
    const start = match.index;
    if (comment !== undefined) yield { kind: 'comment', text: comment, start };
    else if (string !== undefined) yield { kind: 'string', text: string, start };
    else if (code !== undefined) yield { kind: 'code', text: code, start };
  }
}

/** Statements between semicolons that stand outside of brackets; empty ones are left out. */
export function* statementRanges(text: string): Generator<StatementRange> {
  let code = '';
  let start = -1;
  let depth = 0;
  for (const token of kqlTokens(text)) {
    if (token.kind === 'code' && token.text === ';' && depth <= 0) {
      if (start >= 0) yield trimmed(start, token.start, code);
      code = '';
      start = -1;
      depth = 0;
      continue;
    }
    if (start < 0) {
      if (token.kind === 'comment' || token.text.trim() === '') continue;
      start = token.start;
    }
    if (token.kind === 'code') {
      if ('([{'.includes(token.text)) depth++;
      else if (')]}'.includes(token.text)) depth--;
    }
    code += token.kind === 'comment' ? ' '.repeat(token.text.length) : token.text;
  }
  if (start >= 0) yield trimmed(start, text.length, code);
}

function trimmed(start: number, fullEnd: number, code: string): StatementRange {
  const kept = code.trimEnd();
  return { start, end: start + kept.length, fullEnd, code: kept };
}
