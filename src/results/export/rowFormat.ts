import type { ViewColumn } from '../viewColumns';

/** A text format of rows. The database writes each row, on all processors; what surrounds the rows is written here. */
export interface RowFormat {
  readonly head: (columns: readonly ViewColumn[]) => string;
  /** SQL of a row as text, never NULL. */
  readonly row: (columns: readonly ViewColumn[]) => string;
  /** Rows as they came from the database, put together. */
  readonly text: (rows: readonly string[]) => string;
  readonly foot: (columns: readonly ViewColumn[], rows: number) => string;
}

/** Names that differ, case aside where `ignoringCase`: a name that was there gets a number. */
export function uniqueNames(names: readonly string[], ignoringCase: boolean): readonly string[] {
  const fold = (name: string): string => (ignoringCase ? name.toLowerCase() : name);
  const taken = new Set(names.map(fold));
  const numbers = new Map<string, number>();
  return names.map((name) => {
    const number = numbers.get(fold(name));
    numbers.set(fold(name), number ?? 1);
    if (number === undefined) return name;
    let next = number + 1;
    while (taken.has(fold(`${name}_${next}`))) next++;
    taken.add(fold(`${name}_${next}`));
    numbers.set(fold(name), next);
    return `${name}_${next}`;
  });
}
