import { type Expression, nullOf, sql } from '../expression';
import { asSet, nest, newColumn, type Plan, type PlanColumn, planOf, reference, type Source, sqlName } from '../plan';
import { rowsOf } from '../scope';
import { convert } from '../conversions';
import type { Plugin, PluginInput } from './registry';

/** How a kind of addresses is cut to a prefix. */
interface AddressKind {
  readonly masked: (address: Expression, prefix: Expression) => Expression;
  readonly prefix: (range: Expression) => Expression;
  readonly all: number;
}

const ipv4: AddressKind = {
  masked: (address, prefix) => sql('long')`kql.ipv4_masked(${address}, ${prefix})`,
  prefix: (range) => sql('long')`CASE WHEN kql.ipv4_valid(${range}) THEN kql.ipv4_suffix(${range}) END`,
  all: 32,
};
const ipv6: AddressKind = {
  masked: (address, prefix) => sql('string', { notNull: false })`routine_ipv6_text(${address}, CAST(${prefix} AS VARCHAR))`,
  prefix: (range) => sql('long')`CAST(routine_ipv6_prefix(${range}) AS INTEGER)`,
  all: 128,
};

/** `ipv4_lookup(table, address, range, keys…, return_unmatched)`: a join of addresses with the ranges that hold them. */
export const ipv4Lookup: Plugin = (plugin) => lookup(plugin, ipv4);
export const ipv6Lookup: Plugin = (plugin) => lookup(plugin, ipv6);

function lookup(plugin: PluginInput, kind: AddressKind): Plan {
  const { input, translator, environment, declared, node } = plugin;
  const { ids } = translator;
  const positional = [...plugin.args];
  const last = positional.at(-1);
  const flagNode = plugin.named.get('return_unmatched') ?? (last?.kind === 'BooleanLiteralExpression' ? positional.pop() : undefined);
  const flag = flagNode && translator.scalar(flagNode, { environment });
  if (flag && flag.kind !== 'literal') translator.unsupported('a computed return_unmatched', node);
  const unmatched = flag?.kind === 'literal' && flag.value === true;
  const [tableNode, addressNode, rangeNode, ...keyNodes] = positional;
  if (!tableNode || !addressNode || !rangeNode) return translator.unsupported('this lookup', node);
  const left = nest(asSet(input, ids), ids);
  const table = nest(asSet(translator.table(tableNode, environment), ids), ids);
  const address = convert(translator.scalar(addressNode, { environment, rows: rowsOf(left) }), 'string');
  const rightRows = rowsOf(table);
  const range = convert(translator.scalar(rangeNode, { environment, rows: rightRows }), 'string');
  const prefix = newColumn(ids, '', 'long', kind.prefix(range));
  const network = newColumn(ids, '', 'long', kind.masked(range, sql('long')`${String(kind.all)}`));
  const right = nest({ ...table, columns: [...table.columns, prefix, network] }, ids);
  const keys = keyNodes.map((key) => {
    const name = key.simpleName ?? '';
    const [a, b] = [rowsOf(left).find(name), rightRows.find(name)];
    if (a?.kind !== 'column' || b?.kind !== 'column') return translator.unsupported('this key of the lookup', key);
    return { a, b };
  });
  const keyIds = new Set(keys.map(({ b }) => b.id));
  const visible = [...left.columns, ...table.columns.filter(({ id }) => !keyIds.has(id))];
  if (visible.length !== declared.length) return translator.unsupported('this lookup', node);
  const length = `p${ids.next()}`;
  const names = new Map([...left.columns, ...right.columns].map(({ id }) => [id, sqlName(id)] as const));
  const nowhere: Source = { names, render: () => '' };
  const source: Source = {
    names,
    render(needed, renderer) {
      const wanted = new Set(needed);
      for (const { a, b } of keys) wanted.add(a.id).add(b.id);
      const rightSql = renderer.select(right, new Set([...wanted, prefix.id, network.id]));
      // Each address is cut to every length of prefix that the ranges have: then equality finds them.
      const lengths = `(SELECT DISTINCT ${sqlName(prefix.id)} AS ${length} FROM (${rightSql}) WHERE ${sqlName(prefix.id)} IS NOT NULL)`;
      const leftSelect = renderer.select(left, undefined);
      const cut = renderer.expression(kind.masked(address, sql('long')`${length}`), nowhere);
      const conditions = [`${length} = ${sqlName(prefix.id)}`, `${cut} = ${sqlName(network.id)}`, ...keys.map(({ a, b }) => `${sqlName(a.id)} = ${sqlName(b.id)}`)];
      const matches = `(${lengths} AS p JOIN (${rightSql}) AS r ON ${conditions.join(' AND ')})`;
      const ranges = right.columns.map(({ id }) => `r.${sqlName(id)}`).join(', ');
      return unmatched
        ? `(SELECT * FROM (${leftSelect}) AS l LEFT JOIN LATERAL (SELECT ${ranges} FROM ${matches}) AS m ON true)`
        : `(SELECT l.*, ${ranges} FROM (${leftSelect}) AS l, ${lengths} AS p JOIN (${rightSql}) AS r ON ${conditions.join(' AND ')})`;
    },
  };
  const leftIds = new Set(left.columns.map(({ id }) => id));
  const columns = visible.map((planColumn, index): PlanColumn => {
    const value = reference(planColumn);
    const expression = unmatched && !leftIds.has(planColumn.id) && planColumn.type === 'string' ? sql('string')`coalesce(${value}, ${nullOf('string')})` : value;
    return newColumn(ids, declared[index]?.name ?? planColumn.name, planColumn.type, expression);
  });
  return { ...planOf(source, []), columns };
}
