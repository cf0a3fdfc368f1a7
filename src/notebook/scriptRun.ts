import { HuntError, type TextSpan } from '../common/errors';
import { readCellOptions } from '../kql/cellOptions';
import { type ScriptStatement, scriptStatements } from '../kql/scriptStatements';
import { spanIn } from '../kql/spans';
import { type LetStatement, mentionedNames, readStatements } from './letStatements';

/** A piece of a file that is part of a query. Offsets are the file's. */
interface Piece {
  readonly start: number;
  readonly end: number;
}

/** What runs of a `.kql` file: a text for {@link import('./session').HuntSession.run}, and how its places are the file's. */
export class ScriptQuery {
  /** The file's options, the statements that the query needs, and the query itself. */
  readonly text: string;
  /** The query's own place. */
  readonly start: number;
  readonly end: number;
  readonly #file: string;
  readonly #pieces: readonly (Piece & { readonly at: number })[];

  constructor(file: string, header: string, needed: readonly Piece[], own: readonly Piece[]) {
    this.#file = file;
    this.start = own[0]?.start ?? 0;
    this.end = own.at(-1)?.end ?? 0;
    const pieces: (Piece & { readonly at: number })[] = [{ start: 0, end: header.length, at: 0 }];
    let text = header;
    for (const piece of [...needed, ...own]) {
      if (pieces.length > 1) text += ';\n';
      pieces.push({ ...piece, at: text.length });
      text += file.slice(piece.start, piece.end);
    }
    this.text = text;
    this.#pieces = pieces;
  }

  /** The same failure, with its place in the file. */
  inFile(error: HuntError): HuntError {
    const { data } = error;
    if (!('span' in data) || data.span === undefined) return error;
    return new HuntError({ ...data, span: this.#spanInFile(data.span) }, { cause: error });
  }

  #spanInFile({ start, length }: TextSpan): TextSpan {
    const piece = this.#pieces.findLast(({ at }) => at <= start) ?? { start: 0, end: 0, at: 0 };
    const from = Math.min(piece.start + start - piece.at, piece.end);
    return spanIn(this.#file, from, Math.max(0, Math.min(length, piece.end - from)));
  }
}

/**
 * The query under a caret, or the selected text: with the cell options at the head of the file, and with what it needs of the `let`
 * statements above it. A caret in a `let` means the query below it.
 * @throws HuntError `refused` where there is no query, or where a name would mean two things.
 */
export function scriptQuery(file: string, selection: { readonly start: number; readonly end: number }): ScriptQuery {
  const { bodyStart } = readCellOptions(file);
  const statements = [...scriptStatements(file)];
  const own = selection.start === selection.end ? atCaret(file, statements, selection.start) : selected(file, selection, bodyStart);
  const queries = own.filter(({ kind }) => kind === 'query');
  if (queries.length > 1) {
    const message = `The selection holds ${queries.length} queries. Select one of them, or put the caret in it.`;
    throw new HuntError({ kind: 'refused', message, span: spanIn(file, queries[1]?.start ?? 0, 0) });
  }
  if (queries.length === 0) {
    throw new HuntError({ kind: 'refused', message: 'There is no query here. Put the caret in a query, or select one.' });
  }
  const start = own[0]?.start ?? 0;
  const above = statements.filter((statement) => statement.end <= start);
  const needed = [...above.filter(({ kind }) => kind === 'setting'), ...new NeededLets(file, above, own).find()];
  return new ScriptQuery(file, header(file, bodyStart), needed.sort((left, right) => left.start - right.start), own);
}

/** Queries of a file, each with its place: where a way to run them is shown. */
export function scriptQueries(file: string): readonly ScriptStatement[] {
  return [...scriptStatements(file)].filter(({ kind }) => kind === 'query');
}

/** The options without `name`: the results of a file are not named, for each of its queries would be the one that is. */
function header(file: string, bodyStart: number): string {
  return file.slice(0, bodyStart).replace(/^([ \t]*\/\/\|)([ \t]*name[ \t]*:.*)$/mu, (_line, marker: string, rest: string) => marker + ' '.repeat(rest.length));
}

function selected(file: string, { start, end }: Piece, bodyStart: number): readonly ScriptStatement[] {
  const from = Math.max(start, bodyStart);
  return [...scriptStatements(file.slice(from, Math.max(from, end)))].map((statement) => ({
    ...statement,
    start: from + statement.start,
    end: from + statement.end,
  }));
}

function atCaret(file: string, statements: readonly ScriptStatement[], caret: number): readonly ScriptStatement[] {
  const index = nearest(file, statements, caret);
  const query = statements.slice(Math.max(0, index)).find(({ kind }) => kind === 'query');
  return query ? [query] : [];
}

/** The statement that a caret stands in; between two, the one that its line is nearer to: the comment above a query belongs to it. */
function nearest(file: string, statements: readonly ScriptStatement[], caret: number): number {
  const inside = statements.findIndex(({ start, end }) => start <= caret && caret <= end);
  if (inside >= 0) return inside;
  const next = statements.findIndex(({ start }) => start > caret);
  if (next < 0) return statements.length - 1;
  const previous = statements[next - 1];
  if (!previous) return next;
  const behindPrevious = file.slice(previous.end, caret);
  const beforeNext = file.slice(caret, statements[next]?.start);
  if (!/[\r\n]/u.test(behindPrevious)) return next - 1;
  return /(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)/u.test(beforeNext) || beforeNext.trim() === '' ? next - 1 : next;
}

interface PlacedLet extends LetStatement {
  readonly start: number;
  readonly end: number;
}

/** Finds the `let` statements that a query needs, as a script has them: a name means the nearest definition above its use. */
class NeededLets {
  readonly #file: string;
  readonly #lets: readonly PlacedLet[];
  readonly #own: readonly ScriptStatement[];
  readonly #found = new Map<string, PlacedLet>();

  constructor(file: string, above: readonly ScriptStatement[], own: readonly ScriptStatement[]) {
    this.#file = file;
    this.#own = own;
    this.#lets = above.flatMap((statement) => this.#read(statement));
  }

  find(): readonly PlacedLet[] {
    const defined = new Set(this.#own.flatMap((statement) => this.#read(statement)).map(({ name }) => name));
    for (const { start, end } of this.#own) {
      for (const name of mentionedNames(this.#file.slice(start, end))) if (!defined.has(name)) this.#need(name, start);
    }
    return [...this.#found.values()];
  }

  #need(name: string, before: number): void {
    const definition = this.#lets.findLast((candidate) => candidate.name === name && candidate.end <= before);
    if (!definition) return;
    const known = this.#found.get(name);
    if (known === definition) return;
    if (known) {
      const [first, second] = [known, definition].map(({ start }) => spanIn(this.#file, start, 0).line).sort((left, right) => left - right);
      const message = `The query needs both definitions of "${name}", of line ${first} and of line ${second}: give one of them another name.`;
      throw new HuntError({ kind: 'refused', message, span: spanIn(this.#file, definition.start, 0) });
    }
    this.#found.set(name, definition);
    for (const mentioned of mentionedNames(definition.value)) this.#need(mentioned, definition.start);
  }

  #read({ start, end }: ScriptStatement): readonly PlacedLet[] {
    return readStatements(this.#file.slice(start, end)).lets.map((statement) => ({ ...statement, start, end }));
  }
}
