import type { HuntErrorData, TextSpan } from '../common/errors';
import { spanIn } from '../kql/spans';
import { type LetStatement, splitStatements } from '../kql/statements';

/** Text of a cell that ran earlier and defines names. */
export interface Definition {
  /** Of the cell, from 1. */
  readonly cell: number;
  readonly text: string;
}

/** The definitions a cell needs, then the cell, as one text. */
export interface ComposedQuery {
  readonly text: string;
  /** Where the cell's own text begins in it. */
  readonly cellStart: number;
  /** A place in the cell; undefined for a place in an earlier cell. */
  readonly spanInCell: (start: number, length: number) => TextSpan | undefined;
  /** An error of the composed text, as an error of the cell. */
  readonly relocate: (error: HuntErrorData) => HuntErrorData;
}

interface Piece {
  readonly statement: LetStatement;
  readonly cell: number;
}

/**
 * Joins earlier definitions and the cell. The last definition of a name counts; it stands where the first stood, unless it
 * mentions what was defined in between. What the cell defines itself is left out.
 */
export function composeQuery(text: string, definitions: readonly Definition[]): ComposedQuery {
  const own = definitions.length === 0 ? new Set<string>() : new Set(splitStatements(text).lets.map(({ name }) => name));
  const pieces: Piece[] = [];
  for (const definition of definitions) {
    for (const statement of splitStatements(definition.text).lets) {
      if (own.has(statement.name)) continue;
      place(pieces, { statement, cell: definition.cell });
    }
  }
  const starts: { readonly from: number; readonly to: number; readonly cell: number }[] = [];
  let prefix = '';
  for (const { statement, cell } of pieces) {
    const from = prefix.length;
    prefix += `${statement.text};\n`;
    starts.push({ from, to: prefix.length, cell });
  }
  const cellStart = prefix.length;
  const spanInCell = (start: number, length: number): TextSpan | undefined =>
    start < cellStart ? undefined : spanIn(text, start - cellStart, length);
  return {
    text: prefix + text,
    cellStart,
    spanInCell,
    relocate(error) {
      if (!('span' in error) || !error.span) return error;
      const { start, length } = error.span;
      const piece = starts.find(({ from, to }) => start >= from && start < to);
      if (!piece) return { ...error, span: spanInCell(start, length) };
      const message = 'message' in error ? error.message : error.kind === 'unknownName' ? `Unknown name "${error.name}"` : error.kind;
      return { kind: 'query', message: `In the definitions of cell ${piece.cell}: ${message}` };
    },
  };
}

function place(pieces: Piece[], piece: Piece): void {
  const { name, mentions } = piece.statement;
  const at = pieces.findIndex((candidate) => candidate.statement.name === name);
  if (at === -1) {
    pieces.push(piece);
    return;
  }
  const between = pieces.slice(at + 1);
  if (between.some(({ statement }) => mentions.has(statement.name))) {
    pieces.splice(at, 1);
    pieces.push(piece);
  } else pieces[at] = piece;
}
