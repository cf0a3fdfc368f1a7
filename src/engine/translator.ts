import { HuntError, type TextSpan } from '../common/errors';
import type { Visualization } from '../common/engineProtocol';
import { parse } from '../kql/analysis';
import type { KqlNode } from '../kql/node';
import type { Catalog, CatalogTable } from './catalog';
import { type Environment } from './environment';
import type { Expression } from './expression';
import type { ExternalFiles } from './externalFiles';
import { scalarOf } from './subqueries';
import { operators, sourceOperators } from './operators/registry';
import { callFunctionTable, openBody } from './calls';
import { bindLets, type Shared } from './lets';
import { withSegments } from './segments';
import { ColumnIds, nest, type Plan } from './plan';
import { rowsOf, type Scope } from './scope';
import { scalarKinds } from './scalars/registry';
import { tableKinds } from './tables';

export interface TranslatorInput {
  readonly root: KqlNode;
  readonly catalog: Catalog;
  readonly now: bigint;
  readonly timeRange?: { readonly start: bigint; readonly end: bigint } | undefined;
  /** Files that `externaldata` may read; absent: none. */
  readonly external?: ExternalFiles | undefined;
  /** Place in the cell of a node of the analysed text. */
  readonly spanOf: (node: KqlNode) => TextSpan | undefined;
}

/** Most bodies of functions that are opened for one query. */
const MOST_CALLS = 2000;

/** Turns the bound tree into plans and expressions. One object per translation. */
export class Translator {
  readonly ids = new ColumnIds();
  readonly now: bigint;
  readonly catalog: Catalog;
  readonly timeRange: { readonly start: bigint; readonly end: bigint } | undefined;
  readonly external: ExternalFiles | undefined;
  readonly usedTables = new Set<CatalogTable>();
  readonly warnings: string[] = [];
  /** Tables that `as` named. */
  readonly named = new Map<string, Shared>();
  /** Columns that the binder counts on and answers do not have. */
  readonly phantoms = new Set<string>();
  visualization: Visualization | undefined;
  readonly #spanOf: (node: KqlNode) => TextSpan | undefined;
  /** The call that is being opened: nodes of the called body have no place in the cell. */
  #callSite: KqlNode | undefined;
  readonly #mentions = new Map<string, number>();
  #names = 0;
  #calls = 0;

  constructor(input: TranslatorInput) {
    this.catalog = input.catalog;
    this.now = input.now;
    this.timeRange = input.timeRange;
    this.external = input.external;
    this.#spanOf = input.spanOf;
    for (const node of input.root.walk()) {
      const name = node.kind === 'NameReference' ? node.simpleName : undefined;
      if (name) this.#mentions.set(name, (this.#mentions.get(name) ?? 0) + 1);
    }
  }

  spanOf(node: KqlNode): TextSpan | undefined {
    return this.#spanOf(this.#callSite ?? node);
  }

  /** A function's body is being translated: its nodes have no place in the text. */
  get insideCall(): boolean {
    return this.#callSite !== undefined;
  }

  /** Refuses what the engine does not do. */
  unsupported(feature: string, node: KqlNode, advice?: string): never {
    throw new HuntError({ kind: 'unsupported', feature, advice, span: this.spanOf(node) });
  }

  /** Refuses what Kusto would refuse, too. */
  invalid(message: string, node: KqlNode): never {
    throw new HuntError({ kind: 'query', message, span: this.spanOf(node) });
  }

