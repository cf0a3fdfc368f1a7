import type { CancellationToken } from '../common/cancellation';
import type { FindInView, FoundInView } from '../common/resultViews';
import { containsText } from './columnText';
import type { ViewCache } from './viewCache';
import type { ViewedResult } from './viewedResult';

/** Cells that contain a text: how many there are in the rows of a view up to each. */
export interface Hits {
  /** At i: cells in the first i rows; one longer than the view. */
  readonly upTo: Float64Array;
  readonly byteLength: number;
}

/** The next cell that contains a text, in reading order, and how many there are. What was counted is kept for the next jump. */
export async function findInView(
  viewed: ViewedResult,
  read: FindInView,
  cache: ViewCache<Hits>,
  token: CancellationToken,
): Promise<FoundInView> {
  const columns = [...new Set(read.columns)].filter((index) => viewed.columns[index] !== undefined);
  const found = columns.map((index) => {
    const { sql, type } = viewed.column(index);
    return containsText(sql, type, read.text);
  });
  const flags = `CAST(to_json([${found.map((sql) => sql ?? 'false').join(', ')}]) AS VARCHAR)`;
  const searched = found.flatMap((sql) => sql ?? []);
  if (searched.length === 0) return { ordinal: 0, total: 0 };
  const { upTo } = await cache.use(`${viewed.key} ${JSON.stringify([read.text, columns])}`, () => countHits(viewed, searched, token), token);
  const rows = upTo.length - 1;
  const total = upTo[rows] ?? 0;
  if (total === 0) return { ordinal: 0, total: 0 };
  const hitsIn = (row: number): boolean => (upTo[row + 1] ?? 0) > (upTo[row] ?? 0);
  const at = async (row: number): Promise<readonly number[]> => {
    const [read] = await viewed.run([flags], { first: row, end: row + 1 }, token);
    const json = read?.values[0];
    const contains: readonly unknown[] = typeof json === 'string' ? (JSON.parse(json) as unknown[]) : [];
    return contains.flatMap((flag, place) => (flag === true ? [place] : []));
  };
  const hit = (row: number, places: readonly number[], place: number): FoundInView => ({
    hit: { row, column: columns[place] ?? 0 },
    ordinal: (upTo[row] ?? 0) + places.indexOf(place) + 1,
    total,
  });
  const start = Math.max(0, Math.min(rows - 1, Math.trunc(read.from.row)));
  const step = read.backwards ? -1 : 1;
  if (hitsIn(start)) {
    const places = await at(start);
    const from = columns.indexOf(read.from.column);
    const place = read.backwards ? places.findLast((found) => found < from) : places.find((found) => found > from);
    if (place !== undefined) return hit(start, places, place);
  }
  for (let passed = 1; passed <= rows; passed++) {
    const row = (start + step * passed + rows * 2) % rows;
    if (!hitsIn(row)) continue;
    const places = await at(row);
    const place = read.backwards ? places.at(-1) : places[0];
    if (place !== undefined) return hit(row, places, place);
  }
  return { ordinal: 0, total };
}

async function countHits(viewed: ViewedResult, searched: readonly string[], token: CancellationToken): Promise<Hits> {
  // A list, for a sum of thousands of terms is too deep for the database.
  const count = `coalesce(list_sum([${searched.map((sql) => `CAST(${sql} AS INTEGER)`).join(', ')}]), 0)`;
  const byRow = await viewed.integers(`SELECT CAST(${count} AS INTEGER) FROM ${viewed.relation} ORDER BY rowid`, token);
  const order = await viewed.order(token);
  const rows = order?.length ?? byRow.length;
  const upTo = new Float64Array(rows + 1);
  for (let row = 0; row < rows; row++) upTo[row + 1] = (upTo[row] ?? 0) + (byRow[order?.[row] ?? row] ?? 0);
  return { upTo, byteLength: upTo.byteLength };
}
