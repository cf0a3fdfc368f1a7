import type { Column } from '../common/kqlTypes';
import { listItems, type RawSymbol } from './bridge';
import type { EditorGlobals, EditorSymbol } from './editorBridge';
import { globalsOf, type KqlSchema, tableSymbol } from './globals';

/** A name that something outside of a statement defines: an earlier statement, or the result of an earlier cell. */
export interface ScopeName {
  readonly name: string;
  /** Kusto.Language's own; compared by identity. */
  readonly symbol: RawSymbol;
  /** Two definitions with the same signature mean the same to whatever uses them. */
  readonly signature: string;
}

/**
 * The names that a statement can use: those of its workspace, and those that earlier statements define. Immutable. Scopes are compared
 * by identity, so that what was bound in one need not be bound again: {@link with} gives the scope it gave before.
 */
export class KqlScope {
  readonly names: ReadonlyMap<string, ScopeName>;
  /** Of the workspace. */
  readonly schema: KqlSchema;
  readonly #globals: EditorGlobals;
  readonly #next = new Map<string, KqlScope>();

  private constructor(schema: KqlSchema, globals: EditorGlobals, names: ReadonlyMap<string, ScopeName>) {
    this.schema = schema;
    this.#globals = globals;
    this.names = names;
  }

  /** The names of a workspace. */
  static of(schema: KqlSchema): KqlScope {
    const known = scopes.get(schema) ?? new KqlScope(schema, globalsOf(schema) as EditorGlobals, new Map());
    scopes.set(schema, known);
    return known;
  }

  get globals(): EditorGlobals {
    return this.#globals;
  }

  /** This scope with one more name, or with another meaning of one. */
  with(name: ScopeName): KqlScope {
    const key = `${name.name}\n${name.signature}`;
    const known = this.#next.get(key);
    if (known) return known;
    // Each keystroke in a definition makes another scope: the last few are enough.
    if (this.#next.size >= 8) this.#next.clear();
    const names = new Map(this.names).set(name.name, name);
    const scope = new KqlScope(this.schema, this.#globals.AddOrUpdateAmbientSymbols([name.symbol]), names);
    this.#next.set(key, scope);
    return scope;
  }
}

const scopes = new WeakMap<KqlSchema, KqlScope>();

/** Do two definitions mean the same to whatever uses them? A function's text does not say what the names in it mean. */
export function isSameMeaning(left: ScopeName | undefined, right: ScopeName | undefined): boolean {
  if (left === right) return true;
  return left !== undefined && left.signature === right?.signature && !left.signature.startsWith('function ');
}

/** A result that later cells use as a table. */
export function resultName(name: string, columns: readonly Column[]): ScopeName {
  const signature = `table ${columns.map((column) => `${column.name}:${column.type}`).join(',')}`;
  return { name, signature, symbol: tableSymbol({ name, columns }) };
}

/** What a `let` statement defines. @param value The text right of the `=`. */
export function letName(symbol: EditorSymbol, value: string): ScopeName {
  return { name: symbol.Name, signature: signatureOf(symbol, value), symbol };
}

function signatureOf(symbol: EditorSymbol, value: string): string {
  const type = symbol.Type;
  // A function's meaning is its text: its result depends on how it is called.
  if (!type || symbol.Signatures) return `function ${value}`;
  if (type.Columns) {
    const columns = listItems(type.Columns).map((column) => `${column.Name}:${column.Type.Name}`);
    return `${type.IsOpen ? 'open ' : ''}table ${columns.join(',')}`;
  }
  const constant = symbol.IsConstant ? (symbol.ConstantValueInfo?.ValueText ?? '') : '';
  return `${type.Name} ${constant}`;
}
