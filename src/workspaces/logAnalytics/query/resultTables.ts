import { kqlLiteral, kqlName } from '../../../common/kqlLiterals';
import type { CancellationToken } from '../../../common/cancellation';
import { HuntError } from '../../../common/errors';
import type { Column } from '../../../common/kqlTypes';
import type { Database } from '../../../engine/database';
import { toWire, wireExpression } from '../../../engine/wire';
import type { StoredResult } from '../../../results/resultStore';

/** Longest text of results in a query, UTF-16 code units. The service takes queries of up to 2 million characters. */
export const MOST_RESULT_CHARS = 1_000_000;

const ROWS_AT_ONCE = 2_000;

/**
 * Results of earlier cells as `let` statements with `datatable`, so that a query in Azure can use them beside the workspace's tables.
 * @throws HuntError `refused` when they are too large, or have columns that no table can have.
 */
export async function resultStatements(
  database: Database,
  results: readonly { readonly name: string; readonly stored: StoredResult }[],
  token: CancellationToken,
): Promise<string> {
  const statements: string[] = [];
  let left = MOST_RESULT_CHARS;
  for (const { name, stored } of results) {
    const statement = await datatable(database, name, stored, left, token);
    statements.push(statement);
    left -= statement.length;
  }
  return statements.join('');
}

async function datatable(database: Database, name: string, stored: StoredResult, most: number, token: CancellationToken): Promise<string> {
  const { columns, relation, rowCount } = stored;
  refuseColumns(name, columns);
  const schema = columns.map((column) => `${kqlName(column.name)}:${column.type}`).join(', ');
  const values = columns.map(({ type }, index) => wireExpression(`c${index}`, type)).join(', ');
  const lines: string[] = [];
  let length = schema.length;
  for (let from = 0; from < rowCount; from += ROWS_AT_ONCE) {
    const condition = `rowid >= ${from} AND rowid < ${from + ROWS_AT_ONCE}`;
    const rows = await database.rows(`SELECT ${values} FROM ${relation} WHERE ${condition} ORDER BY rowid`, token);
    for (const row of rows) {
      const line = columns.map(({ type }, index) => kqlLiteral(toWire(row[index], type), type)).join(', ');
      length += line.length + 2;
      if (length > most) throw tooLarge(name, rowCount);
      lines.push(line);
    }
  }
  return `let ${kqlName(name)} = datatable(${schema})[\n${lines.join(',\n')}\n];\n`;
}

function refuseColumns(name: string, columns: readonly Column[]): void {
  const names = new Set<string>();
  for (const column of columns) {
    if (names.has(column.name)) {
      const message = `The result "${name}" has two columns "${column.name}": rename one with project-rename in its cell, so that it can be sent with a query.`;
      throw new HuntError({ kind: 'refused', message });
    }
    names.add(column.name);
  }
  if (columns.length > 0) return;
  throw new HuntError({ kind: 'refused', message: `The result "${name}" has no columns: it cannot be sent with a query.` });
}

function tooLarge(name: string, rowCount: number): HuntError {
  const message =
    `The result "${name}" (${rowCount.toLocaleString('en-US')} rows) is too large to be sent with a query: together with other results it may take 1 MB of text. ` +
    `Keep only the columns and rows that the query needs (project, distinct, take) in a cell of its own, or use "${name}" without tables of the workspace: then it runs on this machine.`;
  return new HuntError({ kind: 'refused', message });
}
