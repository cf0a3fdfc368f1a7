import type { BoundStatement } from './boundStatement';
import { completionsAt } from './completer';

/** Kusto.Language's codes for a name that nothing defines. */
export const unknownNames: ReadonlySet<string> = new Set(['KS142', 'KS204', 'KS211', 'KS124']);

/** Kinds of completions that are names. */
const named: ReadonlySet<string> = new Set([
  'Column',
  'Table',
  'BuiltInFunction',
  'LocalFunction',
  'DatabaseFunction',
  'AggregateFunction',
  'Parameter',
  'Variable',
]);

/** The names that could stand at an offset of a statement. */
export function visibleNames(statement: BoundStatement, offset: number): string[] {
  return completionsAt(statement, offset)
    .items.filter((item) => named.has(item.kind))
    .map((item) => item.match);
}
