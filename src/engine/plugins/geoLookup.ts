import { geoCall } from '../functions/geo';
import { convert } from '../conversions';
import { type Expression, nullOf, sql } from '../expression';
import { asSet, nest, newColumn, type Plan, type PlanColumn, planOf, reference, type Source, sqlName } from '../plan';
import { rowsOf } from '../scope';
import type { Plugin, PluginInput } from './registry';

/** What is looked up: does a place match a shape? `radius` in metres. */
type Match = (place: readonly [Expression, Expression], shape: Expression, radius: Expression | undefined) => Expression;

const within = (name: string, place: readonly Expression[], shape: Expression, radius: Expression): Expression =>
  sql('bool')`${geoCall(name, 'real', [...place, shape])} <= ${convert(radius, 'real')}`;

const inPolygon: Match = (place, shape, radius) =>
  radius ? within('geo_distance_point_to_polygon', place, shape, radius) : geoCall('geo_point_in_polygon', 'bool', [...place, shape]);

/** `geo_polygon_lookup(table, polygon, longitude, latitude, radius, …)`: a join of places with the polygons that they are in or near. */
export const geoPolygonLookup: Plugin = (plugin) => lookup(plugin, inPolygon);

/** `geo_line_lookup(table, line, longitude, latitude, radius, …)`: a join of places with the lines that they are near. */
export const geoLineLookup: Plugin = (plugin) =>
  lookup(plugin, (place, shape, radius) =>
    radius ? within('geo_distance_point_to_line', place, shape, radius) : plugin.translator.unsupported('geo_line_lookup without a radius', plugin.node),
  );

function lookup(plugin: PluginInput, match: Match): Plan {
  const { input, translator, environment, declared, node, args, named } = plugin;
  const { ids } = translator;
  const [tableNode, shapeNode, longitudeNode, latitudeNode, ...options] = args;
  if (!tableNode || !shapeNode || !longitudeNode || !latitudeNode) return translator.unsupported('this lookup', node);
  // Options stand at their places or have names. The radius of the lookup area only hints at how to search.
  const option = (name: string, place: number): Expression | undefined => {
    const given = named.get(name) ?? options[place];
    return given && translator.scalar(given, { environment });
  };
  const unmatched = option('return_unmatched', 1);
  if (unmatched && unmatched.kind !== 'literal') return translator.unsupported('a computed return_unmatched', node);
  const left = nest(asSet(input, ids), ids);
  const right = nest(asSet(translator.table(tableNode, environment), ids), ids);
  const key = rowsOf(right).find(shapeNode.simpleName ?? '');
  if (key?.kind !== 'column') return translator.unsupported('this key of the lookup', shapeNode);
  const rows = rowsOf(left);
  const place = [translator.scalar(longitudeNode, { environment, rows }), translator.scalar(latitudeNode, { environment, rows })] as const;
  const condition = match(place, key, option('radius', 0));
  const all = [...left.columns, ...right.columns];
  const visible = declared.length < all.length ? all.filter(({ id }) => id !== key.id) : all;
  if (visible.length !== declared.length) return translator.unsupported('this lookup', node);
  const names = new Map(all.map(({ id }) => [id, sqlName(id)] as const));
  const nowhere: Source = { names, render: () => '' };
  const isOuter = unmatched?.kind === 'literal' && unmatched.value === true;
  const source: Source = {
    names,
    render: (_needed, renderer) => {
      const sides = [renderer.select(left, undefined), renderer.select(right, undefined)].map((select) => `(${select})`);
      const join = isOuter ? 'LEFT JOIN' : 'JOIN';
      return `(SELECT * FROM ${sides[0] ?? ''} AS l ${join} ${sides[1] ?? ''} AS r ON ${renderer.expression(condition, nowhere)})`;
    },
  };
  const fromLeft = new Set(left.columns.map(({ id }) => id));
  const columns = visible.map((planColumn, index): PlanColumn => {
    const value = reference(planColumn);
    const isMissing = isOuter && !fromLeft.has(planColumn.id) && planColumn.type === 'string';
    const expression = isMissing ? sql('string')`coalesce(${value}, ${nullOf('string')})` : value;
    return newColumn(ids, declared[index]?.name ?? planColumn.name, planColumn.type, expression);
  });
  return { ...planOf(source, []), columns };
}
