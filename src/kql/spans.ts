import type { TextSpan } from '../common/errors';

/** A span with its line and column, both from 1. */
export function spanIn(text: string, start: number, length: number): TextSpan {
  const from = Math.max(0, Math.min(start, text.length));
  const before = text.slice(0, from);
  const lines = before.split(/\r\n|\r|\n/u);
  return { start: from, length: Math.min(length, text.length - from), line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
