import type { KqlNode } from '../../kql/node';
import type { Found, HintRule } from './hint';

const TIME_COLUMNS: ReadonlySet<string> = new Set(['TimeGenerated', 'Timestamp']);

/** A table of the workspace that is read without a limit in time. */
export const noTimeFilter: HintRule = {
  code: 'HB101',
  name: 'noTimeFilter',
  *find(statement, { timespan }): Generator<Found> {
    const { root } = statement;
    if (timespan || !root) return;
    for (const { table, filtered } of sources(root)) {
      if (filtered) continue;
      const time = table.columns?.find((column) => TIME_COLUMNS.has(column.name))?.name;
      if (time === undefined) continue;
      const end = table.start + table.length;
      yield {
        severity: 'information',
        message: `${table.symbol?.name ?? 'The table'} is read without a filter on ${time}: it reads all that the time range of the notebook allows.`,
        start: table.start,
        length: table.length,
        replacement: { title: 'Filter the last 7 days', start: end, length: 0, text: `\n| where ${time} > ago(7d)` },
      };
    }
  },
};

interface Source {
  readonly table: KqlNode;
  /** Is a time column compared in the operators that follow? */
  readonly filtered: boolean;
}

/** Tables at the start of a pipe; one alone, or behind `let`, may be filtered where it is used, and is left in peace. */
function* sources(node: KqlNode, operators: readonly KqlNode[] = []): Generator<Source> {
  const table = node.kind === 'PipeExpression' ? node.child('Expression') : undefined;
  if (node.kind === 'PipeExpression') {
    const operator = node.child('Operator');
    const all = operator ? [operator, ...operators] : operators;
    if (table?.kind === 'NameReference') {
      if (table.symbol?.kind === 'Table') yield { table, filtered: limitsItself(all) || all.some(comparesTime) };
    } else if (table) yield* sources(table, all);
    if (operator) for (const child of operator.children) yield* sources(child);
    return;
  }
  for (const child of node.children) yield* sources(child);
}

/** `getschema` and a `take` right behind the table read next to nothing. */
function limitsItself([first]: readonly KqlNode[]): boolean {
  return first !== undefined && /^(?:GetSchema|Take|Consume)Operator$/u.test(first.kind);
}

function comparesTime(operator: KqlNode): boolean {
  if (operator.kind !== 'FilterOperator' && operator.kind !== 'MakeSeriesOperator') return false;
  return [...operator.walk()].some((part) => part.symbol?.kind === 'Column' && part.scalarType === 'datetime');
}
