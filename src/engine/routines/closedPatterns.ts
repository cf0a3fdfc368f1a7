/** One kind of rows: the number of its value in each column (null: a value that no pattern needs), and how many rows there are. */
export interface WeightedRow {
  readonly values: readonly (number | null)[];
  /** In the one set of rows, or in the first of two that are compared. */
  readonly a: number;
  /** In the second set. */
  readonly b: number;
}

/** Values that some rows share: a number for each column that has one value in all of them. */
export interface Pattern {
  readonly values: readonly (number | null)[];
  readonly a: number;
  readonly b: number;
}

/** Most values that are looked at for one question: some seconds' work. */
const MOST_WORK = 300_000_000;

/**
 * All closed patterns that are frequent: those to which no further value can be added without losing rows. Among patterns that the same
 * rows have there is one closed pattern, so nothing is told twice.
 *
 * They are found breadth first, from a closed pattern by one more value at a time; the number of values that had to be chosen, the others
 * following from them, is at most `dimensions`.
 *
 * @throws Error `Not supported: …` when there are too many.
 */
export function closedPatterns(rows: readonly WeightedRow[], isFrequent: (a: number, b: number) => boolean, dimensions: number): Pattern[] {
  const columns = rows[0]?.values.length ?? 0;
  const known = new Set<string>();
  const found: Pattern[] = [];
  let work = 0;
  const close = (members: readonly WeightedRow[]): Pattern & { readonly members: readonly WeightedRow[] } => {
    const values = [...(members[0]?.values ?? [])];
    let [a, b] = [0, 0];
    for (const member of members) {
      a += member.a;
      b += member.b;
      for (let column = 0; column < columns; column++) if (values[column] !== member.values[column]) values[column] = null;
    }
    return { values, a, b, members };
  };
  let level = [close(rows)];
  for (let depth = 0; level.length > 0; depth++) {
    const next: typeof level = [];
    for (const pattern of level) {
      if (pattern.values.some((value) => value !== null)) found.push({ values: pattern.values, a: pattern.a, b: pattern.b });
      if (depth >= dimensions) continue;
      for (const members of extensions(pattern, columns, isFrequent)) {
        work += members.length * columns;
        if (work > MOST_WORK) throw new Error('Not supported: so many patterns: take fewer columns, or a higher threshold');
        const closed = close(members);
        const key = closed.values.join();
        if (known.has(key)) continue;
        known.add(key);
        next.push(closed);
      }
    }
    level = next;
  }
  return found;
}

/** Rows of the pattern that share one more value, for each value that enough of them have. */
function extensions(
  pattern: Pattern & { readonly members: readonly WeightedRow[] },
  columns: number,
  isFrequent: (a: number, b: number) => boolean,
): WeightedRow[][] {
  const extended: WeightedRow[][] = [];
  for (let column = 0; column < columns; column++) {
    if (pattern.values[column] !== null) continue;
    const groups = new Map<number, { a: number; b: number; readonly members: WeightedRow[] }>();
    for (const member of pattern.members) {
      const value = member.values[column];
      if (value === null || value === undefined) continue;
      const group = groups.get(value) ?? { a: 0, b: 0, members: [] };
      group.a += member.a;
      group.b += member.b;
      group.members.push(member);
      groups.set(value, group);
    }
    for (const { a, b, members } of groups.values()) if (isFrequent(a, b)) extended.push(members);
  }
  return extended;
}

/** Does one of the patterns say all that the other says? */
export function related(one: Pattern, other: Pattern): boolean {
  const within = (inner: Pattern, outer: Pattern): boolean =>
    inner.values.every((value, column) => value === null || outer.values[column] === value);
  return within(one, other) || within(other, one);
}
