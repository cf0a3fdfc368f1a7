/**
 * JSON read one level at a time, without parsing its values: parsing would lose digits of large numbers, repeated keys and their order,
 * and a deeply nested text would overflow the stack.
 */
import type { WireValue } from '../../common/kqlTypes';

export interface JsonNode {
  /** Name of the property, or index of the element. */
  readonly key: string | number;
  /** The value as it stands in the text. */
  readonly text: string;
}

export type JsonKind = 'object' | 'array' | 'value';

export function jsonKind(text: string): JsonKind {
  const first = text.trimStart()[0];
  return first === '{' ? 'object' : first === '[' ? 'array' : 'value';
}

/** Properties or elements of an object or array; undefined when the text is neither, or is damaged or cut. */
export function jsonChildren(json: string): readonly JsonNode[] | undefined {
  const text = json.trim();
  const kind = jsonKind(text);
  if (kind === 'value' || text.at(-1) !== (kind === 'object' ? '}' : ']')) return undefined;
  const parts = splitTop(text.slice(1, -1));
  if (!parts) return undefined;
  if (kind === 'array') return parts.map((part, index) => ({ key: index, text: part }));
  const children: JsonNode[] = [];
  for (const part of parts) {
    const end = part.startsWith('"') ? stringEnd(part, 0) : -1;
    const colon = end < 0 ? -1 : part.indexOf(':', end);
    const key = colon < 0 || part.slice(end, colon).trim() !== '' ? undefined : stringOf(part.slice(0, end));
    if (key === undefined) return undefined;
    children.push({ key, text: part.slice(colon + 1).trim() });
  }
  return children;
}

/** The text of a JSON string; undefined for anything else. */
export function stringOf(json: string): string | undefined {
  if (!json.startsWith('"')) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The value at a path, as columns read out of a `dynamic` one hold it: a text as itself, all else as JSON, null where there is none. */
export function valueAtPath(json: WireValue, path: readonly (string | number)[]): WireValue {
  let text = json === null ? undefined : String(json);
  // Of repeated names the last one counts, as in Kusto.
  for (const key of path) text = text === undefined ? undefined : jsonChildren(text)?.findLast((child) => child.key === key)?.text;
  if (text === undefined || text === 'null') return null;
  return stringOf(text) ?? text;
}

/** Splits at the commas of the outermost level; undefined when brackets or strings are not closed. */
function splitTop(text: string): readonly string[] | undefined {
  if (text.trim() === '') return [];
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      at = stringEnd(text, at);
      if (at < 0) return undefined;
      continue;
    }
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
    if (depth < 0) return undefined;
    at += 1;
  }
  parts.push(text.slice(from).trim());
  return depth === 0 && parts.every((part) => part !== '') ? parts : undefined;
}

/** The offset after the string literal that starts at `start`; -1 when it is not closed. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}
