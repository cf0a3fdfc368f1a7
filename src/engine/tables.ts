import type { CatalogTable } from './catalog';
import { externalData } from './externalData';
import { type Expression, literal, sql } from './expression';
import { conform } from './operators/outputs';
import type { SourceInput } from './operators/registry';
import { filter, type Plan, planOf, type Source } from './plan';
import { share, isMaterialized, referenceShared } from './lets';
import { calledPattern } from './patternStatement';
import type { Translator } from './translator';
import { valuesPlan } from './values';

type TableKind = (input: SourceInput) => Plan;

/** Syntax that is a table by itself. */
export const tableKinds: ReadonlyMap<string, TableKind> = new Map<string, TableKind>([
  ['NameReference', namedTable],
  ['FunctionCallExpression', calledTable],
  ['ParenthesizedExpression', ({ node, environment, translator }) => translator.table(node.need('Expression'), environment)],
  ['DataTableExpression', dataTable],
  ['MaterializeExpression', ({ node, environment, translator }) => {
    const shared = share(translator, translator.table(node.need('Expression'), environment), isMaterialized(node));
    return referenceShared(translator, shared);
  }],
  ['PathExpression', qualifiedTable],
  ['ExternalDataExpression', externalData],
  ['InlineExternalTableExpression', ({ node, translator }) =>
    translator.unsupported('inline_external_table', node, 'It reads blobs and Delta tables of a cloud; externaldata reads files.')],
]);

function namedTable({ node, environment, translator }: SourceInput): Plan {
  const name = node.simpleName ?? node.text;
  const binding = environment.find(name);
  if (binding?.kind === 'table') return binding.value();
  if (binding?.kind === 'function') return translator.callTable(node, environment);
  const named = translator.named.get(name);
  if (named) return referenceShared(translator, named);
  const table = translator.catalog.tables.find((candidate) => candidate.name === name);
  if (table) return scan(translator, table);
  if (translator.catalog.functions.some((stored) => stored.name === name)) return translator.callTable(node, environment);
  return translator.unsupported(`the table ${name} here`, node);
}

function calledTable(input: SourceInput): Plan {
  const { node, environment, translator } = input;
  const pattern = calledPattern(input);
  if (pattern) return pattern;
  const name = node.need('Name').simpleName ?? '';
  const args = node.need('ArgumentList').list('Expressions');
  if (environment.find(name)?.kind === 'function') return translator.callTable(node, environment);
  if (name === '_GetWatchlist') {
    const [argument] = args;
    const alias = argument && translator.scalar(argument, { environment });
    if (alias?.kind !== 'literal') return translator.unsupported('_GetWatchlist() with a computed alias', node);
    const table = translator.catalog.watchlists.find((candidate) => candidate.name.toLowerCase() === String(alias.value).toLowerCase());
    return table ? scan(translator, table) : translator.invalid(`There is no watchlist "${String(alias.value)}".`, argument ?? node);
  }
  if (name === 'table') {
    const wanted = args[0] && translator.scalar(args[0], { environment });
    const table = wanted?.kind === 'literal' ? translator.catalog.tables.find((candidate) => candidate.name === wanted.value) : undefined;
    return table ? scan(translator, table) : translator.unsupported('table() with a computed name', node);
  }
  if (translator.catalog.functions.some((stored) => stored.name === name)) return translator.callTable(node, environment);
  return translator.unsupported(`the function ${name}()`, node.need('Name'));
}

/** `workspace("…").T` of a connected workspace; a database or a cluster is none. */
function qualifiedTable(input: SourceInput): Plan {
  const pattern = calledPattern(input);
  if (pattern) return pattern;
  const { node, environment, translator } = input;
  const base = node.need('Expression');
  const isWorkspace = base.kind === 'FunctionCallExpression' && base.need('Name').simpleName === 'workspace';
  const argument = isWorkspace ? base.need('ArgumentList').list('Expressions')[0] : undefined;
  const wanted = argument && translator.scalar(argument, { environment });
  const called = wanted?.kind === 'literal' ? String(wanted.value).toLowerCase() : undefined;
  const workspace = translator.catalog.workspaces?.find(({ name }) => name.toLowerCase() === called);
  const table = workspace?.tables.find(({ name }) => name === node.need('Selector').simpleName);
  if (table) return scan(translator, table);
  return translator.unsupported(`${node.need('Expression').text} as a source`, node, 'Name a table of the connected workspace.');
}

/** Reads a table; a time span restricts its time column. */
export function scan(translator: Translator, table: CatalogTable): Plan {
  translator.usedTables.add(table);
  const columns = table.columns.map((column, index) => ({ ...column, id: translator.ids.next(), stored: `c${table.stored?.[index] ?? index}` }));
  const source: Source = {
    names: new Map(columns.map(({ id, stored }) => [id, stored])),
    render: () => table.relation,
  };
  const plan = planOf(source, columns);
  const time = columns.find(({ name, type }) => name === table.timeColumn && type === 'datetime');
  const range = translator.timeRange;
  if (!time || !range) return plan;
  const reference: Expression = { kind: 'column', id: time.id, type: 'datetime' };
  const within = [
    sql('bool')`(${reference} >= ${literal('datetime', range.start)})`,
    sql('bool')`(${reference} < ${literal('datetime', range.end)})`,
  ];
  return filter(plan, within, translator.ids);
}

function dataTable({ node, environment, translator }: SourceInput): Plan {
  const columns = node.columns ?? translator.unsupported('this datatable', node);
  const values = node.list('Values').map((value) => translator.scalar(value, { environment }));
  if (columns.length === 0 || values.length % columns.length !== 0) return translator.invalid('The values of the datatable do not fill its rows.', node);
  const rows: Expression[][] = [];
  for (let index = 0; index < values.length; index += columns.length) {
    rows.push(columns.map(({ type }, offset) => conform(values[index + offset] ?? literal(type, null), type)));
  }
  return valuesPlan(translator, columns, rows);
}

