import { type PlanColumn, project, reference } from '../plan';
import { extended } from './extend';
import type { Operator } from './registry';

/** `serialize`: rows already keep their order; new columns are as in `extend`. */
export const serialize: Operator = (operator) => {
  const { input, translator } = operator;
  const added = extended(operator, operator.node.list('Expressions'));
  const names = new Set(added.map(({ name }) => name));
  const kept = input.columns.map((planColumn): PlanColumn => {
    const replaced = added.find(({ name }) => name === planColumn.name);
    return replaced ?? { ...planColumn, expression: reference(planColumn) };
  });
  const appended = added.filter(({ name }) => !input.columns.some((planColumn) => planColumn.name === name));
  return project({ ...input, serialized: true }, names.size === 0 ? kept : [...kept, ...appended], translator.ids);
};
