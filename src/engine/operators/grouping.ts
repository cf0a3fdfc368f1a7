import { type Expression, hasWindow } from '../expression';
import { absorb, asSet, nest, type Plan, type PlanColumn, planOf, planSource, project, reference } from '../plan';
import type { Renderer } from '../render';
import type { Translator } from '../translator';

/**
 * `GROUP BY`: keys and aggregates are over the output of `input`. Without keys there is one row, as in Kusto.
 * The aggregates' SQL may hold aggregate functions.
 */
export function group(translator: Translator, input: Plan, keys: readonly PlanColumn[], aggregates: readonly PlanColumn[]): Plan {
  const { ids } = translator;
  if (keys.some(({ expression }) => hasWindow(expression))) {
    // `by row_number()`: a window is computed before the groups.
    const below = named(translator, input, keys.map(({ expression }) => expression));
    const computed = keys.map((key, index): PlanColumn => ({ ...key, expression: below.columns[index] ?? key.expression }));
    return group(translator, below.plan, computed, aggregates);
  }
  let set = asSet(input, ids);
  if (set.columns.some((planColumn) => hasWindow(planColumn.expression))) set = nest(set, ids);
  const { plan: base, expressions } = absorb(
    set,
    [...keys, ...aggregates].map((planColumn) => planColumn.expression),
    ids,
  );
  const own = [...keys, ...aggregates].map((planColumn, index): PlanColumn => ({
    ...planColumn,
    expression: expressions[index] ?? planColumn.expression,
  }));
  // Each partition is grouped by itself.
  const partition: PlanColumn[] = base.partition
    ? [{ id: ids.next(), name: '', type: base.partition.type, expression: base.partition }]
    : [];
  const columns = [...partition, ...own];
  const inner: Plan = { ...base, columns };
  const keyCount = keys.length + partition.length;
  const source = {
    names: planSource(inner).names,
    render: (needed: ReadonlySet<number>, renderer: Renderer): string => {
      // Every key stays: it decides the rows.
      const wanted = new Set([...needed, ...columns.slice(0, keyCount).map(({ id }) => id)]);
      const kept = columns.filter(({ id }) => wanted.has(id));
      const select = renderer.grouped(() =>
        renderer.select({ ...inner, columns: kept.length > 0 ? kept : columns.slice(0, 1) }, undefined),
      );
      const positions = Array.from({ length: keyCount }, (_, index) => index + 1).join(', ');
      return `(${select}${keyCount > 0 ? ` GROUP BY ${positions}` : ''})`;
    },
  };
  return planOf(source, own, { partition: partition[0] && reference(partition[0]) });
}

/** An expression evaluated once below, so that it can be named several times. */
export function named(
  translator: Translator,
  input: Plan,
  expressions: readonly Expression[],
): { readonly plan: Plan; readonly columns: readonly Expression[] } {
  const fresh = expressions.map((expression): PlanColumn => ({ id: translator.ids.next(), name: '', type: expression.type, expression }));
  const plan = project(
    input,
    [...input.columns.map((planColumn) => ({ ...planColumn, expression: reference(planColumn) })), ...fresh],
    translator.ids,
  );
  return { plan, columns: fresh.map(reference) };
}
