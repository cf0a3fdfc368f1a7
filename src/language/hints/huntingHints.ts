import type { BoundStatement } from '../../kql/boundStatement';
import { containsForHas } from './containsForHas';
import type { Hint, HintRule, HintSettings } from './hint';

export const hintRules: readonly HintRule[] = [containsForHas];

const found = new WeakMap<BoundStatement, readonly Hint[]>();

/** The hints of a statement, found once. */
export function huntingHints(statement: BoundStatement, settings: HintSettings): readonly Hint[] {
  let hints = found.get(statement);
  if (!hints) {
    // Half-written text has other troubles.
    const broken = statement.diagnostics.some((diagnostic) => diagnostic.severity === 'error');
    hints = broken ? [] : hintRules.flatMap((rule) => rule.find(statement));
    found.set(statement, hints);
  }
  const off = new Set(hintRules.filter((rule) => settings[rule.name] === false).map((rule) => rule.code));
  return hints.filter((hint) => !off.has(hint.code));
}