  /** Errors inside `work` point at the call. */
  atCall<T>(call: KqlNode, work: () => T): T {
    const outer = this.#callSite;
    // Functions that call others twice, each of which does so again, grow beyond all bounds.
    if (++this.#calls > MOST_CALLS) this.unsupported(`more than ${MOST_CALLS} calls of functions inside each other`, outer ?? call);
    this.#callSite = outer ?? call;
    try {
      return work();
    } finally {
      this.#callSite = outer;
    }
  }

  /** A name for a shared relation. */
  relationName(): string {
    return `s${++this.#names}`;
  }

  /** A scalar expression. */
  scalar(node: KqlNode, scope: Scope): Expression {
    const translate = scalarKinds.get(node.kind);
    if (!translate) return this.unsupported(describeKind(node), node);
    return translate({ node, scope, translator: this });
  }

  /** A tabular expression. `input` is what an operator without a source reads, inside `mv-apply` and the like. */
  table(node: KqlNode, environment: Environment, input?: Plan): Plan {
    if (node.kind === 'PipeExpression') {
      return this.operator(node.need('Operator'), this.table(node.need('Expression'), environment, input), environment);
    }
    const source = sourceOperators.get(node.kind);
    if (source && !(input && operators.has(node.kind))) return source({ node, environment, translator: this });
    if (input && operators.has(node.kind)) return this.operator(node, input, environment);
    const translate = tableKinds.get(node.kind);
    if (!translate) return this.unsupported(describeKind(node), node);
    return translate({ node, environment, translator: this });
  }

  operator(node: KqlNode, input: Plan, environment: Environment): Plan {
    const apply = operators.get(node.kind);
    if (!apply) return this.unsupported(describeKind(node), node);
    // What looks at neighbouring rows needs the order's keys in reach.
    if (input.partition && !partitioned.has(node.kind)) return this.unsupported(`${describeKind(node)} inside a sub-query`, node);
    const rows = usesOrder(node) && !input.graph ? nest(input, this.ids) : input;
    const { plan, segments } = withSegments(this, node, rows, environment);
    return apply({ node, input: plan, environment, scope: { environment, rows: { ...rowsOf(plan), segments } }, translator: this });
  }

  /** Is there a table of that name? */
  knows(name: string, environment: Environment): boolean {
    return (
      environment.find(name) !== undefined ||
      this.catalog.tables.some((table) => table.name === name) ||
      this.catalog.functions.some((stored) => stored.name === name)
    );
  }

  /** How often the text mentions a name. */
  mentions(name: string): number {
    return this.#mentions.get(name) ?? 0;
  }

  /** Declared parameters of a function of the workspace. */
  storedParameters(name: string): KqlNode | undefined {
    const stored = this.catalog.functions.find((candidate) => candidate.name === name);
    if (!stored) return undefined;
    const [statement] = parse(`let f = ${stored.parameters} { 1 }`).list('Statements');
    return statement?.child('Expression')?.child('Parameters');
  }

  /** Names that the rows of a plan give. */
  scopeOf(plan: Plan, environment: Environment): Scope {
    return { environment, rows: rowsOf(plan) };
  }

  /** Statements before a query, as names. */
  bindLets(statements: readonly KqlNode[], environment: Environment): Environment {
    return bindLets(this, statements, environment);
  }

  /** A call of a tabular function: of the workspace, or declared by `let`. */
  callTable(node: KqlNode, environment: Environment, scope?: Scope): Plan {
    return callFunctionTable(this, node, environment, scope);
  }

  /** The value of a call of a scalar user function. */
  callScalar(node: KqlNode, scope: Scope): Expression {
    const { environment, body } = openBody(this, node, scope);
    return this.atCall(node, () => this.scalar(body, { environment, rows: scope.rows && { ...scope.rows, find: () => undefined } }));
  }

  /** The first row's first column of a table, as `toscalar()` gives it. */
  firstValue(node: KqlNode, scope: Scope): Expression {
    return node.columns ? scalarOf(this, this.table(node, scope.environment)) : this.scalar(node, scope);
  }
}

/** Operators that work on each partition by itself. */
const partitioned: ReadonlySet<string> = new Set(
  [
    'Filter',
    'Extend',
    'Project',
    'ProjectAway',
    'ProjectKeep',
    'ProjectRename',
    'ProjectReorder',
    'Summarize',
    'Take',
    'Top',
    'Sort',
    'Count',
    'Distinct',
    'MvApply',
    'MvExpand',
    'Parse',
    'ParseWhere',
    'ParseKv',
    'ProjectByNames',
    'Serialize',
    'Scan',
  ].map((name) => `${name}Operator`),
);

const orderedFunctions = /^(?:prev|next|row_.*|make_?list.*|make_?set.*|make_bag.*|make_dictionary|take_any.*|any|anyif|series_.*)$/u;

function usesOrder(node: KqlNode): boolean {
  for (const part of node.walk()) {
    if (part.kind === 'FunctionCallExpression' && orderedFunctions.test(part.child('Name')?.simpleName ?? '')) return true;
  }
  return false;
}

/** What people call a node kind: `MvExpandOperator` is "the operator mv-expand". */
export function describeKind(node: KqlNode): string {
  const words = node.kind
    .replace(/(?:Operator|Expression|Clause)$/u, '')
    .replace(/([a-z])([A-Z])/gu, '$1-$2')
    .toLowerCase();
  return node.kind.endsWith('Operator') ? `the operator ${words === 'filter' ? 'where' : words}` : words;
}
