import type { HuntErrorData } from '../common/errors';
import type { ComposedQuery } from './composition';

/** Text put into a composed query by the engine; offsets are in the text with the earlier insertions. */
export interface Insertion {
  readonly position: number;
  readonly text: string;
}

/** The query with the insertions; places in it are told as if they were not there. */
export function withInsertions(composed: ComposedQuery, insertions: readonly Insertion[]): ComposedQuery {
  return insertions.reduce(insert, composed);
}

function insert(composed: ComposedQuery, { position, text }: Insertion): ComposedQuery {
  const before = (offset: number): number => (offset <= position ? offset : Math.max(position, offset - text.length));
  return {
    text: composed.text.slice(0, position) + text + composed.text.slice(position),
    cellStart: position <= composed.cellStart ? composed.cellStart + text.length : composed.cellStart,
    spanInCell(start, length) {
      const from = before(start);
      return composed.spanInCell(from, before(start + length) - from);
    },
    relocate(error): HuntErrorData {
      if (!('span' in error) || !error.span) return error;
      const start = before(error.span.start);
      return composed.relocate({ ...error, span: { ...error.span, start, length: before(error.span.start + error.span.length) - start } });
    },
  };
}
