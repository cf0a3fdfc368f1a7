import { sql } from '../expression';
import { referenceShared, share } from '../lets';
import { newColumn, type Plan } from '../plan';
import { group } from './grouping';
import type { Operator, OperatorInput } from './registry';

/** `fork`: several tables. A cell shows one, the first; the others are checked, and named in a warning. */
export const fork: Operator = (operator) => {
  const { node, environment, translator } = operator;
  const read = inputs(operator);
  const tables = node.list('Expressions').map((expression, index) => ({
    name: expression.child('NameEquals')?.need('Name').simpleName ?? `the table ${index + 1}`,
    plan: translator.table(expression.need('Expression'), environment, read()),
  }));
  return first(operator, tables);
};

/** `facet`: "one for the with clause, and one for each column". The first is shown. */
export const facet: Operator = (operator) => {
  const { node, environment, translator } = operator;
  const read = inputs(operator);
  const filter = node.child('WithClause')?.need('Expression');
  const filtered = filter && { name: 'with', plan: translator.table(filter, environment, read()) };
  const counted = node.list('Expressions').map((column) => {
    const rows = read();
    const value = translator.scalar(column, translator.scopeOf(rows, environment));
    const name = column.simpleName ?? '';
    const key = newColumn(translator.ids, name, value.type, value);
    const count = newColumn(translator.ids, `count_${name}`, 'long', sql('long', { notNull: true })`count(*)`);
    return { name, plan: group(translator, rows, [key], [count]) };
  });
  return first(operator, [...(filtered ? [filtered] : []), ...counted]);
};

/** The input is computed once, however many read it. */
function inputs({ input, translator }: OperatorInput): () => Plan {
  const shared = share(translator, input, true);
  return () => referenceShared(translator, shared);
}

function first({ node, translator }: OperatorInput, tables: readonly { readonly name: string; readonly plan: Plan }[]): Plan {
  const [shown, ...others] = tables;
  if (!shown) return translator.unsupported('this operator', node);
  if (others.length > 0) {
    const rest = others.map(({ name }) => name).join(', ');
    translator.warnings.push(`The query gives ${tables.length} tables and a cell shows the first. Not shown: ${rest}. Ask for them in cells of their own.`);
  }
  return shown.plan;
}
