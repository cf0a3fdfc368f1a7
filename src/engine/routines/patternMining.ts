import { closedPatterns, type Pattern, related, type WeightedRow } from './closedPatterns';
import { type Routine, routine } from './routine';

interface Options {
  readonly threshold: number;
  readonly dimensions: number;
  readonly sizeWeight: number;
  /** Fewest columns with a value. */
  readonly fewest: number;
}

type Mine = (rows: readonly WeightedRow[], options: Options) => Pattern[];

const sum = (rows: readonly WeightedRow[], side: 'a' | 'b'): number => rows.reduce((all, row) => all + row[side], 0);
const given = ({ values }: Pattern): number => values.filter((value) => value !== null).length;

/** The closed patterns of at least that share of the rows: the published tables of basket hold these and no others. */
const basket: Mine = (rows, { threshold, dimensions }) => {
  const total = sum(rows, 'a');
  const patterns = closedPatterns(rows, (a) => a >= threshold * total, dimensions);
  return patterns.filter(({ a }) => a >= threshold * total).sort((one, other) => other.a - one.a || given(other) - given(one));
};

/**
 * Few patterns that say much about many rows. A pattern's score is the documented weighted geometric mean of its share of the rows and of
 * what it tells: the mean over all columns of how unusual its value is (a value that every row has tells nothing). Which measure Azure
 * takes for that, and how it ends its search, is not published. Here the best pattern is taken, then the next best that neither contains
 * it nor is contained in it, as long as they score half as much.
 */
const autocluster: Mine = (rows, { threshold, sizeWeight }) => {
  const total = sum(rows, 'a');
  const shares = new Map<string, number>();
  for (const { values, a } of rows) {
    values.forEach((value, column) => {
      const key = `${column} ${String(value)}`;
      shares.set(key, (shares.get(key) ?? 0) + a / total);
    });
  }
  const score = ({ values, a }: Pattern): number => {
    const unusual = values.map((value, column) => (value === null ? 0 : 1 - (shares.get(`${column} ${value}`) ?? 1)));
    const told = unusual.reduce((all, one) => all + one, 0) / values.length;
    return (a / total) ** sizeWeight * told ** (1 - sizeWeight);
  };
  const scored = closedPatterns(rows, (a) => a >= threshold * total, Infinity).map((pattern) => ({ pattern, score: score(pattern) }));
  const best = scored.reduce((most, one) => Math.max(most, one.score), 0);
  return unrelated(scored.filter((one) => one.score > 0 && one.score >= best / 2));
};

/** Patterns whose shares of the two sets differ by the threshold at least: the greatest differences that do not contain each other. */
const difference: Mine = (rows, { threshold, dimensions, fewest }) => {
  const totals = { a: Math.max(sum(rows, 'a'), Number.MIN_VALUE), b: Math.max(sum(rows, 'b'), Number.MIN_VALUE) };
  const patterns = closedPatterns(rows, (a, b) => a / totals.a >= threshold || b / totals.b >= threshold, dimensions);
  const scored = patterns.map((pattern) => ({ pattern, score: Math.abs(pattern.a / totals.a - pattern.b / totals.b) }));
  return unrelated(scored.filter((one) => one.score >= threshold && given(one.pattern) >= fewest));
};

/** From the highest score down those that are not related to one before; of equal ones those that say more. */
function unrelated(scored: readonly { readonly pattern: Pattern; readonly score: number }[]): Pattern[] {
  const kept: Pattern[] = [];
  for (const { pattern } of [...scored].sort((one, other) => other.score - one.score || given(other.pattern) - given(one.pattern))) {
    if (!kept.some((other) => related(pattern, other))) kept.push(pattern);
  }
  return kept;
}

const miners: Readonly<Record<string, Mine>> = { basket, autocluster, difference };

/**
 * `mine_patterns(kind, options, rows)`: a row is an array of the numbers of its values (null for none) and of two weights; so is a pattern.
 */
export const patternRoutines: readonly Routine[] = [
  routine('mine_patterns', 3, (kind, options, rows) => {
    const mine = miners[kind ?? ''];
    if (!mine) throw new Error(`no miner ${kind ?? ''}`);
    const parsed = JSON.parse(rows ?? '[]') as readonly (readonly [readonly (number | null)[], number, number])[];
    const { threshold = 0.05, dimensions, sizeWeight = 0.5, fewest = 1 } = JSON.parse(options ?? '{}') as Partial<Options>;
    const patterns = mine(
      parsed.map(([values, a, b]) => ({ values, a, b })),
      { threshold, dimensions: dimensions ?? Infinity, sizeWeight, fewest },
    );
    return JSON.stringify(patterns.map(({ values, a, b }) => [values, a, b]));
  }),
];
