import { listItems, type RawElement } from './bridge';
import type { BoundStatement } from './boundStatement';
import type { EditorSymbol } from './editorBridge';
import type { KqlNode } from './node';
import { parameterText } from './symbolText';

/** A way to call a function. */
export interface CallSignature {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly repeatable: boolean;
}

/** The call around an offset. */
export interface CallAt {
  readonly signatures: readonly CallSignature[];
  /** The argument at the offset, from 0. */
  readonly argument: number;
}

/** The innermost call whose arguments an offset stands in. */
export function callAt(statement: BoundStatement, offset: number): CallAt | undefined {
  let found: { readonly call: KqlNode; readonly open: number } | undefined;
  for (const node of statement.nodes) {
    if (node.kind !== 'FunctionCallExpression') continue;
    const list = node.child('ArgumentList');
    const open = list?.start;
    if (!list || open === undefined || offset <= open) continue;
    const closed = list.text.endsWith(')');
    // An open call goes on to the end of what has been typed.
    if (closed ? offset < list.start + list.length : offset <= statement.text.length) found = { call: node, open };
  }
  if (!found) return undefined;
  const symbol = (found.call.id as RawElement).ReferencedSymbol as EditorSymbol | null | undefined;
  const called = symbol?.Signatures ? symbol : symbol?.Type?.Signatures ? symbol.Type : undefined;
  if (!called) return undefined;
  const signatures = listItems(called.Signatures)
    .filter((signature) => !signature.IsHidden)
    .map((signature) => ({
      name: called.Name,
      parameters: listItems(signature.Parameters).map(parameterText),
      repeatable: signature.HasRepeatableParameters,
    }));
  return { signatures, argument: commas(statement.text.slice(found.open + 1, offset)) };
}

/** Commas outside of brackets and strings. */
function commas(text: string): number {
  let count = 0;
  let depth = 0;
  for (const [part] of text.matchAll(/"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[()[\]{},]/gu)) {
    if ('([{'.includes(part)) depth++;
    else if (')]}'.includes(part)) depth--;
    else if (part === ',' && depth === 0) count++;
  }
  return count;
}
