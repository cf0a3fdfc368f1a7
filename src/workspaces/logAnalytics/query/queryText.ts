import type { HuntErrorData, TextSpan } from '../../../common/errors';
import { composeQuery, type ComposedQuery, type Definition } from '../../../engine/composition';
import { splitStatements } from '../../../kql/statements';

/** The text that is sent: results as tables, then definitions, then the cell as it stands. */
export interface QueryText {
  readonly text: string;
  /** Where the cell's own text begins in it. */
  readonly cellStart: number;
  /** A place of the sent text in the cell; undefined for a place before the cell. */
  readonly spanInCell: (start: number, length: number) => TextSpan | undefined;
  /** An error with a place in the sent text, as an error of the cell. */
  readonly relocate: (error: HuntErrorData) => HuntErrorData;
}

/**
 * @param lets Names of the definitions that the cell needs: others could name tables that this workspace does not have.
 * @param prefix Statements that come first, each with its semicolon and a line's end.
 */
export function queryText(cell: string, definitions: readonly Definition[], lets: ReadonlySet<string>, prefix: string): QueryText {
  return behind(prefix, composeQuery(cell, neededDefinitions(definitions, lets)));
}

function behind(prefix: string, composed: ComposedQuery): QueryText {
  return {
    text: prefix + composed.text,
    cellStart: prefix.length + composed.cellStart,
    spanInCell: (start, length) => (start < prefix.length ? undefined : composed.spanInCell(start - prefix.length, length)),
    relocate(error) {
      if (!('span' in error) || !error.span) return error;
      const { start } = error.span;
      if (start < prefix.length) return { ...error, span: undefined };
      return composed.relocate({ ...error, span: { ...error.span, start: start - prefix.length } });
    },
  };
}

/** The text with something inserted that is not the user's: places after it are moved, places in it are where it stands. */
export function withInsertion({ text, cellStart, spanInCell, relocate }: QueryText, at: number, inserted: string): QueryText {
  const moved = (start: number): number => (start < at ? start : Math.max(at, start - inserted.length));
  return {
    text: text.slice(0, at) + inserted + text.slice(at),
    cellStart,
    spanInCell: (start, length) => spanInCell(moved(start), length),
    relocate: (error) => ('span' in error && error.span ? relocate({ ...error, span: { ...error.span, start: moved(error.span.start) } }) : error),
  };
}

function neededDefinitions(definitions: readonly Definition[], lets: ReadonlySet<string>): readonly Definition[] {
  return definitions.flatMap(({ cell, text }) => {
    const needed = splitStatements(text).lets.filter(({ name }) => lets.has(name));
    return needed.length === 0 ? [] : [{ cell, text: needed.map((statement) => `${statement.text};`).join('\n') }];
  });
}

/** The offset of a line (from 1) and a position in it (from 0); the text's end for a place beyond it. */
export function offsetOf(text: string, line: number, position: number): number {
  const lineBreak = /\r\n|\r|\n/gu;
  for (let current = 1; current < line; current++) if (!lineBreak.exec(text)) return text.length;
  return Math.min(text.length, lineBreak.lastIndex + Math.max(0, position));
}
