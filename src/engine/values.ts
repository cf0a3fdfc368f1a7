import type { Column } from '../common/kqlTypes';
import { type Expression, literal } from './expression';
import { type Plan, planOf, type Source, sqlName } from './plan';
import { physicalTypes } from './physicalTypes';
import type { Translator } from './translator';

const nothing: Source = { names: new Map(), render: () => '' };

/** Rows written in the query. They keep their order. */
export function valuesPlan(translator: Translator, columns: readonly Column[], rows: readonly (readonly Expression[])[]): Plan {
  const planColumns = columns.map((column) => ({ ...column, id: translator.ids.next() }));
  const ordinal = translator.ids.next();
  const source: Source = {
    names: new Map([...planColumns.map(({ id }) => [id, sqlName(id)] as const), [ordinal, sqlName(ordinal)]]),
    render: (_needed, renderer) => {
      const names = [...planColumns.map(({ id }) => sqlName(id)), sqlName(ordinal)].join(', ');
      if (rows.length === 0) {
        const nulls = planColumns.map(({ id, type }) => `NULL::${physicalTypes[type]} AS ${sqlName(id)}`);
        return `(SELECT ${[...nulls, `0 AS ${sqlName(ordinal)}`].join(', ')} WHERE false)`;
      }
      const values = rows.map((row, index) => `(${[...row.map((value) => renderer.expression(value, nothing)), String(index)].join(', ')})`);
      return `(VALUES ${values.join(', ')}) AS t(${names})`;
    },
  };
  const order = [{ expression: { kind: 'column', id: ordinal, type: 'long' } as const, descending: false, nullsFirst: true, implicit: true }];
  return planOf(source, planColumns, rows.length > 1 ? { order, serialized: true } : {});
}

/** One row without columns: what `print` computes on. */
export function oneRow(translator: Translator): Plan {
  return valuesPlan(translator, [{ name: '', type: 'long' }], [[literal('long', 0n)]]);
}
