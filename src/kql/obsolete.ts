import type { RawElement } from './bridge';
import type { EditorSymbol } from './editorBridge';
import type { KqlNode } from './node';

interface ObsoleteSymbol extends EditorSymbol {
  readonly IsObsolete?: boolean;
  readonly Alternative?: string | null;
}

/** The name that a called function has now, when the called one is obsolete. */
export function replacementFor(call: KqlNode): string | undefined {
  const symbol = (call.id as RawElement).ReferencedSymbol as ObsoleteSymbol | null | undefined;
  const newer = symbol?.IsObsolete === true ? (symbol.Alternative ?? '') : '';
  return /^\w+$/u.test(newer) ? newer : undefined;
}
