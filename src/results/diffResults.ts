import type { CancellationToken } from '../common/cancellation';
import { HuntError } from '../common/errors';
import type { Column } from '../common/kqlTypes';
import type { DiffResults } from '../common/resultFiles';
import { wholeView } from '../common/resultViews';
import { physicalTypes } from '../engine/physicalTypes';
import { quoteText } from '../engine/render';
import { displayText } from './columnText';
import type { ResultStore, StoredResult } from './resultStore';
import { keySql } from './sqlParts';
import type { ViewColumn } from './viewColumns';
import type { ViewedResult } from './viewedResult';

/** A column of the comparison, and where the results have it. */
interface Shared {
  readonly name: string;
  readonly left?: ViewColumn | undefined;
  readonly right?: ViewColumn | undefined;
}

/**
 * Keeps the rows that two results do not share, as a new result: those of the left one, then those of the right one, each in its order.
 * Its first column `Difference` says which has the row; the others are those of both by name, then those of one. Rows are the same when
 * their keys are, nulls and NaN included; of rows that repeat, as many are shared as both have, the first ones.
 * Where a column's types differ, its texts are compared and shown (int and long, its numbers).
 * @throws HuntError `resultGone`; `refused` for keys that one of them has not.
 */
export async function diffResults(store: ResultStore, diff: DiffResults, token: CancellationToken): Promise<StoredResult> {
  const left = await store.viewed({ resultId: diff.left, view: wholeView }, token);
  const right = await store.viewed({ resultId: diff.right, view: wholeView }, token);
  const columns = sharedColumns(left.columns, right.columns);
  const keys = keyColumns(columns, diff.keys);
  const side = (own: 'left' | 'right', viewed: ViewedResult, other: ViewedResult): string => {
    const words = quoteText(`only in ${(own === 'left' ? diff.leftName : diff.rightName) ?? own}`);
    const output = [`${words} AS c0`, ...columns.map((column, index) => `${shownSql(column, own)} AS c${index + 1}`), `${own === 'left' ? 0 : 1} AS s`, 'i'];
    const matches = [...keys.map((_key, index) => `o.k${index} IS NOT DISTINCT FROM t.k${index}`), 'o.n = t.n'].join(' AND ');
    const [mine, theirs] = [numbered(viewed, keys, own, true), numbered(other, keys, own === 'left' ? 'right' : 'left', false)];
    return `SELECT ${output.join(', ')} FROM ${mine} t ANTI JOIN ${theirs} o ON ${matches}`;
  };
  const names = columns.map((_column, index) => `c${index + 1}`);
  const both = `(${side('left', left, right)}) UNION ALL (${side('right', right, left)})`;
  return store.create(
    {
      resultId: diff.resultId,
      notebookId: diff.notebookId,
      columns: [{ name: 'Difference', type: 'string' }, ...columns.map(outputColumn)],
      sql: `SELECT ${['c0', ...names].join(', ')} FROM (${both}) ORDER BY s, i`,
    },
    token,
  );
}

/** The rows of a result with their keys, and for each how many with the same keys came before it. */
function numbered(viewed: ViewedResult, keys: readonly Shared[], side: 'left' | 'right', whole: boolean): string {
  const key = keys.map((column, index) => `${comparedSql(column, side)} AS k${index}`);
  const names = keys.map((_key, index) => `k${index}`).join(', ');
  const count = `row_number() OVER (PARTITION BY ${names} ORDER BY i) AS n`;
  return `(SELECT *, ${count} FROM (SELECT ${[...(whole ? ['*'] : []), ...key, 'rowid AS i'].join(', ')} FROM ${viewed.relation}))`;
}

/** Columns of both by name, in the left one's order (of names that repeat, the first with the first, and so on), then those of one. */
function sharedColumns(left: readonly ViewColumn[], right: readonly ViewColumn[]): readonly Shared[] {
  const rest = [...right];
  const shared = left.map((column): Shared => {
    const at = rest.findIndex(({ name }) => name === column.name);
    return { name: column.name, left: column, right: at < 0 ? undefined : rest.splice(at, 1)[0] };
  });
  const isInBoth = ({ right: found }: Shared): boolean => found !== undefined;
  return [
    ...shared.filter(isInBoth),
    ...shared.filter((column) => !isInBoth(column)),
    ...rest.map((column): Shared => ({ name: column.name, right: column })),
  ];
}

function keyColumns(columns: readonly Shared[], names: readonly string[]): readonly Shared[] {
  const inBoth = columns.filter(({ left, right }) => left && right);
  const missing = names.find((name) => !inBoth.some((column) => column.name === name));
  if (missing !== undefined) {
    throw new HuntError({ kind: 'refused', message: `The results cannot be compared by "${missing}": not both have a column of this name.` });
  }
  if (inBoth.length === 0) throw new HuntError({ kind: 'refused', message: 'The results have no column of the same name to be compared by.' });
  return names.length === 0 ? inBoth : inBoth.filter(({ name }) => names.includes(name));
}

function outputColumn({ name, left, right }: Shared): Column {
  const [first, second] = [left?.type ?? right?.type, right?.type ?? left?.type];
  if (first === undefined || second === undefined) return { name, type: 'string' };
  if (first === second) return { name, type: first };
  return { name, type: isWhole(first) && isWhole(second) ? 'long' : 'string' };
}

const isWhole = (type: Column['type']): boolean => type === 'int' || type === 'long';

/** The value as the new result has it. */
function shownSql(column: Shared, side: 'left' | 'right'): string {
  const { type } = outputColumn(column);
  const own = column[side];
  if (!own) return type === 'string' ? "''" : `NULL::${physicalTypes[type]}`;
  if (own.type === type) return own.sql;
  return type === 'long' ? `CAST(${own.sql} AS BIGINT)` : `coalesce(${displayText(own.sql, own.type)}, '')`;
}

/** The value as it is compared. */
function comparedSql(column: Shared, side: 'left' | 'right'): string {
  const { type } = outputColumn(column);
  const sql = shownSql(column, side);
  return keySql({ name: column.name, type, sql });
}
