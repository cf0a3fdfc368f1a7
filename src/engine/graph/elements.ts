import type { KqlNode } from '../../kql/node';
import { convert } from '../conversions';
import type { Environment } from '../environment';
import { collectColumns, type Expression, literal, sql, sqlList } from '../expression';
import { newColumn, type Plan, type PlanColumn, reference, sqlName } from '../plan';
import { bool } from '../scalars/comparisons';
import type { PatternScope, RowScope, Scope } from '../scope';
import type { Translator } from '../translator';
import { degree, type EdgeRows, edgeRows, type Graph, type NodeRows, nodeRows } from './graph';
import type { Pattern, PatternEdge, PatternElement } from './pattern';

/** Functions of graph patterns. */
const names = ['all', 'any', 'inner_nodes', 'labels', 'map', 'node_degree_in', 'node_degree_out', 'node_id'];
export const graphFunctions: ReadonlySet<string> = new Set(names);

interface InnerNode {
  readonly number: PlanColumn;
  readonly id: PlanColumn;
}

/** The element of a path that is looked at: one of its edges, or one of its inner nodes. */
interface Current {
  readonly edge: PatternEdge;
  readonly properties: readonly PlanColumn[];
  readonly node?: InnerNode | undefined;
}

/** What an expression of `graph-match` may name: elements of the pattern, their properties, and the graph functions. */
export class ElementScope implements PatternScope {
  readonly #translator: Translator;
  readonly #graph: Graph;
  readonly #pattern: Pattern;
  readonly #environment: Environment;
  readonly #current: Current | undefined;

  /** Where values over paths are put: they are computed below the block that uses them. */
  readonly #computed: PlanColumn[] | undefined;

  constructor(
    translator: Translator,
    graph: Graph,
    pattern: Pattern,
    environment: Environment,
    place: { readonly current?: Current; readonly computed?: PlanColumn[] } = {},
  ) {
    this.#translator = translator;
    this.#graph = graph;
    this.#pattern = pattern;
    this.#environment = environment;
    this.#current = place.current;
    this.#computed = place.computed;
  }

