/** JSON in which numbers keep their spelling and whole numbers all their digits: `JSON.parse` would make 42.0 of it 42. */
export type Json = JsonObject | JsonArray | JsonScalar;

export interface JsonObject {
  readonly kind: 'object';
  readonly entries: readonly (readonly [key: string, value: Json])[];
}

export interface JsonArray {
  readonly kind: 'array';
  readonly items: readonly Json[];
}

export interface JsonScalar {
  readonly kind: 'string' | 'number' | 'bool' | 'null';
  /** As written. */
  readonly text: string;
}

const token = /\s*([{}[\],:]|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)\s*/uy;

/** Reads JSON that is known to be well-formed, as the engine's own dynamic values are. */
export function readJson(text: string): Json {
  let position = 0;
  const next = (): string => {
    token.lastIndex = position;
    const found = token.exec(text)?.[1];
    if (found === undefined) throw new SyntaxError(`No JSON at ${position}.`);
    position = token.lastIndex;
    return found;
  };
  const value = (first = next()): Json => {
    if (first === '{') {
      const entries: [string, Json][] = [];
      for (let key = next(); key !== '}'; key = next()) {
        if (key === ',') key = next();
        next();
        entries.push([JSON.parse(key) as string, value()]);
      }
      return { kind: 'object', entries };
    }
    if (first === '[') {
      const items: Json[] = [];
      for (let item = next(); item !== ']'; item = next()) items.push(value(item === ',' ? next() : item));
      return { kind: 'array', items };
    }
    const kind = first === 'null' ? 'null' : first === 'true' || first === 'false' ? 'bool' : first.startsWith('"') ? 'string' : 'number';
    return { kind, text: first };
  };
  return value();
}

export function writeJson(json: Json): string {
  if (json.kind === 'object') return `{${json.entries.map(([key, value]) => `${JSON.stringify(key)}:${writeJson(value)}`).join(',')}}`;
  if (json.kind === 'array') return `[${json.items.map(writeJson).join(',')}]`;
  return json.text;
}
