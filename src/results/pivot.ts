import type { CancellationToken } from '../common/cancellation';
import type { WireValue } from '../common/kqlTypes';
import type { Pivot, ReadPivot } from '../common/resultViews';
import { aggregateOf } from './aggregates';
import { groupKey } from './groupKey';
import type { Computed } from './sqlParts';
import type { ViewedResult } from './viewedResult';

/** Most cells in one answer, whatever is asked for. */
const MOST_ROWS = 10_000;
const MOST_COLUMNS = 1_000;

/** A cross table: its rows and its columns by their frequency, then in the order of their keys. */
export async function readPivot(viewed: ViewedResult, read: ReadPivot, token: CancellationToken): Promise<Pivot> {
  const across = groupKey(viewed.column(read.across));
  const keys = read.rows.map((column) => groupKey(viewed.column(column)));
  const aggregate = aggregateOf(read.aggregate, viewed);
  const heads = keysSql(viewed, [across], Math.min(MOST_COLUMNS, read.maxColumns));
  const sides = keysSql(viewed, keys, Math.min(MOST_ROWS, read.maxRows));
  const acrossRows = await viewed.rows(readKeys(heads, [across]), token);
  const keyRows = await viewed.rows(readKeys(sides, keys), token);
  const matches = keys.map(({ sql }, index) => `(${sql}) IS NOT DISTINCT FROM s.k${index}`);
  const cells = `SELECT s.i AS si, h.i AS hi, ${aggregate.sql} AS v FROM ${viewed.relation}
    JOIN (${heads}) h ON (${across.sql}) IS NOT DISTINCT FROM h.k0 JOIN (${sides}) s ON ${matches.join(' AND ') || 'true'}${viewed.where} GROUP BY s.i, h.i`;
  const values = keyRows.map(() => acrossRows.map((): WireValue => null));
  for (const [side, head, value] of await viewed.rows(`SELECT si, hi, ${aggregate.readSql('v')} FROM (${cells})`, token)) {
    const row = values[Number(side) - 1];
    if (row) row[Number(head) - 1] = aggregate.value(value);
  }
  return {
    across: acrossRows.map(([, , key]) => across.value(key)),
    rows: keyRows.map(([, , ...found], index) => ({ keys: keys.map((key, place) => key.value(found[place])), cells: values[index] ?? [] })),
    totalRows: Number(keyRows[0]?.[1] ?? 0),
    totalColumns: Number(acrossRows[0]?.[1] ?? 0),
  };
}

/** SQL of the most frequent combinations of keys as `k0`, `k1`, …, numbered from 1 as `i`; `t` is how many there are in all. */
function keysSql(viewed: ViewedResult, keys: readonly Computed[], most: number): string {
  const names = keys.map((_key, index) => `k${index}`);
  const made = [...keys.map(({ sql }, index) => `${sql} AS k${index}`), 'count(*) AS n'];
  const grouped = `SELECT ${made.join(', ')} FROM ${viewed.relation}${viewed.where}${names.length > 0 ? ` GROUP BY ${names.join(', ')}` : ' HAVING count(*) > 0'}`;
  const order = ['n DESC', ...names.map((name) => `${name} NULLS FIRST`)].join(', ');
  const numbered = `SELECT *, row_number() OVER (ORDER BY ${order}) AS i, count(*) OVER () AS t FROM (${grouped})`;
  return `SELECT * FROM (${numbered}) WHERE i <= ${Math.max(0, Math.trunc(most))}`;
}

function readKeys(sql: string, keys: readonly Computed[]): string {
  return `SELECT ${['i', 't', ...keys.map(({ readSql }, index) => readSql(`k${index}`))].join(', ')} FROM (${sql}) ORDER BY i`;
}
