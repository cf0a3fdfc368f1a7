import type { KqlNode } from '../kql/node';
import { type Expression, literal } from './expression';
import type { Translator } from './translator';

/** A regular expression for DuckDB's RE2, which is Kusto's flavour, too. Constant ones are looked at first. */
export function re2Pattern(pattern: Expression, node: KqlNode, translator: Translator): Expression {
  if (pattern.kind !== 'literal') return pattern;
  const text = String(pattern.value);
  if (/\(\?(?:=|!|<=|<!)/u.test(text)) translator.invalid('Regular expressions have no look-ahead or look-behind in KQL.', node);
  // Python's spelling of named groups is the one RE2 always knows.
  return literal('string', text.replace(/\(\?<(?=[A-Za-z])/gu, '(?P<'));
}
