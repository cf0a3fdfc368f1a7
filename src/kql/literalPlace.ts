import type { BoundStatement } from './boundStatement';
import type { RawElement } from './bridge';
import type { EditorSymbol } from './editorBridge';
import { kqlTokens } from './statementRanges';

/** A place where a text is wanted whose likely values are known. Offsets are the statement's. */
export interface LiteralPlace {
  /** A value of that column, or the alias of a watchlist. */
  readonly wanted: { readonly kind: 'value'; readonly column: string } | { readonly kind: 'watchlist' };
  /** What stands there of it, its quotes included. */
  readonly start: number;
  readonly length: number;
  /** The quote that it begins with; '' before there is one. */
  readonly quote: '' | '"' | "'";
}

const operator = String.raw`(?:[!=]=|[=!]~|<>|!?(?:has|hasprefix|hassuffix|contains|startswith|endswith)(?:_cs)?)`;
const list = String.raw`(?:!?in~?|has_any|has_all)\s*\((?:\s*(?:"a*"|\w+)\s*,)*`;
const comparison = new RegExp(String.raw`(?:\w|\])\s*(?<operator>${operator}|${list})\s*$`, 'u');
const watchlist = /\b_GetWatchlist\s*\(\s*$/u;
/** Longer lists and comparisons are data. */
const LONGEST_LIST = 4_000;

/** Is a text wanted at an offset: the right side of a comparison of a text column, or a watchlist? */
export function literalPlaceAt(statement: BoundStatement, offset: number): LiteralPlace | undefined {
  const { text } = statement;
  const from = Math.max(0, offset - LONGEST_LIST);
  const { code, open } = masked(text.slice(0, offset));
  const typed = open ?? offset - (/\w*$/u.exec(code.slice(from))?.[0].length ?? 0);
  const before = code.slice(from, typed);
  const length = (open === undefined ? offset : endOf(text, open, offset)) - typed;
  const first = open === undefined ? '' : text[open];
  const place = { start: typed, length, quote: first === '"' || first === "'" ? first : '' } as const;
  if (watchlist.test(before)) return { wanted: { kind: 'watchlist' }, ...place };
  const compared = comparison.exec(before);
  if (!compared) return undefined;
  const column = textColumnBefore(statement, from + compared.index + 1);
  return column === undefined ? undefined : { wanted: { kind: 'value', column }, ...place };
}

/** The text with what its strings and comments say left out, and where a string begins that has not ended. Offsets stay. */
function masked(text: string): { readonly code: string; readonly open: number | undefined } {
  let code = '';
  let open: number | undefined;
  for (const token of kqlTokens(text)) {
    open = undefined;
    if (token.kind === 'code') code += token.text;
    else if (token.kind === 'comment') code += ' '.repeat(token.text.length);
    else {
      if (/^(["'])(?:(?!\1)[^\\]|\\.)*$/u.test(token.text)) open = token.start;
      code += token.text.length < 2 ? token.text : `"${'a'.repeat(token.text.length - 2)}"`;
    }
  }
  return { code, open };
}

/** Where the text that begins at `open` ends: behind its closing quote when that is near, for there may be none. */
function endOf(text: string, open: number, offset: number): number {
  const rest = /^[\w.@:\\/-]*/u.exec(text.slice(offset))?.[0].length ?? 0;
  return text[offset + rest] === text[open] ? offset + rest + 1 : offset;
}

/** The column whose name ends at an offset, when it holds texts. */
function textColumnBefore(statement: BoundStatement, end: number): string | undefined {
  const name = statement.nodes.find((node) => node.kind === 'NameReference' && node.start + node.length === end);
  if (name?.symbol?.kind !== 'Column') return undefined;
  const symbol = (name.id as RawElement).ReferencedSymbol as EditorSymbol | null | undefined;
  return symbol?.Type?.Name === 'string' ? symbol.Name : undefined;
}
