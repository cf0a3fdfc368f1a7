import type { KqlNode } from '../../kql/node';
import { newColumn, pick, type Plan, type PlanColumn, project as projectPlan } from '../plan';
import { spreadTuple, tupleCall } from '../tuples';
import { nullOf } from '../expression';
import { conform, givenName, givenNames, outputColumns, selectedColumns } from './outputs';
import type { Operator, OperatorInput } from './registry';

/** `project`: the columns named, in order, computed ones under the binder's names. */
export const project: Operator = (operator) => {
  const { translator } = operator;
  return projectPlan(operator.input, projected(operator, operator.node.list('Expressions'), outputColumns(operator)), translator.ids);
};

/** Columns of a projection list; `declared` are the binder's columns for it, one for one. */
export function projected({ input, scope, translator, node: owner }: OperatorInput, nodes: readonly KqlNode[], declared: readonly { readonly name: string; readonly type: PlanColumn['type'] }[]): PlanColumn[] {
  const names = input.columns.map(({ name }) => name);
  const columns: PlanColumn[] = [];
  const add = (expression: PlanColumn['expression']): void => {
    const output = declared[columns.length];
    if (!output) return translator.unsupported('this projection', owner);
    columns.push(newColumn(translator.ids, output.name, output.type, conform(expression, output.type)));
  };
  for (const node of nodes) {
    const tuple = tupleCall(node);
    if (tuple) {
      for (const part of spreadTuple({ scope, translator }, tuple, tuple.columns?.length ?? 0)) add(part);
      continue;
    }
    const several = givenNames(node);
    if (several) {
      const parts = spreadTuple({ scope, translator }, node.need('Expression'), several.length);
      several.forEach((_, index) => add(parts[index] ?? nullOf(declared[columns.length]?.type ?? 'dynamic')));
      continue;
    }
    const selected = givenName(node) === undefined ? selectedColumns(node, names) : undefined;
    if (selected) {
      for (const name of selected) {
        const found = scope.rows?.find(name);
        if (found) add(found);
      }
      continue;
    }
    add(translator.scalar(node.kind === 'SimpleNamedExpression' ? node.need('Expression') : node, scope));
  }
  if (columns.length !== declared.length) translator.unsupported('this projection', owner);
  return columns;
}

/** Picks the input's columns that the binder's result names, in its order. */
function pickOutput(operator: OperatorInput): Plan {
  const byName = new Map(operator.input.columns.map((planColumn) => [planColumn.name, planColumn]));
  const columns = outputColumns(operator).map((declared) => byName.get(declared.name) ?? operator.translator.unsupported(`the column ${declared.name} here`, operator.node));
  return pick(operator.input, columns);
}

export const projectAway: Operator = pickOutput;
export const projectKeep: Operator = pickOutput;
export const projectReorder: Operator = pickOutput;

/** `project-rename new = old`: columns stay in place. */
export const projectRename: Operator = (operator) => {
  const { input, node } = operator;
  const renamed = new Map<string, string>();
  for (const pair of node.list('Expressions')) {
    const name = givenName(pair);
    const old = pair.child('Expression')?.simpleName;
    if (name !== undefined && old !== undefined) renamed.set(old, name);
    else operator.translator.unsupported('this renaming', pair);
  }
  return pick(input, input.columns.map((planColumn) => ({ ...planColumn, name: renamed.get(planColumn.name) ?? planColumn.name })));
};

