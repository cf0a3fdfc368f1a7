import { newColumn, type PlanColumn, reference } from '../plan';
import { columnsOfArguments } from './outputs';
import { group } from './grouping';
import type { Operator } from './registry';

/** `distinct a, b` and `distinct *`. */
export const distinct: Operator = (operator) => {
  const { input, translator } = operator;
  const keys: PlanColumn[] = columnsOfArguments(operator, operator.node.list('Expressions')).map(({ name, expression }) =>
    newColumn(translator.ids, name, expression.type, expression),
  );
  return group(
    translator,
    input,
    keys.length > 0
      ? keys
      : input.columns.map((planColumn) => newColumn(translator.ids, planColumn.name, planColumn.type, reference(planColumn))),
    [],
  );
};
