/**
 * The one importer of Kusto.Language. The package's `main` fails in Node: its two scripts are loaded in this
 * order and leave `Bridge`, `System` and `Kusto` on the global object. Constructors are overloads named `$ctorN`;
 * only the ones used here are described, for the pinned version.
 */
import '@kusto/language-service-next/bridge.min.js';
import '@kusto/language-service-next/Kusto.Language.Bridge.min.js';

/** A .NET list as the compiler Bridge.NET renders it. */
export interface RawList<T> {
  readonly Count: number;
  getItem(index: number): T;
}

export interface RawSymbol {
  readonly Name: string;
  readonly constructor: { readonly $$name: string };
  readonly Columns?: RawList<RawColumn>;
  readonly IsOpen?: boolean;
  readonly Members?: RawList<RawSymbol>;
  // Of graphs.
  readonly EdgeShape?: RawSymbol | null;
  readonly NodeShape?: RawSymbol | null;
}

export interface RawColumn extends RawSymbol {
  readonly Type: RawSymbol;
}

export interface RawElement {
  readonly Kind: number;
  readonly IsToken: boolean;
  readonly IsMissing: boolean;
  readonly TextStart: number;
  readonly Width: number;
  readonly ChildCount: number;
  GetChild(index: number): RawElement | null;
  GetName(index: number): string | null;
  /** With an argument: whether leading trivia is included. */
  ToString(): string;
  // Of tokens.
  readonly Text?: string;
  readonly ValueText?: string;
  // Of nodes.
  readonly ReferencedSymbol?: RawSymbol | null;
  readonly ResultType?: RawSymbol | null;
  readonly IsLiteral?: boolean;
  readonly LiteralValue?: unknown;
  readonly SimpleName?: string | null;
  GetCalledFunctionBody?(): RawElement | null;
  readonly CalledFunctionHasErrors?: boolean;
}

export interface RawDiagnostic {
  readonly Code: string;
  readonly Severity: string;
  readonly Message: string;
  readonly Start: number;
  readonly Length: number;
}

export interface RawCode {
  readonly Syntax: RawElement;
  readonly ResultType: RawSymbol | null;
  /** Binds what was parsed. */
  Analyze(globals: RawGlobals): RawCode;
  GetDiagnostics(): RawList<RawDiagnostic>;
  GetSyntaxDiagnostics(): RawList<RawDiagnostic>;
}

export interface RawGlobals {
  readonly Functions: RawList<RawSymbol>;
  readonly Aggregates: RawList<RawSymbol>;
  readonly PlugIns: RawList<RawSymbol>;
  WithDatabase(database: RawSymbol): RawGlobals;
  WithCluster(cluster: RawSymbol): RawGlobals;
  WithPlugIns(plugins: readonly RawSymbol[]): RawGlobals;
}

/** What a function's computed return type may look at. */
export interface RawCallContext {
  readonly Arguments: RawList<{ readonly ConstantValue?: unknown; readonly ReferencedSymbol?: RawSymbol | null }>;
}

interface KustoNamespace {
  readonly Language: {
    readonly KustoCode: {
      Parse(text: string, globals: RawGlobals | null): RawCode;
      ParseAndAnalyze(text: string, globals: RawGlobals): RawCode;
    };
    readonly GlobalState: { readonly Default: RawGlobals };
    readonly Syntax: { readonly SyntaxKind: Readonly<Record<string, unknown>> };
    readonly Symbols: {
      readonly ScalarTypes: Readonly<Record<string, RawSymbol>>;
      readonly ColumnSymbol: { readonly ctor: new (name: string, type: RawSymbol, description?: string) => RawColumn };
      readonly TableSymbol: {
        // The library spells it so.
        readonly $ctor4: new (
          name: string,
          columns: readonly RawColumn[],
        ) => RawSymbol & { WithDescripton(description: string): RawSymbol };
      };
      readonly FunctionSymbol: {
        readonly ctor: new (
          name: string,
          returnType: (context: RawCallContext) => RawSymbol,
          tabularity: number,
          parameters: readonly RawSymbol[],
        ) => RawSymbol;
        readonly $ctor5: new (name: string, returnType: RawSymbol, parameters: readonly RawSymbol[]) => RawSymbol;
        readonly $ctor16: new (name: string, parameters: string, body: string, description: string | null) => RawSymbol;
      };
      readonly Parameter: {
        readonly $ctor2: new (name: string, type: RawSymbol) => RawSymbol;
        readonly $ctor3: new (
          name: string,
          type: RawSymbol,
          argumentKind: number,
          values: null,
          examples: null,
          isCaseSensitive: boolean,
          defaultValueIndicator: null,
          minOccurring: number,
          maxOccurring: number,
          defaultValue: null,
          description: null,
        ) => RawSymbol;
      };
      readonly ArgumentKind: { readonly Constant: number; readonly Literal: number };
      readonly Tabularity: { readonly Tabular: number };
      readonly DatabaseSymbol: { readonly ctor: new (name: string, members: readonly RawSymbol[]) => RawSymbol };
      readonly ClusterSymbol: { readonly ctor: new (name: string, databases: readonly RawSymbol[]) => RawSymbol };
    };
  };
}

/** Kusto.Language, loaded. */
export const kusto: KustoNamespace['Language'] = (globalThis as unknown as { Kusto: KustoNamespace }).Kusto.Language;

/** Names of the syntax kinds by number. */
const kindNames: ReadonlyMap<number, string> = new Map(
  Object.entries(kusto.Syntax.SyntaxKind).flatMap(([name, value]) => (typeof value === 'number' ? [[value, name] as const] : [])),
);

export function kindName(kind: number): string {
  return kindNames.get(kind) ?? `Kind${kind}`;
}

export function listItems<T>(list: RawList<T> | readonly T[] | null | undefined): T[] {
  if (!list) return [];
  if (!('Count' in list)) return [...list];
  return Array.from({ length: list.Count }, (_, index) => list.getItem(index));
}
