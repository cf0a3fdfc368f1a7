import type { TextDocument } from 'vscode-languageserver-textdocument';
import { BoundStatement } from '../kql/boundStatement';
import { type CellHeader, readCellOptions } from '../kql/cellOptions';
import type { KqlScope } from '../kql/kqlScope';
import { scriptStatements } from '../kql/scriptStatements';
import { type StatementRange, statementRanges } from '../kql/statementRanges';

/**
 * A statement and its place in the cell. Offsets in `bound` start at `range.start`. It may be bound in an earlier scope, in which it means
 * the same as in its own.
 */
export interface PlacedStatement {
  readonly range: StatementRange;
  readonly bound: BoundStatement;
  readonly scope: KqlScope;
}

/** Statements that change how the ones after them are read: a text with one of them is bound as a whole. */
const contextual = /^(?:set|declare|alias|restrict|define)\b/u;

interface Bound {
  readonly scope: KqlScope | undefined;
  /** Of the version or scope before. */
  readonly earlier: readonly PlacedStatement[];
  readonly statements: PlacedStatement[];
}

/** A KQL cell: its header and its statements, bound in the scope that the cells before it leave. */
export class LanguageCell {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  /** For places as the protocol has them; its text changes with the next version. */
  readonly document: TextDocument;
  readonly header: CellHeader;
  /** Position among the notebook's cells, from 1. */
  readonly number: number;
  readonly ranges: readonly StatementRange[];
  /** A `.kql` file, whose statements blank lines separate too. */
  readonly isScript: boolean;
  #bound: Bound | undefined;

  constructor(document: TextDocument, number: number, isScript = false) {
    const text = document.getText();
    this.uri = document.uri;
    this.version = document.version;
    this.text = text;
    this.document = document;
    this.number = number;
    this.header = readCellOptions(text);
    this.isScript = isScript;
    const ranges = [...(isScript ? scriptStatements(text) : statementRanges(text))];
    const [first] = ranges;
    const last = ranges.at(-1);
    const whole = first && last && ranges.some((range) => contextual.test(range.code));
    this.ranges = whole ? [{ ...last, start: first.start, code: text.slice(first.start, last.end) }] : ranges;
  }

  /** Is the cell nothing but `let` statements? Their names are then there for the cells after it. */
  get definesOnly(): boolean {
    return this.ranges.length > 0 && this.ranges.every((range) => /^let\b/u.test(range.code));
  }

  /**
   * The statements, each in the scope that the ones before it leave: all of them, or as many as are asked for, so that typing in one does
   * not wait for the ones behind it. What was bound before with the same text in the same scope is used again, here and (see
   * {@link takeOver}) from the cell's earlier version.
   */
  statements(scope: KqlScope, count: number = this.ranges.length): readonly PlacedStatement[] {
    if (this.#bound?.scope !== scope) this.#bound = { scope, earlier: this.#bound?.statements ?? [], statements: [] };
    const { earlier, statements } = this.#bound;
    for (const range of this.ranges.slice(statements.length, count)) {
      const before = statements.at(-1);
      const inner = before ? scopeBehind(before) : scope;
      const text = this.text.slice(range.start, range.fullEnd);
      const known = earlier.find(({ bound }) => bound.text === text && bound.holdsIn(inner));
      statements.push({ range, bound: known?.bound ?? new BoundStatement(text, inner), scope: inner });
    }
    return statements.length > count ? statements.slice(0, count) : statements;
  }

  /** The statement bound in its own scope: for what could be added to it, which may be more than in an earlier one. */
  exact(placed: PlacedStatement): PlacedStatement {
    if (placed.bound.scope === placed.scope) return placed;
    const exact = { ...placed, bound: new BoundStatement(placed.bound.text, placed.scope) };
    const index = this.#bound?.statements.indexOf(placed) ?? -1;
    if (index >= 0) this.#bound?.statements.splice(index, 1, exact);
    return exact;
  }

  /** Keeps what an earlier version of the cell had bound, for statements that did not change. */
  takeOver(earlier: LanguageCell): void {
    if (!earlier.#bound) return;
    const { statements, earlier: before } = earlier.#bound;
    // Statements that had not been bound again yet may be as they were before that.
    this.#bound = { scope: undefined, earlier: [], statements: [...statements, ...before.slice(statements.length)] };
  }
}

/** The scope that a statement leaves to the one behind it. */
export function scopeBehind({ bound, scope }: PlacedStatement): KqlScope {
  return bound.defines ? scope.with(bound.defines) : scope;
}
