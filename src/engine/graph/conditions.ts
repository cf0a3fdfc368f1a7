import type { KqlNode } from '../../kql/node';
import { type Expression, sql } from '../expression';
import { filter, type Plan } from '../plan';
import { bool } from '../scalars/comparisons';
import type { Translator } from '../translator';
import type { ElementScope } from './elements';
import type { NodeRows } from './graph';
import type { Pattern, PatternEdge, PatternElement } from './pattern';

/** The conditions of a pattern, each where it can be tested first. */
export interface Conditions {
  /** Over the rows of one node or edge; of a repeated edge: of each edge of the path. */
  readonly ofElement: ReadonlyMap<PatternElement, readonly Expression[]>;
  /** Nodes that a path may pass through. */
  readonly ofInnerNodes: ReadonlyMap<PatternEdge, readonly { readonly rows: NodeRows; readonly plan: Plan }[]>;
  /** Over whole matches. */
  readonly ofMatch: readonly Expression[];
}

/** Takes a `where` apart at its `and`s. A condition on a property of a repeated edge holds for every edge of the path. */
export function readConditions(translator: Translator, elements: ElementScope, pattern: Pattern, where: KqlNode | undefined): Conditions {
  const ofElement = new Map<PatternElement, Expression[]>();
  const ofInnerNodes = new Map<PatternEdge, { rows: NodeRows; plan: Plan }[]>();
  const ofMatch: Expression[] = [];
  const condition = (node: KqlNode, scope: ElementScope): Expression => bool(translator.scalar(node, scope.scope));

  for (const part of where ? conjuncts(where.need('Condition')) : []) {
    const { elements: named, along, aggregated } = mentions(part, elements, pattern);
    const [single] = named.size === 1 ? named : [];
    const [path] = along.size === 1 ? along : [];
    const universal = universalOf(part, elements, pattern);
    if (universal?.inner) {
      const { rows, scope } = elements.inside(universal.edge, true);
      if ('id' in rows) append(ofInnerNodes, universal.edge, { rows, plan: filter(rows.plan, [condition(universal.body, scope)], translator.ids) });
    } else if (universal) append(ofElement, universal.edge, condition(universal.body, elements.along(universal.edge)));
    else if (single && along.size === 0 && aggregated.size === 0) append(ofElement, single, condition(part, elements.alone));
    else if (path && named.size === 0 && aggregated.size === 0) append(ofElement, path, condition(part, elements.along(path)));
    else if (path) ofMatch.push(elements.overPath(path, false, (inner) => sql('bool')`coalesce(bool_and(coalesce(${condition(part, inner)}, false)), true)`));
    else if (along.size > 1) translator.unsupported('two paths in one condition', part, 'Use all(), any() or map() on each.');
    else ofMatch.push(condition(part, elements));
  }
  return { ofElement, ofInnerNodes, ofMatch };
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

function conjuncts(node: KqlNode): KqlNode[] {
  if (node.kind === 'ParenthesizedExpression') return conjuncts(node.need('Expression'));
  if (node.kind === 'AndExpression') return [...conjuncts(node.need('Left')), ...conjuncts(node.need('Right'))];
  return [node];
}

/** `all(path, condition)` whose condition looks at nothing but the path. */
function universalOf(
  node: KqlNode,
  elements: ElementScope,
  pattern: Pattern,
): { readonly edge: PatternEdge; readonly inner: boolean; readonly body: KqlNode } | undefined {
  if (node.kind !== 'FunctionCallExpression' || node.need('Name').simpleName !== 'all') return undefined;
  const [path, body] = node.need('ArgumentList').list('Expressions');
  const target = path && elements.pathOf(path);
  if (!target || !body) return undefined;
  const { elements: named, along, aggregated } = mentions(body, elements, pattern);
  return named.size + along.size + aggregated.size === 0 ? { ...target, body } : undefined;
}

/** Elements of the pattern that an expression looks at. */
export interface Mentions {
  /** Nodes and single edges. */
  readonly elements: ReadonlySet<PatternElement>;
  /** Repeated edges whose properties stand by themselves: `edge.property`. */
  readonly along: ReadonlySet<PatternEdge>;
  /** Repeated edges as a whole, and in `all()`, `any()` and `map()`. */
  readonly aggregated: ReadonlySet<PatternEdge>;
}

export function mentions(root: KqlNode, scope: ElementScope, pattern: Pattern): Mentions {
  const elements = new Set<PatternElement>();
  const along = new Set<PatternEdge>();
  const aggregated = new Set<PatternEdge>();
  const visit = (node: KqlNode): void => {
    const path = node.kind === 'FunctionCallExpression' && pathFunctions.has(node.need('Name').simpleName ?? '') ? node.need('ArgumentList').list('Expressions') : [];
    const target = path[0] && scope.pathOf(path[0]);
    if (target) {
      aggregated.add(target.edge);
      path.slice(1).forEach(visit);
      return;
    }
    const base = node.kind === 'PathExpression' ? node.need('Expression') : node;
    const element = base.kind === 'NameReference' && base.symbol?.kind === 'Variable' ? pattern.named.get(base.simpleName ?? '') : undefined;
    if (!element) node.children.forEach(visit);
    else if (element.kind === 'node' || !element.range) elements.add(element);
    else (node === base ? aggregated : along).add(element);
  };
  visit(root);
  return { elements, along, aggregated };
}

const pathFunctions: ReadonlySet<string> = new Set(['all', 'any', 'map']);
