import { sql } from '../expression';
import { newColumn } from '../plan';
import { group } from './grouping';
import type { Operator } from './registry';

/** `count`: one row with the number of rows. */
export const count: Operator = ({ node, input, translator }) => {
  const name = node.columns?.[0]?.name ?? 'Count';
  return group(translator, input, [], [newColumn(translator.ids, name, 'long', sql('long', { notNull: true })`count(*)`)]);
};
