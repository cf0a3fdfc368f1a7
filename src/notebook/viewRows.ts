import { type CancellationToken, neverCancelled } from '../common/cancellation';
import type { Column, WireRow, WireValue } from '../common/kqlTypes';
import type { Viewed } from '../common/resultViews';
import type { EngineClient } from './engineClient';

/** Rows of a view by their numbers in it, whole: values that pages cut are read on their own. @throws HuntError `resultGone` */
export async function viewRows(
  engine: EngineClient,
  { resultId, view }: Viewed,
  numbers: readonly number[],
  token: CancellationToken = neverCancelled,
): Promise<readonly WireRow[]> {
  const rows = new Map<number, WireValue[]>();
  for (const { first, count } of runsOf(numbers)) {
    const page = await engine.call('readPage', { resultId, view, offset: first, count }, token);
    page.rows.forEach((row, nth) => rows.set(first + nth, [...row]));
    for (const { row, column } of page.cuts) {
      const whole = rows.get(first + row);
      if (whole) whole[column] = await engine.call('readValue', { resultId, view, row: first + row, column }, token);
    }
  }
  return numbers.flatMap((number) => {
    const row = rows.get(number);
    return row ? [row] : [];
  });
}

/** Columns of a view: those of the result, then those that are read out of them. */
export function viewColumns(columns: readonly Column[], { view }: Viewed): readonly Column[] {
  return [...columns, ...(view.derived ?? []).map(({ name }) => ({ name, type: 'dynamic' as const }))];
}

/** Most rows of one page. */
const PAGE = 1000;

/** Numbers that follow each other are read together. */
function runsOf(numbers: readonly number[]): readonly { readonly first: number; readonly count: number }[] {
  const runs: { first: number; count: number }[] = [];
  for (const number of [...new Set(numbers)].sort((left, right) => left - right)) {
    const last = runs.at(-1);
    if (last && last.first + last.count === number && last.count < PAGE) last.count++;
    else runs.push({ first: number, count: 1 });
  }
  return runs;
}
