import { convert } from '../conversions';
import { type Expression, sql } from '../expression';
import { planOf, type Source, sqlName } from '../plan';
import { outputColumns } from './outputs';
import type { SourceOperator } from './registry';
import { physicalTypes } from '../physicalTypes';

const MOST_ROWS = 100_000_000;

/** `range x from a to b step c`; empty when the step leads away from the end. */
export const range: SourceOperator = ({ node, environment, translator }) => {
  const [declared] = outputColumns({ node, translator });
  const type = declared?.type ?? 'long';
  const id = translator.ids.next();
  const scope = { environment };
  const stepType = type === 'datetime' ? 'timespan' : type;
  const from = convert(translator.scalar(node.need('From'), scope), type);
  const to = convert(translator.scalar(node.need('To'), scope), type);
  const step = convert(translator.scalar(node.need('Step'), scope), stepType);
  const nothing: Source = { names: new Map(), render: () => '' };
  const source: Source = {
    names: new Map([[id, sqlName(id)]]),
    render: (_needed, renderer) => {
      const [a, b, c] = [from, to, step].map((value: Expression) => renderer.expression(value, nothing));
      const steps = type === 'real' || type === 'decimal' ? `CAST(floor((${b} - ${a}) / ${c} + 1e-9) AS BIGINT)` : `((${b} - ${a}) // ${c})`;
      const count = `coalesce(CASE WHEN ${c} = 0 OR (${b} - ${a}) * sign(${c}) < 0 THEN 0 ELSE ${steps} + 1 END, 0)`;
      const value = renderer.expression(sql(type)`CAST(${from} + i.i * ${step} AS ${type === 'real' ? 'DOUBLE' : type === 'decimal' ? physicalTypes.decimal : type === 'int' ? 'INTEGER' : 'BIGINT'})`, nothing);
      return `(SELECT ${value} AS ${sqlName(id)} FROM range(least(${count}, ${MOST_ROWS})) AS i(i))`;
    },
  };
  return planOf(source, [{ id, name: declared?.name ?? 'range', type }], { serialized: true });
};
