import { HuntError } from '../common/errors';
import type { NewBookmark, NewHuntingQuery, WatchlistRow } from '../common/sentinelService';
import { watchlistBaseColumns } from '../kql/globals';

/** What a new watchlist is made of. */
export interface NewWatchlist {
  readonly alias: string;
  readonly name: string;
  readonly searchKey: string;
  readonly rows: readonly WatchlistRow[];
}

/** @throws HuntError `refused` for what the service would refuse. */
export function checkBookmark({ name, query, queryResult }: NewBookmark): void {
  if (name.trim() === '') refuse('A bookmark needs a name.');
  if (query.trim() === '') refuse(`The bookmark "${name}" needs the query that found it.`);
  if (!isJsonObject(queryResult)) refuse(`The bookmark "${name}" needs the row that it marks, as a JSON object.`);
}

/** @throws HuntError `refused` */
export function checkHuntingQuery({ name, query }: NewHuntingQuery): void {
  if (name.trim() === '') refuse('A hunting query needs a name.');
  if (query.trim() === '') refuse(`The hunting query "${name}" holds no query.`);
}

/** 3 to 64 characters: letters and digits at the ends, spaces, hyphens and underscores between. */
const aliasPattern = /^[A-Za-z0-9][A-Za-z0-9 _-]{1,62}[A-Za-z0-9]$/u;

/**
 * The columns of a new watchlist: those of its rows, in order of appearance.
 * @throws HuntError `refused`
 * @see https://learn.microsoft.com/azure/sentinel/watchlists-create
 */
export function checkNewWatchlist({ alias, name, searchKey, rows }: NewWatchlist): readonly string[] {
  if (!aliasPattern.test(alias)) {
    refuse(`"${alias}" is no alias for a watchlist: write 3 to 64 letters, digits, spaces, - or _, with a letter or digit at both ends.`);
  }
  if (name.trim() === '') refuse('A watchlist needs a name.');
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) refuse(`The watchlist "${alias}" needs at least one row with a column.`);
  for (const column of columns) checkColumn(column, columns);
  if (!columns.includes(searchKey)) refuse(`The search key "${searchKey}" is none of the columns ${columns.join(', ')}.`);
  return columns;
}

/**
 * @param columns Those that the watchlist has.
 * @throws HuntError `refused`
 */
export function checkWatchlistRows(alias: string, columns: readonly string[], rows: readonly WatchlistRow[]): void {
  if (rows.length === 0) refuse('There are no rows to be added.');
  const known = new Set(columns);
  const unknown = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((column) => !known.has(column));
  if (unknown.length === 0) return;
  refuse(`The watchlist "${alias}" has no ${unknown.length === 1 ? 'column' : 'columns'} ${unknown.join(', ')}. It has ${columns.join(', ')}.`);
}

export function aliasTaken(alias: string): HuntError {
  return new HuntError({ kind: 'refused', message: `There is a watchlist "${alias}" already. Choose another alias, or add the rows to it.` });
}

/** @throws HuntError `refused`, whatever it is that someone else changed or deleted meanwhile. */
export function refuseChanged(what: string): never {
  refuse(`Someone else changed ${what} meanwhile. Nothing was written; look at it again and decide.`);
}

function checkColumn(column: string, columns: readonly string[]): void {
  if (column.trim() === '') refuse('A column of a watchlist needs a name.');
  if (/[\r\n]/u.test(column)) refuse(`A column of a watchlist has its name on one line: ${JSON.stringify(column)}.`);
  const same = columns.find((other) => other !== column && other.toLowerCase() === column.toLowerCase());
  if (same !== undefined) refuse(`The columns ${same} and ${column} differ in case alone.`);
  if (!reservedColumns.has(column.toLowerCase())) return;
  refuse(`Every watchlist has a column ${column} of the service's: give yours another name.`);
}

const reservedColumns: ReadonlySet<string> = new Set(watchlistBaseColumns.map(({ name }) => name.toLowerCase()));

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function refuse(message: string): never {
  throw new HuntError({ kind: 'refused', message });
}
