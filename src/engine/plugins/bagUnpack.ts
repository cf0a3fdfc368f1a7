import type { Column } from '../../common/kqlTypes';
import { convert, jsonPath } from '../conversions';
import { type Expression, nullOf, sql } from '../expression';
import { asSet, newColumn, type Plan, type PlanColumn, planOf, project, reference, type Source, sqlName } from '../plan';
import { constantElements } from '../scalars/memberships';
import { stepInto } from '../scalars/paths';
import type { Translator } from '../translator';
import { constantText } from './options';
import type { Plugin, PluginInput } from './registry';
import { needSchema, refuseTwice, typeOfValues } from './schemaNeeded';

/** `bag_unpack(column, prefix, columnsConflict, ignoredProperties)`: a column for each slot, in the order of their names. */
export const bagUnpack: Plugin = (plugin) => {
  const { input, scope, translator, args, named, declared, node } = plugin;
  const [bagNode] = args;
  if (!bagNode) return translator.unsupported('bag_unpack() without a column', node);
  const bag = translator.scalar(bagNode, scope);
  const bagName = bagNode.kind === 'NameReference' ? bagNode.simpleName : undefined;
  const prefix = constantText(plugin, named.get('OutputColumnPrefix') ?? args[1]) ?? '';
  const conflict = constantText(plugin, named.get('columnsConflict') ?? args[2]) ?? 'error';
  const ignored = ignoredNames(plugin, named.get('ignoredProperties') ?? args[3]);
  const kept = input.columns.filter(({ name }) => name !== bagName);
  if (!plugin.hasSchema) {
    return needSchema(plugin, slotQuestion(translator, input, bag), (rows) => {
      const slots = rows
        .filter(([name]) => !ignored.has(String(name)))
        .map(([name, types]): Column => ({ name: prefix + String(name), type: typeOfValues(String(types)) }));
      slots.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
      return { columns: merged(kept, slots, conflict), isEmpty: rows.length === 0 };
    });
  }
  const columns = declared.map(({ name, type }): PlanColumn => {
    const source = kept.find((candidate) => candidate.name === name);
    if (source && conflict !== 'replace_source') return { ...source, type: source.type, expression: reference(source) };
    const slot = name.startsWith(prefix) && !ignored.has(name.slice(prefix.length)) ? name.slice(prefix.length) : undefined;
    const value: Expression = slot === undefined ? nullOf(type) : convert(stepInto(bag, slot), type);
    return newColumn(translator.ids, name, type, source ? replaced(source, bag, slot, value) : value);
  });
  return project(input, columns, translator.ids);
};

/** The slot's values in place of the source's column, when any row has the slot. */
function replaced(source: PlanColumn, bag: Expression, slot: string | undefined, value: Expression): Expression {
  const own = convert(reference(source), value.type);
  if (slot === undefined) return own;
  const inUse = sql('bool', { window: true })`bool_or(json_exists(${bag}, ${jsonPath([slot])})) OVER ()`;
  return sql(value.type, { window: true })`CASE WHEN ${inUse} THEN ${value} ELSE ${own} END`;
}

/** The source's columns and the slots' together. */
function merged(kept: readonly Column[], slots: readonly Column[], conflict: string): Column[] {
  const plain = kept.map(({ name, type }) => ({ name, type }));
  if (conflict === 'error') {
    const all = [...plain, ...slots.map(({ name, type }) => ({ name, type }))];
    refuseTwice(all, 'bag_unpack');
    return all;
  }
  const replaced = plain.map((column) => (conflict === 'replace_source' ? (slots.find(({ name }) => name === column.name) ?? column) : column));
  return [...replaced, ...slots.filter(({ name }) => !plain.some((column) => column.name === name))];
}

/** One row a slot: its name and the JSON types of its values. */
function slotQuestion(translator: Translator, input: Plan, bag: Expression): Plan {
  const { ids } = translator;
  const value = newColumn(ids, '', 'dynamic', bag);
  const bags = project(asSet(input, ids), [value], ids);
  const name = { id: ids.next(), name: 'name', type: 'string' as const };
  const types = { id: ids.next(), name: 'types', type: 'string' as const };
  const source: Source = {
    names: new Map([name, types].map(({ id }) => [id, sqlName(id)])),
    render: (_needed, renderer) =>
      `(SELECT e.key AS ${sqlName(name.id)}, string_agg(DISTINCT e.type, ',') AS ${sqlName(types.id)} FROM ` +
      `(SELECT ${sqlName(value.id)} AS bag FROM (${renderer.select(bags, undefined)}) WHERE json_type(${sqlName(value.id)}) = 'OBJECT') AS b, json_each(b.bag) AS e GROUP BY 1)`,
  };
  return planOf(source, [name, types]);
}

function ignoredNames({ translator, environment }: PluginInput, node: PluginInput['node'] | undefined): Set<string> {
  if (!node) return new Set();
  const value = translator.scalar(node, { environment });
  if (value.kind !== 'literal') return translator.unsupported('a computed option of a plugin', node);
  return new Set(constantElements(value).map((element) => String(element.value)));
}
