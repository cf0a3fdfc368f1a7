import type { KqlNode } from '../kql/node';
import { convert } from './conversions';
import { asCondition, type Expression, literal, sql, sqlList } from './expression';
import { bool } from './scalars/comparisons';
import type { ScalarInput } from './scalars/registry';
import type { Scope } from './scope';
import { escapePattern, fold, longTermTest, lower, termTest } from './terms';

/** Types whose text a search looks at. */
const searched = new Set(['string', 'dynamic', 'guid', 'int', 'long', 'real', 'decimal']);

export interface PredicateInput extends ScalarInput {
  /** A text alone is looked for in every column (`search`, `find`). */
  readonly terms?: boolean | undefined;
  readonly caseSensitive?: boolean | undefined;
}

/** A condition in which `*` stands for any column. */
export function predicate(input: PredicateInput): Expression {
  const { node, scope, translator } = input;
  const again = (part: KqlNode): Expression => predicate({ ...input, node: part });
  switch (node.kind) {
    case 'ParenthesizedExpression':
      return again(node.need('Expression'));
    case 'AndExpression':
    case 'OrExpression': {
      const [left, right] = [again(node.need('Left')), again(node.need('Right'))];
      return sql('bool')`(${asCondition(left)} ${node.kind === 'AndExpression' ? 'AND' : 'OR'} ${asCondition(right)})`;
    }
    case 'StarExpression':
      return literal('bool', true);
    case 'StringLiteralExpression':
    case 'CompoundStringLiteralExpression':
      if (input.terms) return anyWord(scope, node.literalText ?? '', input.caseSensitive === true);
      break;
    case 'SearchExpression': {
      const right = node.need('Right');
      const word = right.literalText ?? translator.unsupported('a computed term of search', right);
      const left = node.need('Left');
      if (left.kind === 'StarExpression') return anyWord(scope, word, input.caseSensitive === true);
      return wordTest(convert(translator.scalar(left, scope), 'string'), word, input.caseSensitive === true);
    }
    case 'FunctionCallExpression': {
      const [argument] = node.need('ArgumentList').list('Expressions');
      if (argument && node.need('Name').simpleName === 'not') return sql('bool', { notNull: true })`(NOT coalesce(${again(argument)}, false))`;
      break;
    }
    default:
      if (node.child('Left')?.kind === 'StarExpression') return anyColumn(scope, (star) => bool(translator.scalar(node, { ...scope, star })));
  }
  if (input.caseSensitive) return translator.unsupported('search kind=case_sensitive with other conditions than terms', node);
  return bool(translator.scalar(node, scope));
}

const searchedColumns = (scope: Scope): Expression[] =>
  (scope.rows?.all ?? []).map(({ expression }) => expression).filter(({ type }) => searched.has(type));

/** Text of a column among others, in as few functions as it takes: hundreds of tables have thousands of columns. */
function shortText(column: Expression): Expression {
  if (column.type === 'string') return column;
  return column.type === 'dynamic' ? sql('string')`(${column} ->> '$')` : sql('string')`CAST(${column} AS VARCHAR)`;
}

/**
 * Is the term in the text of some column? All columns are one text, a line each: neither a term nor the `.` of a pattern reaches beyond a
 * line, and one test costs a fraction of one for each column.
 */
function anyWord(scope: Scope, word: string, caseSensitive: boolean): Expression {
  if (word.includes('\n')) return anyColumn(scope, (text) => wordTest(text, word, caseSensitive));
  const texts = searchedColumns(scope).map(shortText);
  return texts.length === 0 ? literal('bool', false) : wordTest(sqlList('string', 'concat_ws(chr(10), ', texts, ')'), word, caseSensitive, true);
}

/** Does the test hold for the text of some column? */
function anyColumn(scope: Scope, test: (text: Expression) => Expression): Expression {
  const [first, ...rest] = searchedColumns(scope).map((column) => asCondition(test(convert(column, 'string'))));
  if (!first) return literal('bool', false);
  return rest.reduce((all, next) => sql('bool')`(${all} OR ${next})`, first);
}

/** A term, with `*` at an end for the rest of a word, at both for any place, inside for anything between. */
function wordTest(text: Expression, word: string, caseSensitive: boolean, isLong = false): Expression {
  const starts = word.endsWith('*');
  const ends = word.startsWith('*');
  const bare = word.replace(/^\*|\*$/gu, '');
  if (bare === '') return literal('bool', true);
  if (bare.includes('*')) {
    const pattern = `${caseSensitive ? '' : '(?i)'}\\b${bare.split('*').map(escapePattern).join('.*')}\\b`;
    return sql('bool', { notNull: true })`regexp_matches(${text}, ${literal('string', pattern)})`;
  }
  const wanted = literal('string', bare);
  if (starts && ends) return sql('bool', { notNull: true })`contains(${fold(text, caseSensitive)}, ${literal('string', caseSensitive ? bare : lower(bare))})`;
  const match = starts ? 'hasprefix' : ends ? 'hassuffix' : 'has';
  return isLong ? longTermTest(text, wanted, match, caseSensitive) : termTest(text, wanted, match, caseSensitive);
}
