import type { BoundStatement } from '../../kql/boundStatement';

/** Something that makes a query slower, or mean something other than people think. Offsets are the statement's. */
export interface Hint {
  /** `HB101`, … Documented in docs/language.md, and never given another meaning. */
  readonly code: string;
  readonly severity: 'warning' | 'information';
  readonly message: string;
  readonly start: number;
  readonly length: number;
  /** What a quick fix writes instead, when there is one right answer. A length of 0 inserts. */
  readonly replacement?: Replacement | undefined;
}

export interface Replacement {
  readonly title: string;
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

/** What a rule finds: the rule's own code is added. */
export type Found = Omit<Hint, 'code'>;

/** A rule: one file each. */
export interface HintRule {
  readonly code: string;
  /** Names the rule in the setting `huntbook.language.hints`. */
  readonly name: string;
  find(statement: BoundStatement, context: HintContext): Iterable<Found>;
}

export interface HintContext {
  /** Does the cell limit the time itself, by its option `timespan`? */
  readonly timespan: boolean;
}

/** Rules by name; one that is absent is on. */
export type HintSettings = Readonly<Record<string, boolean>>;
