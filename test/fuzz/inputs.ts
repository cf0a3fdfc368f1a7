import { everyLargeInput, everyNestedInput, largeInput, nestedInput } from './extremes';
import { likelyQuery, wordSoup } from './grammar';
import { characters, hostileText } from './hostileText';
import { mutated } from './mutations';
import { Random } from './randomness';
import { functionTexts, operatorTexts, tableNames } from './vocabulary';

export interface FuzzInput {
  readonly kind: 'characters' | 'words' | 'query' | 'mutated' | 'nested' | 'large';
  readonly text: string;
}

/** The largest literals and the deepest nesting that are tried. */
export const LARGEST = 1_000_000;
export const DEEPEST = 5_000;

const soupWords = [...operatorTexts, ...functionTexts.map((name) => `${name}(`), ...tableNames];

/** The input of a number: always the same for the same seed. */
export function inputAt(seed: number, index: number, realQueries: readonly string[]): FuzzInput {
  const random = new Random(seed * 1_000_003 + index);
  const share = random.next();
  if (share < 0.15) return { kind: 'characters', text: random.chance(0.5) ? characters(random, random.between(0, 60)) : hostileText(random) };
  if (share < 0.35) return { kind: 'words', text: wordSoup(random, soupWords) };
  if (share < 0.7 || realQueries.length === 0) return { kind: 'query', text: likelyQuery(random) };
  if (share < 0.985) return { kind: 'mutated', text: mutated(random, realQueries) };
  // Sizes over several orders of magnitude, the largest seldom: they are tried one by one as well.
  const size = Math.floor(10 ** (random.next() * 3));
  if (share < 0.998) return { kind: 'nested', text: nestedInput(random, size) };
  return { kind: 'large', text: largeInput(random, size * 30) };
}

/** Every extreme form at its full size. */
export function extremeInputs(): FuzzInput[] {
  const random = new Random(1);
  return [
    ...[30, DEEPEST].flatMap((size) => everyNestedInput(size, random).map((text): FuzzInput => ({ kind: 'nested', text }))),
    ...everyLargeInput(LARGEST, random).map((text): FuzzInput => ({ kind: 'large', text })),
  ];
}
