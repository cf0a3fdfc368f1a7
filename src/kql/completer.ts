import { listItems, type RawElement, type RawSymbol } from './bridge';
import type { BoundStatement } from './boundStatement';
import { describeSymbol } from './symbolText';
import { enumName, kustoEditor, neverCancelledRaw, newItems, type EditorSymbol, type RawCompleter, type RawCompletionItem, type RawItems } from './editorBridge';

/** Something that can be written at a place. */
export interface Completion {
  /** Kusto.Language's kind: `Column`, `Table`, `BuiltInFunction`, `AggregateFunction`, `Keyword`, `QueryPrefix`, `ScalarInfix`, … */
  readonly kind: string;
  readonly label: string;
  /** What people type to find it. */
  readonly match: string;
  /** Text left of the caret after insertion, and right of it. */
  readonly before: string;
  readonly after: string;
  /** Sorts as the portal does: lower first. */
  readonly rank: number;
  /** Type of a column or variable, signature of a function. */
  readonly detail?: string | undefined;
  /** What the workspace says of a table, column or function; untrusted text. */
  readonly description?: string | undefined;
}

export interface Completions {
  /** The text that is replaced, as offsets in the statement. */
  readonly start: number;
  readonly length: number;
  readonly items: readonly Completion[];
}

/**
 * What can be written at an offset of a statement, as the Azure portal's editor offers it. Kusto.Language makes an item for each symbol
 * anew at each request, and sorts them with .NET's comparers: that was most of its time. Here the items of a symbol are made once.
 */
export function completionsAt(statement: BoundStatement, offset: number): Completions {
  const { code } = statement;
  if (!code) return { start: offset, length: 0, items: [] };
  const completer = new kustoEditor.KustoCompleter.ctor(code, kustoEditor.CompletionOptions.Default, neverCancelledRaw);
  const symbols = new Map<string, RawSymbol>();
  remember(completer, symbols);
  const start: { v?: number } = {};
  const length: { v?: number } = {};
  completer.GetEditRange(offset, start, length);
  const range = { start: start.v ?? offset, length: length.v ?? 0 };
  if (!completer.ShouldComplete(offset)) return { ...range, items: [] };
  const builder = new kustoEditor.KustoCompleter.CompletionBuilder();
  const mode = completer.GetSymbolCompletions(range.start, builder);
  if (mode === kustoEditor.KustoCompleter.CompletionMode.Combined) completer.GetSyntaxCompletions(range.start, builder);
  return { ...range, items: listItems(builder.Items).map((item) => completionOf(item, completer, symbols)) };
}

const symbolItems = new WeakMap<RawSymbol, Map<number, RawItems<RawCompletionItem>>>();

/** An item depends on its symbol and on three facts of the place. */
function remember(completer: RawCompleter, symbols: Map<string, RawSymbol>): void {
  const make = completer.GetCompletionItemsForSymbol.bind(completer);
  const facts = kustoEditor.KustoCompleter;
  let place: { readonly context: RawElement | null; readonly key: number } | undefined;
  completer.GetCompletionItemsForSymbol = (symbol, context, nameOnly, items) => {
    if (place?.context !== context) {
      place = { context, key: (facts.IsStartOfQuery(context) ? 1 : 0) + (facts.IsInvokeFunctionContext(context) ? 2 : 0) };
    }
    const key = place.key + (nameOnly ? 4 : 0);
    const known = symbolItems.get(symbol) ?? new Map<number, RawItems<RawCompletionItem>>();
    symbolItems.set(symbol, known);
    let own = known.get(key);
    if (!own) {
      own = newItems();
      make(symbol, context, nameOnly, own);
      known.set(key, own);
    }
    for (const item of listItems(own)) {
      symbols.set(item.DisplayText, symbol);
      items.add(item);
    }
  };
}

const kinds = new Map<number, string>();

function completionOf(item: RawCompletionItem, completer: RawCompleter, symbols: ReadonlyMap<string, RawSymbol>): Completion {
  let kind = kinds.get(item.Kind);
  if (kind === undefined) {
    kind = enumName(kustoEditor.CompletionKind, item.Kind);
    kinds.set(item.Kind, kind);
  }
  const symbol = symbols.get(item.DisplayText);
  return {
    kind,
    label: item.DisplayText,
    match: item.MatchText,
    // Where a condition is wanted, Kusto.Language puts a space behind everything that is none, an open bracket included.
    before: item.BeforeText.replace(/\(\s+$/u, '('),
    after: item.AfterText ?? '',
    rank: completer.GetOrderingRank(item) * 10 + item.Priority,
    detail: symbol && describeSymbol(symbol),
    description: (symbol as EditorSymbol | undefined)?.Description ?? undefined,
  };
}
