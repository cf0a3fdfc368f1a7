import type { Column } from '../../common/kqlTypes';
import { column, type Expression } from '../expression';
import { asSet, type Plan, planOf, type Source, sqlName } from '../plan';
import type { Translator } from '../translator';

/** What a SELECT of a plugin's own is written with. */
export interface Writing {
  /** A plan as a FROM item whose columns are named as told. */
  readonly table: (plan: Plan, names: readonly string[]) => string;
  /** An expression that reads no columns. */
  readonly value: (expression: Expression) => string;
}

/**
 * A plan whose rows a SELECT of a plugin's own gives: as many columns as told, in that order. Nobody says in which order such rows come:
 * here by the first `sorted` columns.
 */
export function writtenPlan(translator: Translator, columns: readonly Column[], sorted: number, write: (writing: Writing) => string): Plan {
  const { ids } = translator;
  const own = columns.map(({ name, type }) => ({ id: ids.next(), name, type }));
  const names = own.map(({ id }) => sqlName(id));
  const source: Source = {
    names: new Map(own.map(({ id }) => [id, sqlName(id)])),
    render: (_needed, renderer) =>
      `(${write({
        table: (plan, given) => `(${renderer.select(asSet(plan, ids), undefined, given)})`,
        value: (expression) => renderer.expression(expression, nowhere),
      })}) AS w${ids.next()}(${names.join(', ')})`,
  };
  const order = own.slice(0, sorted).map(({ id, type }) => {
    return { expression: column(id, type), descending: false, nullsFirst: true, implicit: true };
  });
  return planOf(source, own, { order });
}

const nowhere: Source = { names: new Map(), render: () => '' };