  get scope(): Scope {
    return { environment: this.#environment, pattern: this, rows: rowScope(this.#current?.properties ?? []) };
  }

  property(variable: string, name: string, node: KqlNode): Expression | undefined {
    const element = this.#pattern.named.get(variable);
    if (!element) return undefined;
    const properties = this.#propertiesOf(element, node);
    const found = properties.find((property) => property.name === name);
    return found ? reference(found) : this.#translator.unsupported(`the property ${name} here`, node);
  }

  whole(variable: string): Expression | undefined {
    const element = this.#pattern.named.get(variable);
    if (!element) return undefined;
    if (element.kind === 'edge' && element.range) return this.overPath(element, false, (inner) => listed(bagOf(inner.#current?.properties ?? [])));
    return bagOf(element.rows.properties);
  }

  call(name: string, node: KqlNode): Expression | undefined {
    if (!graphFunctions.has(name)) return undefined;
    const args = node.need('ArgumentList').list('Expressions');
    switch (name) {
      case 'node_degree_in':
      case 'node_degree_out': {
        const { number } = this.#node(args[0], node);
        return this.#below(degree(this.#translator, this.#graph, number, name === 'node_degree_in' ? 'in' : 'out'));
      }
      case 'node_id':
        return reference(this.#node(args[0], node).id);
      case 'labels':
        // Graphs that a query makes have no labels.
        return literal('dynamic', '[]');
      case 'all':
      case 'any':
      case 'map':
        return this.#aggregate(name, args, node);
      default:
        return undefined;
    }
  }

  #aggregate(name: 'all' | 'any' | 'map', args: readonly KqlNode[], node: KqlNode): Expression {
    const [path, body] = args;
    const target = path && this.pathOf(path);
    if (!target || !body) return this.#translator.unsupported(`${name}() of something that is no path`, node);
    return this.overPath(target.edge, target.inner, (inner) => {
      const value = this.#translator.scalar(body, inner.scope);
      if (name === 'map') return listed(value);
      const holds = sql('bool')`coalesce(${bool(value)}, false)`;
      return name === 'all' ? sql('bool')`coalesce(bool_and(${holds}), true)` : sql('bool')`coalesce(bool_or(${holds}), false)`;
    });
  }

  /** The repeated edge that `edge` or `inner_nodes(edge)` names. */
  pathOf(node: KqlNode): { readonly edge: PatternEdge; readonly inner: boolean } | undefined {
    const inner = node.kind === 'FunctionCallExpression' && node.need('Name').simpleName === 'inner_nodes';
    const [argument] = inner ? node.need('ArgumentList').list('Expressions') : [node];
    const element = this.#pattern.named.get(argument?.simpleName ?? '');
    return element?.kind === 'edge' && element.range ? { edge: element, inner } : undefined;
  }

  /** The scope of rows that are no matches yet. */
  get alone(): ElementScope {
    return new ElementScope(this.#translator, this.#graph, this.#pattern, this.#environment);
  }

  /** The scope of one edge of a path, over the rows of the pattern's edge. */
  along(edge: PatternEdge): ElementScope {
    return this.#with({ edge, properties: edge.rows.properties });
  }

  /** Rows of their own for the edges of a path, or for its inner nodes, with their scope. */
  inside(edge: PatternEdge, inner: boolean): { readonly rows: EdgeRows | NodeRows; readonly scope: ElementScope } {
    const rows = inner ? nodeRows(this.#translator, this.#graph) : edgeRows(this.#translator, this.#graph);
    return { rows, scope: this.#with({ edge, properties: rows.properties, node: 'id' in rows ? rows : undefined }) };
  }

  /** An aggregate over the edges of a path, or over its inner nodes, in their order. It may use `ORDER BY o`. */
  overPath(edge: PatternEdge, inner: boolean, aggregate: (scope: ElementScope) => Expression): Expression {
    const { rows, scope } = this.inside(edge, inner);
    const value = aggregate(scope);
    const list = sqlName((inner ? edge.inner : edge.position).id);
    const read = new Set<number>();
    collectColumns(value, read);
    const own = new Set(rows.plan.columns.map(({ id }) => id));
    const outer = [...read].filter((id) => !own.has(id));
    const plan: Plan = {
      ...rows.plan,
      source: {
        names: new Map([...rows.plan.source.names, ...outer.map((id) => [id, sqlName(id)] as const)]),
        render: (needed, renderer) =>
          `(SELECT unnest(${list}) AS i, generate_subscripts(${list}, 1) AS o) AS p ` +
          `JOIN (${renderer.select(rows.plan, new Set([...needed, rows.number.id]))}) AS e ON i = ${sqlName(rows.number.id)}`,
      },
      columns: [newColumn(this.#translator.ids, '', value.type, value)],
    };
    return this.#below({ kind: 'subquery', type: value.type, plan, outer: [...outer, (inner ? edge.inner : edge.position).id] });
  }

  #with(current: Current): ElementScope {
    return new ElementScope(this.#translator, this.#graph, this.#pattern, this.#environment, { current });
  }

  /** The value as a column of the block below: DuckDB takes no sub-queries inside its lambdas. */
  #below(value: Expression): Expression {
    if (!this.#computed) return value;
    const column = newColumn(this.#translator.ids, '', value.type, value);
    this.#computed.push(column);
    return reference(column);
  }

  #propertiesOf(element: PatternElement, node: KqlNode): readonly PlanColumn[] {
    if (element.kind === 'node' || !element.range) return element.rows.properties;
    if (this.#current?.edge === element && !this.#current.node) return this.#current.properties;
    return this.#translator.unsupported(`the path ${element.name ?? ''} and another path in one expression`, node);
  }

  #node(argument: KqlNode | undefined, node: KqlNode): InnerNode {
    if (!argument) return this.#current?.node ?? this.#translator.invalid('Without an argument, this function stands for inner_nodes() only.', node);
    const element = this.#pattern.named.get(argument.simpleName ?? '');
    return element?.kind === 'node' ? element.rows : this.#translator.invalid(`${argument.text} is no node of the pattern.`, argument);
  }
}

function rowScope(properties: readonly PlanColumn[]): RowScope {
  const all = properties.map((property) => ({ name: property.name, expression: reference(property) }));
  return { find: (name) => all.find((entry) => entry.name === name)?.expression, all, order: [] };
}

function listed(value: Expression): Expression {
  return sql('dynamic', { notNull: true })`coalesce(to_json(list(${convert(value, 'dynamic')} ORDER BY o)), '[]'::JSON)`;
}

/** All properties as an object. */
function bagOf(properties: readonly PlanColumn[]): Expression {
  const entries = properties.flatMap((property) => [literal('string', property.name), convert(reference(property), 'dynamic')]);
  return sqlList('dynamic', 'json_object(', entries, ')');
}
