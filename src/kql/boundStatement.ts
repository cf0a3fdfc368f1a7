import type { Column } from '../common/kqlTypes';
import { refuseDeepNesting } from './analysis';
import { kusto, listItems, type RawCode, type RawElement } from './bridge';
import type { EditorSymbol } from './editorBridge';
import { isSameMeaning, type KqlScope, letName, type ScopeName } from './kqlScope';
import { KqlNode } from './node';
import { kqlTokens } from './statementRanges';

/** Longer texts are data, not queries: binding them would hold up everything else. UTF-16 code units. */
export const MAX_BOUND_LENGTH = 100_000;

export interface StatementDiagnostic {
  readonly severity: 'error' | 'warning' | 'information';
  /** Kusto.Language's code, `KS142`. */
  readonly code: string;
  readonly message: string;
  /** Offset in the statement. */
  readonly start: number;
  readonly length: number;
}

/** Kusto.Language's codes for a name that nothing defines. */
export const unknownNames: ReadonlySet<string> = new Set(['KS142', 'KS204', 'KS211', 'KS124']);

/** Reads tables that it does not name. */
const readsAnyTable = /\b(?:search|find)\b|\bunion\b[^|]*\*/u;

/** A statement, parsed and bound in a scope. Everything is found at its first use and kept. */
export class BoundStatement {
  readonly text: string;
  readonly scope: KqlScope;
  readonly #code: RawCode | undefined;
  readonly #failure: string | undefined;
  #diagnostics: readonly StatementDiagnostic[] | undefined;
  #defines: ScopeName | null | undefined;
  #columns: readonly Column[] | null | undefined;
  #nodes: readonly KqlNode[] | undefined;
  #mentions: ReadonlySet<string> | undefined;

  constructor(text: string, scope: KqlScope) {
    this.text = text;
    this.scope = scope;
    if (text.length > MAX_BOUND_LENGTH) {
      this.#failure = `The statement is longer than ${MAX_BOUND_LENGTH.toLocaleString('en')} characters: it runs, but it is not checked here.`;
      return;
    }
    try {
      refuseDeepNesting(text);
      this.#code = kusto.KustoCode.ParseAndAnalyze(text, scope.globals);
    } catch (thrown) {
      // The binder can fail on text that it should reject: one statement goes without its features, the others keep theirs.
      this.#failure = `The statement cannot be analysed: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    }
  }

  /** For the adapters of Kusto.Language beside this file; undefined when the text could not be analysed. */
  get code(): RawCode | undefined {
    return this.#code;
  }

  /** The statement's own node; undefined when the text could not be analysed. */
  get node(): KqlNode | undefined {
    return this.root?.list('Statements')[0];
  }

  get root(): KqlNode | undefined {
    return this.#code && new KqlNode(this.#code.Syntax);
  }

  /** All nodes, parents first; found once, for many look at them. */
  get nodes(): readonly KqlNode[] {
    return (this.#nodes ??= this.root ? [...this.root.walk()] : []);
  }

  get diagnostics(): readonly StatementDiagnostic[] {
    return (this.#diagnostics ??= this.#findDiagnostics());
  }

  /** What a `let` statement defines for the statements after it. */
  get defines(): ScopeName | undefined {
    if (this.#defines === undefined) this.#defines = this.#findName() ?? null;
    return this.#defines ?? undefined;
  }

  /** Columns of a query's result; undefined of other statements, and where the binder does not know. */
  get resultColumns(): readonly Column[] | undefined {
    if (this.#columns === undefined) {
      const { node } = this;
      this.#columns = (node?.kind === 'ExpressionStatement' ? node.child('Expression')?.columns : undefined) ?? null;
    }
    return this.#columns ?? undefined;
  }

  /** Would it be bound in another scope as it is here? Then what was found of it holds there too, but for what could be added to it. */
  holdsIn(scope: KqlScope): boolean {
    if (scope === this.scope) return true;
    if (scope.schema !== this.scope.schema || readsAnyTable.test(this.text)) return false;
    for (const name of this.#mentioned) if (!isSameMeaning(this.scope.names.get(name), scope.names.get(name))) return false;
    // What an unknown name may have meant depends on all names.
    return !this.diagnostics.some(({ code }) => unknownNames.has(code));
  }

  /** Every word outside of strings and comments; names in brackets stand in strings. */
  get #mentioned(): ReadonlySet<string> {
    if (this.#mentions) return this.#mentions;
    const mentions = new Set<string>();
    for (const { kind, text } of kqlTokens(this.text)) {
      if (kind === 'code') mentions.add(text);
      else if (kind === 'string') mentions.add(text.slice(1, -1));
    }
    return (this.#mentions = mentions);
  }

  #findDiagnostics(): readonly StatementDiagnostic[] {
    if (!this.#code) return [{ severity: 'information', code: 'HB000', message: this.#failure ?? '', start: 0, length: firstLine(this.text) }];
    try {
      return listItems(this.#code.GetDiagnostics()).map(({ Severity, Code, Message, Start, Length }) => ({
        severity: Severity === 'Error' ? 'error' : Severity === 'Warning' ? 'warning' : 'information',
        code: Code,
        message: Message,
        start: Start,
        length: Length,
      }));
    } catch (thrown) {
      const message = `The statement cannot be checked: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
      return [{ severity: 'information', code: 'HB000', message, start: 0, length: firstLine(this.text) }];
    }
  }

  #findName(): ScopeName | undefined {
    const { node } = this;
    if (node?.kind !== 'LetStatement') return undefined;
    const name = node.child('Name');
    const value = node.child('Expression');
    if (!name || !value) return undefined;
    const symbol = (name.id as RawElement).ReferencedSymbol as EditorSymbol | null | undefined;
    return symbol ? letName(symbol, value.text) : undefined;
  }
}

function firstLine(text: string): number {
  const end = text.search(/[\r\n]/u);
  return end < 0 ? text.length : end;
}
