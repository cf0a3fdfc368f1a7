import { kqlTokens, statementRanges } from '../kql/statementRanges';

interface Piece {
  readonly start: number;
  readonly end: number;
}

/**
 * A cell's text with an operator added to its query: behind the last operator of the last statement, and before a `render`, which must
 * stay last. A `render` takes the place of the one that is there. Comments stay with the operators that they stand beside.
 * @param operator Without its pipe: `where Account == "x"`.
 * @returns undefined when the text has no query.
 */
export function withOperator(text: string, operator: string): string | undefined {
  const query = [...statementRanges(text)].at(-1);
  if (!query || /^(let|set|declare|alias|restrict)\b/.test(query.code)) return undefined;
  const added = operator.trim().replace(/^\|\s*/, '');
  const operators = topLevelOperators(text, query);
  const last = operators.at(-1);
  if (!last) return undefined;
  const render = operators.length > 1 && /^\|\s*render\b/.test(withoutComments(text, last)) ? last : undefined;
  if (render && /^render\b/.test(added)) return `${text.slice(0, render.start)}| ${added}${text.slice(render.end)}`;
  const before = render ? operators.at(-2) : last;
  if (!before) return undefined;
  const at = endOfRemark(text, before.end);
  return `${text.slice(0, at)}${lineBreak(text)}${indentation(text, last)}| ${added}${text.slice(at)}`;
}

/** The source and each operator with its pipe, as far as their code goes: comments behind them do not belong to them. */
function topLevelOperators(text: string, { start, end }: Piece): readonly Piece[] {
  const pieces: { start: number; end: number }[] = [{ start, end: start }];
  let depth = 0;
  for (const token of kqlTokens(text)) {
    if (token.start < start || token.start >= end || token.kind === 'comment') continue;
    if (token.kind === 'code') {
      if ('([{'.includes(token.text)) depth++;
      else if (')]}'.includes(token.text)) depth--;
      else if (token.text === '|' && depth === 0) pieces.push({ start: token.start, end: token.start });
      else if (token.text.trim() === '') continue;
    }
    const piece = pieces.at(-1);
    if (piece) piece.end = token.start + token.text.length;
  }
  return pieces;
}

function withoutComments(text: string, { start, end }: Piece): string {
  const tokens = [...kqlTokens(text.slice(start, end))];
  return tokens.map(({ kind, text: token }) => (kind === 'comment' ? ' ' : token)).join('');
}

/** Behind a comment that follows on the same line, else where the code ends. */
function endOfRemark(text: string, end: number): number {
  const remark = /^[ \t]*\/\/[^\r\n]*/.exec(text.slice(end));
  return end + (remark?.[0].length ?? 0);
}

/** White space before a pipe that begins its line. */
function indentation(text: string, { start }: Piece): string {
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const lead = text.slice(lineStart, start);
  return text[start] === '|' && lead.trim() === '' ? lead : '';
}

function lineBreak(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
