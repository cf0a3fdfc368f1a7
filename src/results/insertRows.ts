import type { Column, WireRow, WireValue } from '../common/kqlTypes';
import { wireLiteral } from './wireLiteral';

const ROWS_PER_STATEMENT = 500;

/** SQL that puts rows into the table of a result, some hundred with each statement. Texts are never null. */
export function* insertRows(relation: string, columns: readonly Column[], rows: readonly WireRow[]): Generator<string> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const some = rows.slice(start, start + ROWS_PER_STATEMENT);
    const values = some.map((row) => `(${columns.map((column, index) => stored(row[index] ?? null, column)).join(', ')})`);
    yield `INSERT INTO ${relation} VALUES ${values.join(', ')}`;
  }
}

function stored(value: WireValue, column: Column): string {
  return value === null && column.type === 'string' ? "''" : wireLiteral(value, column);
}
