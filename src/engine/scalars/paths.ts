import type { KqlNode } from '../../kql/node';
import { convert, jsonPath } from '../conversions';
import { type Expression, type Origin, sql } from '../expression';
import type { Scope } from '../scope';
import type { Translator } from '../translator';
import type { ScalarKinds } from './registry';

/** Steps into dynamic values: `a.b`, `a["b"]`, `a[0]`, `a[-1]`, `a[name]`; and `$left.a`. */
export const paths: ScalarKinds = {
  PathExpression({ node, scope, translator }) {
    const base = node.need('Expression');
    const selector = node.need('Selector');
    const side = joinSide(base);
    if (side) {
      const rows = side === '$left' ? scope.rows?.left : scope.rows?.right;
      const found = rows?.find(selector.simpleName ?? selector.text);
      return found ?? translator.unsupported(`${side} here`, node);
    }
    const ofPattern = base.kind === 'NameReference' ? scope.pattern?.property(base.simpleName ?? '', selector.simpleName ?? selector.text, node) : undefined;
    if (ofPattern) return ofPattern;
    if (selector.kind === 'FunctionCallExpression') return translator.unsupported(`the qualified name ${node.text}`, node);
    if (selector.kind === 'BracketedExpression') return step(translator, translator.scalar(base, scope), selector, scope, node);
    return stepInto(translator.scalar(base, scope), selector.simpleName ?? selector.text);
  },
  ElementExpression({ node, scope, translator }) {
    const selector = node.need('Selector');
    return step(translator, translator.scalar(node.need('Expression'), scope), selector, scope, node);
  },
};

function joinSide(node: KqlNode): '$left' | '$right' | undefined {
  const text = node.kind === 'NameReference' ? node.text : '';
  return text === '$left' || text === '$right' ? text : undefined;
}

function step(translator: Translator, base: Expression, selector: KqlNode, scope: Scope, node: KqlNode): Expression {
  const inner = selector.kind === 'BracketedExpression' ? selector.need('Expression') : selector;
  if (base.type !== 'dynamic') return translator.unsupported(`[${inner.text}] of a ${base.type}`, node);
  const key = translator.scalar(inner, scope);
  if (key.kind === 'literal' && key.value !== null && (key.type === 'string' || key.type === 'long' || key.type === 'int')) {
    return stepInto(base, typeof key.value === 'bigint' ? key.value : String(key.value));
  }
  if (key.type === 'long' || key.type === 'int') return sql('dynamic')`kql.element(${base}, ${key})`;
  if (key.type === 'dynamic') return sql('dynamic')`kql.dynamic_step(${base}, ${key})`;
  return sql('dynamic')`kql.member(${base}, ${convert(key, 'string')})`;
}

/** A constant step; consecutive steps become one path. */
export function stepInto(base: Expression, key: string | bigint): Expression {
  const before: Origin | undefined = base.kind === 'sql' && base.origin?.name === 'path' ? base.origin : undefined;
  const root = before?.args[0] ?? base;
  const path = [...(before?.path ?? []), key];
  return sql('dynamic', { origin: { name: 'path', args: [root], path } })`nullif(json_extract(${root}, ${jsonPath(path)}), 'null'::JSON)`;
}
