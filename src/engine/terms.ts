import { type Expression, literal, sql } from './expression';

/**
 * `has` and its family look for whole terms: runs of letters and digits. An end of the wanted text that is a letter or digit must meet
 * the end of a term; an end that is punctuation may meet anything.
 */
export type TermMatch = 'has' | 'hasprefix' | 'hassuffix';

const termCharacter = /[\p{L}\p{N}]/u;
const boundaryClass = '[^\\pL\\pN]';

/** A regular expression (RE2) for the wanted text with its term boundaries. */
export function termPattern(wanted: string, match: TermMatch): string {
  const characters = Array.from(wanted);
  const head = termCharacter.test(characters[0] ?? '') && match !== 'hassuffix' ? `(?:^|${boundaryClass})` : '';
  const tail = termCharacter.test(characters.at(-1) ?? '') && match !== 'hasprefix' ? `(?:$|${boundaryClass})` : '';
  return `${head}${escapePattern(wanted)}${tail}`;
}

export function escapePattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/gu, '\\$&').replaceAll('\0', '\\x00').replaceAll('\n', '\\n');
}

/** `text has "wanted"`, with a cheap test first. */
export function termTest(text: Expression, wanted: Expression, match: TermMatch, caseSensitive: boolean): Expression {
  if (wanted.kind !== 'literal') return sql('bool', { notNull: true })`kql.${match}_term(${fold(text, caseSensitive)}, ${fold(wanted, caseSensitive)})`;
  const word = String(wanted.value);
  if (word === '') return literal('bool', true);
  const pattern = literal('string', `${caseSensitive ? '' : '(?i)'}${termPattern(word, match)}`);
  const folded = fold(text, caseSensitive);
  return sql('bool', { notNull: true })`(contains(${folded}, ${literal('string', caseSensitive ? word : lower(word))}) AND regexp_matches(${text}, ${pattern}))`;
}

/** Any of several constant terms, as one pattern. */
export function anyTermTest(text: Expression, words: readonly string[], match: TermMatch): Expression {
  const pattern = `(?i)(?:${words.map((word) => termPattern(word, match)).join('|')})`;
  return sql('bool', { notNull: true })`regexp_matches(${text}, ${literal('string', pattern)})`;
}

export function fold(text: Expression, caseSensitive = false): Expression {
  if (caseSensitive) return text;
  if (text.kind === 'literal') return literal('string', lower(String(text.value)));
  return sql('string')`lower(${text})`;
}

export const lower = (text: string): string => text.toLowerCase();
