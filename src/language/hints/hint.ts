import type { BoundStatement } from '../../kql/boundStatement';

/** Something that makes a query slower, or mean something other than people think. Offsets are the statement's. */
export interface Hint {
  /** `HB101`, … Documented, and never given another meaning. */
  readonly code: string;
  readonly severity: 'warning' | 'information';
  readonly message: string;
  readonly start: number;
  readonly length: number;
  /** What a quick fix writes instead, when there is one right answer. */
  readonly replacement?: { readonly title: string; readonly start: number; readonly length: number; readonly text: string } | undefined;
}

/** A rule: one file each. */
export interface HintRule {
  readonly code: string;
  /** Names the rule in settings: `noTimeFilter`. */
  readonly name: string;
  find(statement: BoundStatement): readonly Hint[];
}

/** Rules by name; one that is absent is on. */
export type HintSettings = Readonly<Record<string, boolean>>;
