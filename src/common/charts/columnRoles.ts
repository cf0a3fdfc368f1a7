import type { Column, WireRow } from '../kqlTypes';

/**
 * What a column can be in a chart. `times` and `numbers` are arrays of `dynamic`, as `make-series` makes them: a row of the result is
 * a line of the chart.
 */
export type ColumnRole = 'time' | 'number' | 'text' | 'times' | 'numbers';

/** Rows that are looked at to learn what a `dynamic` column holds. */
const sampled = 20;

export function columnRoles(columns: readonly Column[], rows: readonly WireRow[]): readonly ColumnRole[] {
  return columns.map(({ type }, index) => {
    switch (type) {
      case 'datetime':
        return 'time';
      case 'int':
      case 'long':
      case 'real':
      case 'decimal':
      case 'timespan':
        return 'number';
      case 'dynamic':
        return roleOfDynamic(rows.slice(0, sampled).map((row) => row[index]));
      case 'string':
      case 'guid':
      case 'bool':
        return 'text';
    }
  });
}

/** Long values may be cut, so that their beginning has to tell. */
function roleOfDynamic(values: readonly unknown[]): ColumnRole {
  const texts = values.filter((value): value is string => typeof value === 'string' && value !== '' && !/^\[\s*\]$/u.test(value));
  if (texts.length === 0) return 'text';
  if (texts.every((text) => /^\[\s*"\d{4}-\d\d-\d\dT/u.test(text))) return 'times';
  return texts.every((text) => /^\[\s*(?:null\s*,\s*)*(?:-?\d|"NaN"|null\s*\])/u.test(text)) ? 'numbers' : 'text';
}
