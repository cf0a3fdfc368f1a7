import { kqlTokens, type StatementRange } from './statementRanges';

/** A statement of a `.kql` file. */
export interface ScriptStatement extends StatementRange {
  /** `setting`: `set`, `declare`, `alias`, `restrict` and `define`, which change how the statements after them are read. */
  readonly kind: 'let' | 'setting' | 'query';
}

/** Words that go on with an expression that could have ended before them. No statement begins with one. */
const continuing: ReadonlySet<string> = new Set(
  (
    'and or in has has_cs has_any has_all hasprefix hasprefix_cs hassuffix hassuffix_cs contains contains_cs startswith startswith_cs ' +
    'endswith endswith_cs matches between like notlike by on with of asc desc nulls first last from to step default as kind typeof where ' +
    'project limit output on_error order partition id bin_legacy'
  ).split(' '),
);

/** Words that an expression cannot end with. */
const unfinished: ReadonlySet<string> = new Set(
  (
    'and or not in has has_cs has_any has_all hasprefix hasprefix_cs hassuffix hassuffix_cs contains contains_cs startswith startswith_cs ' +
    'endswith endswith_cs regex between by on with of from to step default as kind where filter extend project project-away project-keep ' +
    'project-rename project-reorder summarize join lookup union distinct order sort top top-nested top-hitters take limit sample ' +
    'sample-distinct parse parse-where parse-kv mv-expand mvexpand mv-apply evaluate invoke render let set declare alias restrict search ' +
    'find print range make-series reduce scan serialize-by partition fork facet materialize graph-match make-graph datatable externaldata'
  ).split(' '),
);

const settings = /^(?:set|declare|alias|restrict|define)\b/u;

/**
 * The statements of a script, as query editors read one: a semicolon outside of brackets ends a statement, and so does a blank line that
 * the query does not go on behind. What is one statement to Kusto is one here: after a whole expression only some words and signs can
 * follow.
 */
export function* scriptStatements(text: string): Generator<ScriptStatement> {
  let code = '';
  let start = -1;
  /** Of the last piece that is neither space nor comment, in `code`. */
  let codeEnd = 0;
  let depth = 0;
  let lineEnds = 0;
  /** Where the blank line behind that piece ends. */
  let gap = -1;
  for (const token of kqlTokens(text)) {
    const { kind, text: piece } = token;
    if (kind === 'comment' || piece.trim() === '') {
      if (start >= 0) code += kind === 'comment' ? ' '.repeat(piece.length) : piece;
      if (gap >= 0) continue;
      if (kind === 'comment') lineEnds = 0;
      else if (isLineEnd(text, token.start) && ++lineEnds === 2) gap = token.start;
      continue;
    }
    const ends = kind === 'code' && piece === ';' && depth <= 0;
    const endedBefore = gap >= 0 && depth <= 0 && !goesOn(code.slice(0, codeEnd), text.slice(token.start, token.start + LONGEST_WORD));
    if (start >= 0 && (ends || endedBefore)) yield statement(start, ends ? token.start : gap, code.slice(0, codeEnd));
    if (ends || endedBefore) {
      code = '';
      start = -1;
      depth = 0;
    }
    lineEnds = 0;
    gap = -1;
    if (ends) continue;
    if (start < 0) start = token.start;
    if (kind === 'code' && '([{'.includes(piece)) depth++;
    else if (kind === 'code' && ')]}'.includes(piece)) depth--;
    code += piece;
    codeEnd = code.length;
  }
  if (start >= 0) yield statement(start, text.length, code.slice(0, codeEnd));
}

/** No word of the language is longer. */
const LONGEST_WORD = 80;

function isLineEnd(text: string, at: number): boolean {
  return text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n');
}

/** Does what stands behind a blank line go on with what stands before it? */
function goesOn(before: string, after: string): boolean {
  const word = /^[A-Za-z_]\w*/u.exec(after)?.[0];
  // Management commands begin with a point; nothing else that begins a statement is a sign.
  if (word === undefined) return !/^\.[a-z]/u.test(after);
  if (continuing.has(word) || /^[\w.]+\s*=(?![=~])/u.test(after)) return true;
  const tail = before.slice(-LONGEST_TAIL);
  if (unfinished.has(/[A-Za-z_][\w-]*$/u.exec(tail)?.[0] ?? '')) return true;
  if (/[|=,+\-/%<>!~:.&]$/u.test(tail)) return true;
  if (/\b(?:kind|isfuzzy|withsource|with_itemindex|bagexpansion|hint\.\w+)\s*=\s*\w+$/u.test(tail)) return true;
  // Between the texts of a pattern stand names.
  return /["'*]$/u.test(tail) && /\|\s*parse(?:-where)?\b[^|]*$/u.test(tail);
}

/** As much of a statement as says whether it has ended. */
const LONGEST_TAIL = 500;

function statement(start: number, fullEnd: number, code: string): ScriptStatement {
  const kind = /^let\b/u.test(code) ? 'let' : settings.test(code) ? 'setting' : 'query';
  return { kind, start, end: start + code.length, fullEnd, code };
}
