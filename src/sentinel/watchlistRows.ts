import type { Column, WireRow } from '../common/kqlTypes';

/** Rows of a watchlist as the service takes them: texts by column name. */
export type TextRow = Readonly<Record<string, string>>;

/** For each column of a watchlist, the index of the column of a result that fills it; undefined: it stays empty. */
export function matchColumns(wanted: readonly string[], columns: readonly Column[]): readonly (number | undefined)[] {
  const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return wanted.map((name) => {
    const same = columns.findIndex((column) => column.name === name);
    const found = same === -1 ? columns.findIndex((column) => plain(column.name) === plain(name)) : same;
    return found === -1 ? undefined : found;
  });
}

/** The rows as texts; rows that are the same are one. @param filled For each wanted column, see {@link matchColumns}. */
export function textRows(wanted: readonly string[], filled: readonly (number | undefined)[], rows: readonly WireRow[]): readonly TextRow[] {
  const made = new Map<string, TextRow>();
  for (const row of rows) {
    const entries = wanted.map((name, nth) => {
      const index = filled[nth];
      return [name, index === undefined ? '' : String(row[index] ?? '')] as const;
    });
    made.set(JSON.stringify(entries), Object.fromEntries(entries));
  }
  return [...made.values()];
}

/** Names by which a result's columns stand in a new watchlist: each once, none empty. */
export function watchlistColumns(columns: readonly Column[]): readonly string[] {
  const taken = new Set<string>();
  return columns.map(({ name }, index) => {
    const base = name.trim() === '' ? `Column${index + 1}` : name.trim();
    let unique = base;
    for (let nth = 2; taken.has(unique.toLowerCase()); nth++) unique = `${base}${nth}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** Why a text is no alias; undefined: it is one. @see https://learn.microsoft.com/azure/sentinel/watchlists-create */
export function aliasProblem(alias: string): string | undefined {
  if (alias.length < 3 || alias.length > 64) return '3 to 64 characters';
  return /^[A-Za-z0-9][A-Za-z0-9 _-]*[A-Za-z0-9]$/.test(alias) ? undefined : 'letters, digits, _ and -; the first and the last a letter or digit';
}

/** A query on a watchlist. */
export function watchlistQuery(alias: string): string {
  return `_GetWatchlist('${alias.replace(/['\\]/g, '\\$&')}')`;
}
