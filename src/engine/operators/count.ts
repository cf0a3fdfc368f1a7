import { sql } from '../expression';
import { asSet, newColumn, type Plan, planOf, planSource } from '../plan';
import type { Operator } from './registry';

/** `count`: one row with the number of rows. */
export const count: Operator = ({ node, input, translator }) => {
  const name = node.columns?.[0]?.name ?? 'Count';
  const set = asSet(input, translator.ids);
  const counted = newColumn(translator.ids, name, 'long', sql('long', { notNull: true })`count(*)`);
  const plan: Plan = { ...set, columns: [counted] };
  return planOf(planSource(plan), [counted]);
};
