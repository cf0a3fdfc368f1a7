import { type Json, type JsonObject, readJson, writeJson } from './jsonText';
import { routine, type Routine } from './routine';

/** The names of a path like `$.a.b` or `$['a'].b`; undefined for a key that is no path. */
function pathOf(key: string): string[] | undefined {
  if (!/^\$[.[]/u.test(key)) return undefined;
  return [...key.slice(1).matchAll(/\.([^.[\]]+)|\[(?:'([^']*)'|"([^"]*)")\]/gu)].map(([, plain, single, double]) => plain ?? single ?? double ?? '');
}

function without(bag: JsonObject, [first, ...rest]: readonly string[]): JsonObject {
  const entries = bag.entries.flatMap(([key, value]): [string, Json][] => {
    if (key !== first) return [[key, value]];
    if (rest.length === 0) return [];
    return [[key, value.kind === 'object' ? without(value, rest) : value]];
  });
  return { kind: 'object', entries };
}

/** Keys of the bag, or paths into it, taken away. */
function removeKeys(json: string | null, keys: string | null): string | null {
  const bag = json === null ? undefined : readJson(json);
  if (bag?.kind !== 'object') return null;
  const list: unknown = JSON.parse(keys ?? '[]');
  const names = (Array.isArray(list) ? (list as unknown[]) : [list]).map(String);
  return writeJson(names.reduce((rest, key) => without(rest, pathOf(key) ?? [key]), bag));
}

/** The bag with a value at a path; bags on the way are made where there are none. */
function withValue(bag: JsonObject, [first = '', ...rest]: readonly string[], value: Json): JsonObject {
  const known = bag.entries.find(([key]) => key === first)?.[1];
  const inner = rest.length === 0 ? value : withValue(known?.kind === 'object' ? known : { kind: 'object', entries: [] }, rest, value);
  const entries = bag.entries.map(([key, item]) => [key, key === first ? inner : item] as const);
  return { kind: 'object', entries: known ? entries : [...entries, [first, inner]] };
}

/** JSON with the keys of every object in order. */
function sorted(json: Json): Json {
  if (json.kind === 'array') return { kind: 'array', items: json.items.map(sorted) };
  if (json.kind !== 'object') return json;
  const entries = json.entries.map(([key, value]) => [key, sorted(value)] as const);
  return { kind: 'object', entries: entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) };
}

/** Every path below a value, the elements of an array as one; the documentation lists inner nodes as well as leaves. */
function pathsBelow(json: Json, path: string, into: Set<string>): void {
  const children: (readonly [string, Json])[] =
    json.kind === 'object' ? json.entries.map(([key, value]) => [`['${key}']`, value]) : json.kind === 'array' ? json.items.map((item) => ['[0]', item]) : [];
  for (const [step, child] of children) {
    into.add(path + step);
    pathsBelow(child, path + step, into);
  }
}

/** What values at one place look like: names of scalar types, properties, elements. */
interface Shape {
  readonly scalars: Set<string>;
  readonly properties: Map<string, Shape>;
  elements?: Shape;
}

const newShape = (): Shape => ({ scalars: new Set(), properties: new Map() });
const scalarNames = { string: 'string', bool: 'bool', null: undefined } as const;

function admit(shape: Shape, json: Json): void {
  if (json.kind === 'object') {
    for (const [key, value] of json.entries) {
      const property = shape.properties.get(key) ?? newShape();
      shape.properties.set(key, property);
      admit(property, value);
    }
  } else if (json.kind === 'array') {
    shape.elements ??= newShape();
    for (const item of json.items) admit(shape.elements, item);
  } else {
    const name = json.kind === 'number' ? (/^-?\d+$/u.test(json.text) ? 'long' : 'double') : scalarNames[json.kind];
    if (name !== undefined) shape.scalars.add(name);
  }
}

/** One type alone, or an array of the choices: scalars by name, then the container. */
function schemaOf({ scalars, properties, elements }: Shape): string {
  const members = [...properties].map(([key, property]) => `${JSON.stringify(key)}:${schemaOf(property)}`);
  if (elements) members.unshift(`"\`indexer\`":${schemaOf(elements)}`);
  const choices = [...scalars].sort().map((name) => JSON.stringify(name));
  if (members.length > 0 || choices.length === 0) choices.push(`{${members.join(',')}}`);
  const [only] = choices;
  return choices.length === 1 && only !== undefined ? only : `[${choices.join(',')}]`;
}

/** Dynamic values taken apart further than SQL can. */
export const dynamicRoutines: readonly Routine[] = [
  routine('remove_keys', 2, removeKeys),
  routine('set_key', 3, (json, key, value) => {
    const bag = json === null ? undefined : readJson(json);
    return bag?.kind === 'object' ? writeJson(withValue(bag, pathOf(key ?? '') ?? [key ?? ''], readJson(value ?? 'null'))) : null;
  }),
  routine('sorted_json', 1, (json) => (json === null ? null : writeJson(sorted(readJson(json))))),
  routine('treepath', 1, (json) => {
    const paths = new Set<string>();
    if (json !== null) pathsBelow(readJson(json), '', paths);
    return json === null ? null : JSON.stringify([...paths]);
  }),
  /** Of a JSON array of values. */
  routine('schema', 1, (values) => {
    const shape = newShape();
    const all = values === null ? undefined : readJson(values);
    if (all?.kind === 'array') for (const value of all.items) admit(shape, value);
    return schemaOf(shape);
  }),
];
