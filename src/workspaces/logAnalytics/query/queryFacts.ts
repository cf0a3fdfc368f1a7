import type { HuntErrorData } from '../../../common/errors';
import type { Column } from '../../../common/kqlTypes';
import type { Catalog } from '../../../engine/catalog';
import { analyze } from '../../../kql/analysis';
import type { KqlNode } from '../../../kql/node';

/** What is known about a query before it is sent, as far as the kept schema knows the workspace. */
export interface QueryFacts {
  /** Tables of the workspace that the query reads, also inside of functions. */
  readonly tables: ReadonlySet<string>;
  /** Results of earlier cells that it reads. */
  readonly results: ReadonlySet<string>;
  /** It needs the workspace for more than its tables: all of them, its functions, a watchlist, another workspace. */
  readonly readsMore: boolean;
  /** Names of `let` statements that it needs, directly or through others. */
  readonly lets: ReadonlySet<string>;
  /** It compares a time column of its tables with something. */
  readonly filtersTime: boolean;
  /** Of the answer; undefined when the schema does not say. */
  readonly columns: readonly Column[] | undefined;
  /** The binder's, which may only mean that the schema is old. Places are of the whole text. */
  readonly errors: readonly HuntErrorData[];
  readonly warnings: readonly string[];
  /** The query itself, without `let` statements; undefined when there is none. */
  readonly query: KqlNode | undefined;
}

/** The service's own name of the time column. */
const TIME_COLUMN = 'TimeGenerated';

/**
 * @param text Definitions and cell, as one text.
 * @param catalog The workspace's tables and functions, and the results of earlier cells as tables.
 * @throws HuntError `query` for a text that cannot be analysed at all.
 */
export function queryFacts(text: string, catalog: Catalog, results: ReadonlySet<string>): QueryFacts {
  const { root, errors, warnings } = analyze(text, catalog);
  const statements = root.list('Statements').filter((statement) => statement.length > 0);
  const last = statements.at(-1);
  const query = last?.kind === 'ExpressionStatement' ? last.need('Expression') : undefined;
  const reached = reachedNodes(statements);
  const stored = new Set(catalog.functions.map(({ name }) => name));
  const named = reached.nodes.flatMap((node) => (node.kind === 'NameReference' && node.symbol?.kind === 'Table' ? [node.symbol.name] : []));
  const tables = new Set(named.filter((name) => !results.has(name)));
  const read = catalog.tables.filter(({ name }) => tables.has(name));
  const timeColumns = new Set([TIME_COLUMN, ...read.flatMap(({ timeColumn }) => timeColumn ?? [])]);
  return {
    tables,
    results: new Set(named.filter((name) => results.has(name))),
    readsMore: reached.nodes.some((node) => readsMore(node, stored)),
    lets: reached.lets,
    filtersTime: reached.nodes.some((node) => filtersTime(node, timeColumns)),
    columns: query?.isOpenTable === true ? undefined : query?.columns,
    errors,
    warnings: warnings.map(({ message }) => message),
    query,
  };
}

/** Everything that the query runs: itself, the `let` statements it needs, the bodies of the functions it calls. */
function reachedNodes(statements: readonly KqlNode[]): { readonly nodes: readonly KqlNode[]; readonly lets: ReadonlySet<string> } {
  const declared = new Map(statements.flatMap((statement) => (statement.kind === 'LetStatement' ? [[statement.child('Name')?.simpleName ?? '', statement] as const] : [])));
  const lets = new Set<string>();
  const bodies = new Set<string>();
  const nodes: KqlNode[] = [];
  const visit = (part: KqlNode): void => {
    for (const node of part.walk()) {
      nodes.push(node);
      const name = node.kind === 'NameReference' ? node.simpleName : undefined;
      const statement = name === undefined ? undefined : declared.get(name);
      if (name !== undefined && statement && !lets.has(name)) {
        lets.add(name);
        visit(statement);
      }
      const body = node.kind === 'FunctionCallExpression' || node.kind === 'NameReference' ? node.calledBody() : undefined;
      if (!body || bodies.has(`${node.symbol?.name ?? ''} ${body.text}`)) continue;
      bodies.add(`${node.symbol?.name ?? ''} ${body.text}`);
      visit(body);
    }
  };
  for (const statement of statements) if (statement.kind !== 'LetStatement') visit(statement);
  return { nodes, lets };
}

const moreFunctions: ReadonlySet<string> = new Set(['table', 'workspace', 'app', 'resource', 'adx', 'arg', 'cluster', 'database', '_GetWatchlist', '_GetWatchlistAlias']);

function readsMore(node: KqlNode, stored: ReadonlySet<string>): boolean {
  switch (node.kind) {
    case 'NameReference':
      return node.symbol?.kind === 'Function' && stored.has(node.symbol.name);
    case 'WildcardedNameReference':
    case 'ExternalDataExpression':
      return true;
    case 'SearchOperator':
    case 'FindOperator':
      return node.child('InClause') === undefined;
    case 'FunctionCallExpression':
      return moreFunctions.has(node.child('Name')?.simpleName ?? '');
    default:
      return false;
  }
}

const filters: ReadonlySet<string> = new Set(['FilterOperator', 'SearchOperator', 'FindOperator']);
const comparisons: ReadonlySet<string> = new Set([
  'GreaterThanExpression',
  'GreaterThanOrEqualExpression',
  'LessThanExpression',
  'LessThanOrEqualExpression',
  'EqualExpression',
  'BetweenExpression',
]);

function filtersTime(node: KqlNode, timeColumns: ReadonlySet<string>): boolean {
  if (!filters.has(node.kind)) return false;
  const condition = node.child('Condition');
  if (!condition) return false;
  for (const part of condition.walk()) {
    if (comparisons.has(part.kind) && [...part.walk()].some((inner) => isTime(inner, timeColumns))) return true;
  }
  return false;
}

function isTime(node: KqlNode, timeColumns: ReadonlySet<string>): boolean {
  if (node.kind === 'NameReference') return timeColumns.has(node.simpleName ?? '');
  return node.kind === 'FunctionCallExpression' && node.child('Name')?.simpleName === 'ingestion_time';
}
