import type { Definitions, NamedResult } from '../common/engineProtocol';
import { type LetStatement, mentionedNames } from './letStatements';

interface LetEntry {
  readonly cell: number;
  readonly statement: LetStatement;
  /** Names that the statement reads. */
  readonly mentions: ReadonlySet<string>;
}

/**
 * What the cells that have run define, as in a Jupyter kernel: a name means what was run last under it, be it a `let` or a result.
 * A `let` is text, expanded where it is used, so one that uses a name sees that name's newest definition.
 */
export class Namespace {
  readonly #lets = new Map<string, LetEntry>();
  readonly #results = new Map<string, string>();

  define(cell: number, statements: readonly LetStatement[]): void {
    for (const statement of statements) {
      this.#results.delete(statement.name);
      this.#lets.set(statement.name, { cell, statement, mentions: mentionedNames(statement.value) });
    }
  }

  setResult(name: string, resultId: string): void {
    this.#lets.delete(name);
    this.#results.set(name, resultId);
  }

  clear(): void {
    this.#lets.clear();
    this.#results.clear();
  }

  /** Does a cell that has run define the name? */
  has(name: string): boolean {
    return this.#lets.has(name) || this.#results.has(name);
  }

  /** Is a result reachable under a name? */
  holds(resultId: string): boolean {
    return [...this.#results.values()].includes(resultId);
  }

  get results(): readonly NamedResult[] {
    return [...this.#results].map(([name, resultId]) => ({ name, resultId }));
  }

  /**
   * The statements in force for a cell that defines some names itself: each name once (KQL refuses a second), what is used before what
   * uses it. What uses one of the cell's own names stays out: it would come before them.
   */
  definitionsFor(own: readonly LetStatement[]): readonly Definitions[] {
    const hidden = new Set(own.map((statement) => statement.name));
    const ordered: LetEntry[] = [];
    const visiting = new Set<string>();
    const placed = new Set<string>();
    /** Places a name's statement after what it uses; false when it cannot be used. */
    const place = (name: string): boolean => {
      const entry = this.#lets.get(name);
      if (hidden.has(name)) return false;
      if (!entry || placed.has(name) || visiting.has(name)) return true;
      visiting.add(name);
      const usable = [...entry.mentions].every(place);
      visiting.delete(name);
      if (usable) ordered.push(entry);
      else hidden.add(name);
      placed.add(name);
      return usable;
    };
    for (const name of this.#lets.keys()) place(name);
    return ordered.map(({ cell, statement }) => ({ cell, text: `${statement.text};` }));
  }
}
