import { type CompletionItem, CompletionItemKind, InsertTextFormat, type Range } from 'vscode-languageserver-types';
import { kqlString } from '../common/kqlLiterals';
import { type LiteralPlace, literalPlaceAt } from '../kql/literalPlace';
import type { LanguageCell } from './languageCell';
import type { LanguageNotebook } from './languageNotebook';

/** A place in a cell where one of some texts is wanted. */
export interface ValuePlace {
  readonly wanted: LiteralPlace['wanted'];
  readonly quote: LiteralPlace['quote'];
  /** What it takes the place of. */
  readonly range: Range;
}

/** Is a value of a column, or a watchlist, wanted at an offset of a cell? */
export function valuePlace(notebook: LanguageNotebook, cell: LanguageCell, offset: number): ValuePlace | undefined {
  const placed = notebook.statementAt(cell, offset);
  const place = placed && literalPlaceAt(placed.bound, offset - placed.range.start);
  if (!place) return undefined;
  const start = placed.range.start + place.start;
  const range = { start: cell.document.positionAt(start), end: cell.document.positionAt(start + place.length) };
  return { wanted: place.wanted, quote: place.quote, range };
}

const details = { value: 'in results', watchlist: 'watchlist' } as const;
const longestLabel = 60;

/** Texts as literals, in their order and before everything else. They are data: whatever they hold, a literal comes out. */
export function valueCompletions({ range, quote, wanted }: ValuePlace, values: readonly string[]): CompletionItem[] {
  return values.map((value, index) => ({
    label: shown(value),
    labelDetails: { description: details[wanted.kind] },
    kind: CompletionItemKind.Value,
    sortText: `!${String(index).padStart(3, '0')}`,
    // What is typed so far begins with the quote.
    filterText: `${quote}${value}`,
    insertTextFormat: InsertTextFormat.PlainText,
    textEdit: { range, newText: kqlString(value) },
  }));
}

function shown(value: string): string {
  const line = kqlString(value).slice(1, -1);
  return line.length <= longestLabel ? line : `${line.slice(0, longestLabel - 1)}…`;
}
