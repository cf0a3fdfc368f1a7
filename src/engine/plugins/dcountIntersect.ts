import { convert } from '../conversions';
import { type Expression, sql } from '../expression';
import { newColumn, type PlanColumn, project, reference } from '../plan';
import type { Plugin } from './registry';

/**
 * `dcount_intersect(hll, hll, …)`: to each row the size of the first set, of what it shares with the second, and so on. Exact, where
 * Azure estimates.
 */
export const dcountIntersect: Plugin = ({ input, scope, translator, args, declared, node }) => {
  const { ids } = translator;
  const sets = args.map((argument) => sql('dynamic')`coalesce(from_json(json_extract(${convert(translator.scalar(argument, scope), 'dynamic')}, '$[1]'), '["VARCHAR"]'), [])`);
  if (sets.length < 2 || sets.length > 16) return translator.invalid('dcount_intersect() takes 2 to 16 sets.', node);
  const passed = input.columns.map((planColumn): PlanColumn => ({ ...planColumn, expression: reference(planColumn) }));
  const together = sets.map((_, index) => sets.slice(0, index + 1).reduce<Expression>((all, set) => (all === set ? set : sql('dynamic')`list_intersect(${all}, ${set})`), sets[0] ?? sql('dynamic')`[]`));
  const counts = together.map((set, index) => newColumn(ids, declared[input.columns.length + index]?.name ?? `s${index}`, 'long', sql('long')`len(${set})`));
  return project(input, [...passed, ...counts], ids);
};
