import { convert } from '../conversions';
import { type Expression, sql } from '../expression';
import { fold, termTest, type TermMatch } from '../terms';
import { re2Pattern } from '../patterns';
import type { ScalarInput, ScalarKind, ScalarKinds } from './registry';

type TextTest = (text: Expression, wanted: Expression) => Expression;

const contains: TextTest = (text, wanted) => sql('bool', { notNull: true })`contains(${text}, ${wanted})`;
const startsWith: TextTest = (text, wanted) => sql('bool', { notNull: true })`starts_with(${text}, ${wanted})`;
const endsWith: TextTest = (text, wanted) => sql('bool', { notNull: true })`ends_with(${text}, ${wanted})`;
const equals: TextTest = (text, wanted) => sql('bool', { notNull: true })`(${text} = ${wanted})`;

const ignoringCase =
  (test: TextTest): TextTest =>
  (text, wanted) =>
    test(fold(text), fold(wanted));
const term =
  (match: TermMatch, caseSensitive: boolean): TextTest =>
  (text, wanted) =>
    termTest(text, wanted, match, caseSensitive);

function predicate(test: TextTest, negated = false): ScalarKind {
  return ({ node, scope, translator }) => {
    const text = convert(translator.scalar(node.need('Left'), scope), 'string');
    const wanted = convert(translator.scalar(node.need('Right'), scope), 'string');
    const found = test(text, wanted);
    return negated ? sql('bool', { notNull: true })`(NOT ${found})` : found;
  };
}

function matchesRegex({ node, scope, translator }: ScalarInput): Expression {
  const text = convert(translator.scalar(node.need('Left'), scope), 'string');
  const pattern = re2Pattern(convert(translator.scalar(node.need('Right'), scope), 'string'), node, translator);
  return sql('bool', { notNull: true })`regexp_matches(${text}, ${pattern})`;
}

/** Operators on strings; other operands count by their text. */
export const textPredicates: ScalarKinds = {
  HasExpression: predicate(term('has', false)),
  NotHasExpression: predicate(term('has', false), true),
  HasCsExpression: predicate(term('has', true)),
  NotHasCsExpression: predicate(term('has', true), true),
  HasPrefixExpression: predicate(term('hasprefix', false)),
  NotHasPrefixExpression: predicate(term('hasprefix', false), true),
  HasPrefixCsExpression: predicate(term('hasprefix', true)),
  NotHasPrefixCsExpression: predicate(term('hasprefix', true), true),
  HasSuffixExpression: predicate(term('hassuffix', false)),
  NotHasSuffixExpression: predicate(term('hassuffix', false), true),
  HasSuffixCsExpression: predicate(term('hassuffix', true)),
  NotHasSuffixCsExpression: predicate(term('hassuffix', true), true),
  ContainsExpression: predicate(ignoringCase(contains)),
  NotContainsExpression: predicate(ignoringCase(contains), true),
  ContainsCsExpression: predicate(contains),
  NotContainsCsExpression: predicate(contains, true),
  StartsWithExpression: predicate(ignoringCase(startsWith)),
  NotStartsWithExpression: predicate(ignoringCase(startsWith), true),
  StartsWithCsExpression: predicate(startsWith),
  NotStartsWithCsExpression: predicate(startsWith, true),
  EndsWithExpression: predicate(ignoringCase(endsWith)),
  NotEndsWithExpression: predicate(ignoringCase(endsWith), true),
  EndsWithCsExpression: predicate(endsWith),
  NotEndsWithCsExpression: predicate(endsWith, true),
  EqualTildeExpression: predicate(ignoringCase(equals)),
  BangTildeExpression: predicate(ignoringCase(equals), true),
  LikeExpression: ({ node, translator }) => translator.unsupported('the operator like', node, 'Use contains or matches regex.'),
  MatchesRegexExpression: matchesRegex,
};
