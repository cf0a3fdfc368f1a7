import { type Expression, literal, sql } from './expression';

/**
 * `has` and its family look for whole terms: runs of letters and digits. An end of the wanted text that is a letter or digit must meet
 * the end of a term; an end that is punctuation may meet anything.
 */
export type TermMatch = 'has' | 'hasprefix' | 'hassuffix';

const termCharacter = /[\p{L}\p{N}]/u;
/**
 * What may stand beside a term for certain. RE2 takes two milliseconds to compile the class of all that is neither letter nor digit, for
 * each `has` of a query: the few texts in which the wanted one touches a character beyond ASCII are left to a routine.
 */
const asciiBoundary = '[^0-9A-Za-z\\x{80}-\\x{10FFFF}]';
const beyondAscii = '[^\\x00-\\x7F]';

/** A regular expression (RE2) for the wanted text with its term boundaries, where its neighbours are ASCII. */
function termPattern(wanted: string, match: TermMatch, modes: string): string {
  const characters = Array.from(wanted);
  const head = termCharacter.test(characters[0] ?? '') && match !== 'hassuffix' ? `(?:^|${asciiBoundary})` : '';
  const tail = termCharacter.test(characters.at(-1) ?? '') && match !== 'hasprefix' ? `(?:$|${asciiBoundary})` : '';
  return `${head}(?${modes}:${escapePattern(wanted)})${tail}`;
}

/** Do the terms meet their boundaries in a text? `routine` decides where neighbours are not ASCII. */
function boundaryTest(text: Expression, words: readonly string[], match: TermMatch, modes: string, routine: Expression): Expression {
  const near = literal('string', words.map((word) => termPattern(word, match, modes)).join('|'));
  const any = `(?${modes}:${words.map(escapePattern).join('|')})`;
  const touching = literal('string', `${beyondAscii}${any}|${any}${beyondAscii}`);
  return sql('bool', {
    notNull: true,
  })`CASE WHEN regexp_matches(${text}, ${near}) THEN true WHEN strlen(${text}) = length(${text}) THEN false WHEN regexp_matches(${text}, ${touching}) THEN ${routine} ELSE false END`;
}

export function escapePattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/gu, '\\$&').replaceAll('\0', '\\x00').replaceAll('\n', '\\n');
}

/** `text has "wanted"`, with a cheap test first. */
export function termTest(text: Expression, wanted: Expression, match: TermMatch, caseSensitive: boolean): Expression {
  if (wanted.kind !== 'literal') return longTermTest(text, wanted, match, caseSensitive);
  const word = String(wanted.value);
  if (word === '') return literal('bool', true);
  const folded = fold(text, caseSensitive);
  const wantedText = literal('string', caseSensitive ? word : lower(word));
  const routine = sql('bool')`(routine_has_term(${folded}, ${wantedText}, '${match}') = 'true')`;
  const boundaries = boundaryTest(text, [word], match, caseSensitive ? '' : 'i', routine);
  // Of two conditions joined by AND DuckDB may try the costly one first.
  return sql('bool', { notNull: true })`CASE WHEN contains(${folded}, ${wantedText}) THEN ${boundaries} ELSE false END`;
}

/** {@link termTest} for a text that is costly to plan, or wanted texts that are not constant: it mentions the text twice. */
export function longTermTest(text: Expression, wanted: Expression, match: TermMatch, caseSensitive: boolean): Expression {
  return sql('bool', { notNull: true })`kql.${match}_term(${fold(text, caseSensitive)}, ${fold(wanted, caseSensitive)})`;
}

/** Any of several constant terms, without regard to case, as one pattern. */
export function anyTermTest(text: Expression, words: readonly string[], match: TermMatch): Expression {
  const tests = words.map((word) => sql('bool')`(routine_has_term(${fold(text)}, ${literal('string', lower(word))}, '${match}') = 'true')`);
  const routine = tests.reduce<Expression>((all, test) => sql('bool')`(${all} OR ${test})`, literal('bool', false));
  return boundaryTest(text, words, match, 'i', routine);
}

export function fold(text: Expression, caseSensitive = false): Expression {
  if (caseSensitive) return text;
  if (text.kind === 'literal') return literal('string', lower(String(text.value)));
  return sql('string')`lower(${text})`;
}

export const lower = (text: string): string => text.toLowerCase();
