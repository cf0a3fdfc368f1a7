import type { KqlNode } from '../../../kql/node';
import { pipelineOf, type Splitting } from './splitting';

/** The bounds that a query's own filters set to its time, as texts of KQL expressions. */
export interface OwnBounds {
  readonly lower: readonly string[];
  /** Empty: up to the latest row there is. */
  readonly upper: readonly string[];
}

/**
 * Finds the bounds among the conditions that every row has to meet.
 * @param text The text that the query is a part of.
 * @returns undefined when there is no lower bound: parts of everything there ever was are none.
 */
export function ownBounds(query: KqlNode, text: string, { timeColumn }: Pick<Splitting, 'timeColumn'>): OwnBounds | undefined {
  const lower: string[] = [];
  const upper: string[] = [];
  const written = (node: KqlNode): string => text.slice(node.start, node.start + node.length);
  for (const operator of pipelineOf(query).operators) {
    if (operator.kind !== 'FilterOperator') continue;
    for (const condition of conjuncts(operator.need('Condition'))) {
      const [left, right] = condition.children.filter((child) => !child.isToken);
      if (!left || !right) continue;
      const isFirst = isColumn(left, timeColumn);
      if (condition.kind === 'BetweenExpression' && isFirst) {
        const [from, to] = right.children.filter((child) => !child.isToken);
        if (from) lower.push(written(from));
        if (to) upper.push(written(to));
      } else if (isFirst || isColumn(right, timeColumn)) {
        const bound = isFirst ? right : left;
        if ((isFirst ? greater : less).has(condition.kind)) lower.push(written(bound));
        else if ((isFirst ? less : greater).has(condition.kind)) upper.push(written(bound));
      }
    }
  }
  return lower.length === 0 ? undefined : { lower, upper };
}

const greater: ReadonlySet<string> = new Set(['GreaterThanExpression', 'GreaterThanOrEqualExpression']);
const less: ReadonlySet<string> = new Set(['LessThanExpression', 'LessThanOrEqualExpression']);

function conjuncts(condition: KqlNode): readonly KqlNode[] {
  if (condition.kind === 'ParenthesizedExpression') return conjuncts(condition.need('Expression'));
  if (condition.kind !== 'AndExpression') return [condition];
  return condition.children.filter((child) => !child.isToken).flatMap(conjuncts);
}

function isColumn(node: KqlNode, name: string): boolean {
  return node.kind === 'NameReference' && node.simpleName === name;
}
