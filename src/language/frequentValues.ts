import type { ValueCount } from '../common/resultViews';

export type { ValueCount };

/** Longer ones are payloads that nobody compares with as a whole. UTF-16 code units. */
const LONGEST_VALUE = 200;

/**
 * The most frequent texts of a column that several results have.
 * @param counted Of each result its values with their counts; a value may occur more than once.
 */
export function frequentValues(counted: readonly (readonly ValueCount[])[], most: number): readonly string[] {
  const rows = new Map<string, number>();
  for (const { value, rows: count } of counted.flat()) {
    if (typeof value === 'string' && value !== '' && value.length <= LONGEST_VALUE) rows.set(value, (rows.get(value) ?? 0) + count);
  }
  const sorted = [...rows].sort(([left, leftRows], [right, rightRows]) => rightRows - leftRows || (left < right ? -1 : 1));
  return sorted.slice(0, most).map(([value]) => value);
}
