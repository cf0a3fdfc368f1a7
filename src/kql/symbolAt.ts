import { listItems, type RawElement } from './bridge';
import type { BoundStatement } from './boundStatement';
import type { EditorSymbol } from './editorBridge';
import type { KqlNode } from './node';
import { describeSymbol, signatureText } from './symbolText';

/** What stands at an offset of a statement. */
export interface SymbolAt {
  /** Kusto.Language's class without `Symbol`: `Column`, `Table`, `Function`, `Variable`, `Parameter`, `Operator`, … */
  readonly kind: string;
  readonly name: string;
  /** Type, or signature. */
  readonly detail: string | undefined;
  /** All ways to call a function. */
  readonly signatures: readonly string[];
  readonly builtIn: boolean;
  /** What the workspace says of it; untrusted text. */
  readonly description: string | undefined;
  /** Of a column: the table of the workspace that it comes from. */
  readonly table: string | undefined;
  /** Columns of a table. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** For identity: two places with the same name mean the same thing when their symbols are the same. */
  readonly symbol: object;
  readonly start: number;
  readonly length: number;
}

/** The innermost name at an offset, the one that ends there included. */
export function symbolAt(statement: BoundStatement, offset: number): SymbolAt | undefined {
  const node = nodeAt(statement.root, offset);
  return node && describe(statement, node);
}

function nodeAt(root: KqlNode | undefined, offset: number): KqlNode | undefined {
  let found: KqlNode | undefined;
  let node = root;
  while (node) {
    if (node.symbol) found = node;
    node = node.children.find((child) => child.start <= offset && offset <= child.start + child.length && child.length > 0);
  }
  // A call's symbol is its name's; the place is the name, not the arguments.
  if (found?.kind === 'FunctionCallExpression') {
    const name = found.child('Name');
    return name && name.start <= offset && offset <= name.start + name.length ? found : undefined;
  }
  return found;
}

function describe(statement: BoundStatement, node: KqlNode): SymbolAt | undefined {
  const symbol = (node.id as RawElement).ReferencedSymbol as EditorSymbol | null | undefined;
  const named = node.kind === 'FunctionCallExpression' ? node.child('Name') : node;
  const kind = node.symbol?.kind;
  if (!symbol || !named || kind === undefined) return undefined;
  const shape = symbol.Columns ? symbol : symbol.Type?.Columns ? symbol.Type : undefined;
  const called = symbol.Signatures ? symbol : symbol.Type?.Signatures ? symbol.Type : undefined;
  const { globals } = statement.scope;
  return {
    kind: called ? 'Function' : kind,
    name: symbol.Name,
    detail: describeSymbol(symbol),
    signatures: listItems(called?.Signatures)
      .filter((signature) => !signature.IsHidden)
      .map(signatureText),
    builtIn: called !== undefined && (globals.IsBuiltInFunction(called) || globals.IsAggregateFunction(called)),
    description: textOf(symbol.Description) ?? textOf(called?.Description),
    table: kind === 'Column' ? (globals.GetTable(symbol)?.Name ?? undefined) : undefined,
    columns: listItems(shape?.Columns).map((column) => ({ name: column.Name, type: column.Type.Name })),
    symbol,
    start: named.start,
    length: named.length,
  };
}

function textOf(text: string | null | undefined): string | undefined {
  return text === '' || text === null ? undefined : text;
}
