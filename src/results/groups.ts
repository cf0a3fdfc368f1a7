import type { CancellationToken } from '../common/cancellation';
import type { GroupPage, ReadGroups, ReadValueCounts, ValueCounts } from '../common/resultViews';
import { aggregateOf } from './aggregates';
import { containsText } from './columnText';
import { groupKey } from './groupKey';
import type { ViewedResult } from './viewedResult';

/** Most groups or values in one answer, whatever is asked for. */
const MOST_AT_ONCE = 10_000;

/** A page of groups. Groups that are equal in the order stand in the order of their keys; missing values are lowest. */
export async function readGroups(viewed: ViewedResult, read: ReadGroups, token: CancellationToken): Promise<GroupPage> {
  const key = groupKey(viewed.column(read.by), read.bin);
  const aggregates = read.aggregates.map((aggregate) => aggregateOf(aggregate, viewed));
  const made = [`${key.sql} AS k`, 'count(*) AS n', ...aggregates.map(({ sql }, index) => `${sql} AS a${index}`)];
  const groups = `(SELECT ${made.join(', ')} FROM ${viewed.relation}${viewed.where} GROUP BY k)`;
  const readable = [key.readSql('k'), 'n', 'count(*) OVER ()', ...aggregates.map(({ readSql }, index) => readSql(`a${index}`))];
  const offset = Math.max(0, Math.trunc(read.offset));
  const sql = `SELECT ${readable.join(', ')} FROM ${groups} ORDER BY ${orderOf(read)} LIMIT ${bounded(read.count)} OFFSET ${offset}`;
  const rows = await viewed.rows(sql, token);
  const total = rows[0]?.[2] ?? (offset === 0 ? 0 : (await viewed.rows(`SELECT count(*) FROM ${groups}`, token))[0]?.[0]);
  return {
    groups: rows.map(([value, count, , ...values]) => ({
      key: key.value(value),
      rows: Number(count),
      aggregates: aggregates.map((aggregate, index) => aggregate.value(values[index])),
    })),
    total: Number(total),
  };
}

function orderOf({ orderBy, descending, aggregates }: ReadGroups): string {
  const direction = descending ? 'DESC NULLS LAST' : 'ASC NULLS FIRST';
  if (orderBy === 'key') return `k ${direction}`;
  const isAggregate = typeof orderBy === 'number' && aggregates[orderBy] !== undefined;
  return `${isAggregate ? `a${orderBy}` : 'n'} ${direction}, k NULLS FIRST`;
}

/** Values of a column, most frequent first, then in their order. */
export async function readValueCounts(viewed: ViewedResult, read: ReadValueCounts, token: CancellationToken): Promise<ValueCounts> {
  const column = viewed.column(read.column);
  const key = groupKey(column);
  const searched = read.contains === '' ? undefined : (containsText('k', column.type, read.contains) ?? 'false');
  const counted = `SELECT ${key.sql} AS k, count(*) AS n FROM ${viewed.relation}${viewed.where} GROUP BY k`;
  const sql = `SELECT ${key.readSql('k')}, n, count(*) OVER () FROM (${counted})
    ${searched === undefined ? '' : `WHERE ${searched}`} ORDER BY n DESC, k NULLS FIRST LIMIT ${Math.max(1, bounded(read.limit))}`;
  const rows = await viewed.rows(sql, token);
  return { values: rows.map(([value, count]) => ({ value: key.value(value), rows: Number(count) })), total: Number(rows[0]?.[2] ?? 0) };
}

function bounded(count: number): number {
  return Math.max(0, Math.min(MOST_AT_ONCE, Math.trunc(count)));
}
