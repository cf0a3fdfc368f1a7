import { HuntError } from '../common/errors';
import { TICKS_PER_MILLISECOND } from '../common/kqlTypes';
import { toWire } from '../engine/wire';
import { type Computed, computed, isNumeric, isTime, keySql, wholeOf } from './sqlParts';
import type { ViewColumn } from './viewColumns';

/**
 * What rows are put together by: a column's values, or bins of them (`bin` milliseconds for times, else units). A bin's value is its start.
 * @throws HuntError `refused` when there are no bins of the column's type, or the size is not positive.
 */
export function groupKey(column: ViewColumn, bin?: number): Computed {
  if (bin === undefined) return computed(keySql(column), column.type);
  const ofTime = isTime(column.type);
  if (!(bin > 0 && Number.isFinite(bin)) || !(ofTime || isNumeric(column.type))) {
    const message = `The ${column.type} column "${column.name}" cannot be put into bins of ${bin}.`;
    throw new HuntError({ kind: 'refused', message });
  }
  const size = ofTime ? Math.max(1, Math.round(bin * Number(TICKS_PER_MILLISECOND))) : bin;
  const isWhole = column.type !== 'real' && column.type !== 'decimal' && Number.isSafeInteger(size);
  return isWhole ? wholeBins(column, BigInt(size)) : realBins(column, size);
}

/** The key is the number of the bin: the start of the lowest is below what a 64-bit integer holds. */
function wholeBins({ sql, type }: ViewColumn, size: bigint): Computed {
  return {
    sql: `CASE WHEN ${sql} % ${size} < 0 THEN ${sql} // ${size} - 1 ELSE ${sql} // ${size} END`,
    readSql: (name) => name,
    value: (read) => {
      if (read === null) return null;
      const start = BigInt(read as bigint | number) * size;
      return isTime(type) ? toWire(start, type) : wholeOf(start);
    },
  };
}

function realBins({ sql }: ViewColumn, size: number): Computed {
  return {
    sql: `floor(CAST(${sql} AS DOUBLE) / '${size}'::DOUBLE)`,
    readSql: (name) => name,
    value: (read) => (read === null ? null : toWire(Number(read) * size, 'real')),
  };
}
