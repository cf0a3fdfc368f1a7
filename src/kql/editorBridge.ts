/**
 * The part of Kusto.Language that serves editors, described for the pinned version as far as it is used here. {@link bridge} loads it.
 */
import { kusto, type RawCode, type RawElement, type RawGlobals, type RawList, type RawSymbol } from './bridge';

/** A symbol as editors look at it. */
export interface EditorSymbol extends RawSymbol {
  readonly Type?: EditorSymbol | null;
  readonly IsConstant?: boolean;
  readonly ConstantValueInfo?: { readonly ValueText: string | null } | null;
  readonly Signatures?: RawList<RawSignature>;
  readonly Description?: string | null;
}

export interface RawSignature {
  readonly Parameters: RawList<RawParameter>;
  readonly IsHidden: boolean;
  readonly Body: string | null;
  readonly HasRepeatableParameters: boolean;
}

export interface RawParameter {
  readonly Name: string;
  readonly IsOptional: boolean;
  readonly IsRepeatable: boolean;
  readonly TypeKind: number;
  readonly DeclaredTypes: RawList<EditorSymbol>;
}

/** Globals that know names from outside of the text: Kusto.Language calls them ambient. */
export interface EditorGlobals extends RawGlobals {
  AddOrUpdateAmbientSymbols(symbols: readonly RawSymbol[]): EditorGlobals;
  IsBuiltInFunction(symbol: RawSymbol): boolean;
  IsAggregateFunction(symbol: RawSymbol): boolean;
  /** The table of a column that is part of the schema. */
  GetTable(column: RawSymbol): RawSymbol | null;
}

export interface RawCompletionItem {
  readonly Kind: number;
  readonly DisplayText: string;
  readonly MatchText: string;
  readonly BeforeText: string;
  readonly AfterText: string | null;
  readonly Priority: number;
}

/** A list of .NET that takes items. */
export interface RawItems<T> extends RawList<T> {
  add(item: T): void;
}

/** The completer behind `KustoCodeService.GetCompletionItems`, opened up: its steps are used, its assembly of the answer is not. */
export interface RawCompleter {
  GetEditRange(position: number, start: { v?: number }, length: { v?: number }): void;
  ShouldComplete(position: number): boolean;
  GetSymbolCompletions(position: number, builder: RawCompletionBuilder): number;
  GetSyntaxCompletions(position: number, builder: RawCompletionBuilder): unknown;
  GetCompletionItemsForSymbol(symbol: RawSymbol, context: RawElement | null, nameOnly: boolean, items: RawItems<RawCompletionItem>): void;
  GetOrderingRank(item: RawCompletionItem): number;
}

export interface RawCompletionBuilder {
  readonly Items: RawList<RawCompletionItem>;
}

export interface RawClassification {
  readonly Kind: number;
  readonly Start: number;
  readonly Length: number;
}

export interface RawCodeService {
  GetClassifications(start: number, length: number): { readonly Classifications: RawList<RawClassification> };
  GetFormattedText(options: unknown): { readonly Text: string };
}

export interface RawFormattingOptions {
  WithIndentationSize(size: number): RawFormattingOptions;
  WithInsertMissingTokens(enable: boolean): RawFormattingOptions;
}

interface EditorNamespace {
  readonly Editor: {
    readonly KustoCompleter: {
      readonly ctor: new (code: RawCode, options: unknown, token: unknown) => RawCompleter;
      readonly CompletionBuilder: new () => RawCompletionBuilder;
      readonly CompletionMode: { readonly Combined: number };
      IsStartOfQuery(context: RawElement | null): boolean;
      IsInvokeFunctionContext(context: RawElement | null): boolean;
    };
    readonly CompletionItem: unknown;
    readonly CompletionKind: Readonly<Record<string, unknown>>;
    readonly ClassificationKind: Readonly<Record<string, unknown>>;
    readonly CompletionOptions: { readonly Default: unknown };
    readonly FormattingOptions: { readonly Default: unknown };
    readonly KustoCodeService: {
      readonly ctor: new (code: RawCode) => RawCodeService;
      readonly $ctor1: new (text: string, globals: RawGlobals) => RawCodeService;
    };
  };
  readonly Utils: { readonly CancellationToken: new () => unknown };
}

const language = kusto as unknown as EditorNamespace;

export const kustoEditor = language.Editor;

/** Kusto.Language cannot be interrupted from outside: work that is no longer wanted is not begun. */
export const neverCancelledRaw: unknown = new language.Utils.CancellationToken();

/** An empty list of .NET, for parts of Kusto.Language that fill one. */
export function newItems(): RawItems<RawCompletionItem> {
  const { System } = globalThis as unknown as {
    System: { Collections: { Generic: { List$1(type: unknown): { ctor: new () => RawItems<RawCompletionItem> } } } };
  };
  return new (System.Collections.Generic.List$1(kustoEditor.CompletionItem).ctor)();
}

/** Name of a number of an enumeration. */
export function enumName(members: Readonly<Record<string, unknown>>, value: number): string {
  for (const [name, number] of Object.entries(members)) if (number === value) return name;
  return String(value);
}
