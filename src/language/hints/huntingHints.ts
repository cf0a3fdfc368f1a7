import type { BoundStatement } from '../../kql/boundStatement';
import { caseSensitive } from './caseSensitive';
import { containsForHas } from './containsForHas';
import { dynamicComparison } from './dynamicComparison';
import type { Hint, HintContext, HintRule, HintSettings } from './hint';
import { joinWithoutKind } from './joinWithoutKind';
import { noTimeFilter } from './noTimeFilter';
import { obsoleteFunction } from './obsoleteFunction';
import { projectBeforeJoin } from './projectBeforeJoin';
import { searchEverywhere } from './searchEverywhere';

export const hintRules: readonly HintRule[] = [
  noTimeFilter,
  containsForHas,
  searchEverywhere,
  joinWithoutKind,
  projectBeforeJoin,
  dynamicComparison,
  caseSensitive,
  obsoleteFunction,
];

/** Of a notebook, not of a statement: see `shadowedTable.ts`. */
export const SHADOWED_TABLE = { code: 'HB108', name: 'shadowedTable' } as const;

const found = new WeakMap<BoundStatement, Map<boolean, readonly Hint[]>>();

/** The hints of a statement, found once. Half-written text has other troubles: a statement with errors has none. */
export function huntingHints(statement: BoundStatement, context: HintContext, settings: HintSettings): readonly Hint[] {
  const known = found.get(statement) ?? new Map<boolean, readonly Hint[]>();
  found.set(statement, known);
  let hints = known.get(context.timespan);
  if (!hints) {
    const broken = statement.diagnostics.some((diagnostic) => diagnostic.severity === 'error');
    hints = broken ? [] : hintRules.flatMap((rule) => [...rule.find(statement, context)].map((hint) => ({ ...hint, code: rule.code })));
    known.set(context.timespan, hints);
  }
  const off = new Set(hintRules.filter((rule) => settings[rule.name] === false).map((rule) => rule.code));
  return hints.filter((hint) => !off.has(hint.code));
}
