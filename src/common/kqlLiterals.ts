import type { KqlType, WireValue } from './kqlTypes';

/**
 * Writes values as KQL literals. Only literals come out, whatever the value holds: text of an incident or of a user cannot
 * become a part of a query.
 * @see https://learn.microsoft.com/kusto/query/scalar-data-types/string#string-literals
 */

/** A string literal in double quotes. What cannot be seen (control and direction characters) is written as `\uXXXX`. */
export function kqlString(text: string): string {
  const escaped = text.replace(/[\\"]/g, '\\$&').replace(unseen, (character) => shortEscapes[character] ?? unicodeEscape(character));
  return `"${escaped}"`;
}

/** `dynamic([…])` of strings; more than three stand one on a line. */
export function kqlStringArray(texts: readonly string[]): string {
  const literals = texts.map(kqlString);
  return literals.length > 3 ? `dynamic([\n    ${literals.join(',\n    ')}\n])` : `dynamic([${literals.join(', ')}])`;
}

/** `datetime(…)` of an ISO 8601 time, in UTC with milliseconds where there are any; `datetime(null)` for what is not a time. */
export function kqlDatetime(time: string | Date): string {
  const date = typeof time === 'string' && !/^\d{4}-\d{2}-\d{2}(T|$)/.test(time) ? new Date(Number.NaN) : new Date(time);
  return Number.isNaN(date.getTime()) ? 'datetime(null)' : `datetime(${date.toISOString().replace('.000Z', 'Z')})`;
}

/**
 * A value of a result as a literal of its type; strings are never null.
 * @see https://learn.microsoft.com/kusto/query/scalar-data-types/
 */
export function kqlLiteral(value: WireValue, type: KqlType): string {
  if (type === 'string') return kqlString(value === null ? '' : String(value));
  if (value === null) return `${type}(null)`;
  if (type === 'dynamic') return `dynamic(${dynamicText(String(value))})`;
  if (type === 'real') return `real(${realTexts[String(value)] ?? String(value)})`;
  return `${type}(${String(value)})`;
}

const realTexts: Readonly<Record<string, string>> = { NaN: 'nan', Infinity: '+inf', '-Infinity': '-inf' };

/**
 * JSON as KQL reads it: its strings know no `\/`, `\b`, `\f`, and what cannot be seen is better escaped. Line breaks stand
 * between values.
 */
function dynamicText(json: string): string {
  const known = json.replace(/\\(.)/gu, (escape, character: string) => jsonEscapes[character] ?? escape);
  return known.replace(/[\t\n\r]/gu, ' ').replace(unseen, unicodeEscape);
}

const jsonEscapes: Readonly<Record<string, string>> = { '/': '/', b: '\\u0008', f: '\\u000c' };

/** A name as it stands in a query: itself, or `['…']` when it is no plain identifier. */
export function kqlName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return name;
  return `[${kqlString(name)}]`;
}

/** Text for a `//` comment: one line, without what cannot be seen. */
export function kqlComment(text: string): string {
  return `// ${text.replace(unseen, ' ').replace(/\s+/g, ' ').trim()}`;
}

/** Controls, line and paragraph separators, direction and zero-width characters, and halves of surrogate pairs that stand alone. */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
