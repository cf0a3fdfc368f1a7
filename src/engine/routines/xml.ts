import { routine, type Routine } from './routine';

const LONGEST = 1_048_576;
const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?[^>]*>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/uy;
const attribute = /([^\s=/>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

interface Element {
  readonly name: string;
  readonly entries: Map<string, string[]>;
  text: string;
}

/** Character references; undefined when one is unknown. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/giu, (whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : undefined;
    if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    return named[name ?? ''] ?? whole;
  });
}

/** Text of an element: a number stays one. */
function value(text: string): string {
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/u.test(text) ? text : JSON.stringify(text);
}

function add(element: Element, key: string, json: string): void {
  const known = element.entries.get(key);
  if (known) known.push(json);
  else element.entries.set(key, [json]);
}

function jsonOf(element: Element): string {
  const text = element.text.trim();
  if (element.entries.size === 0) return text === '' ? 'null' : value(text);
  const entries = [...element.entries].map(([key, values]) => `${JSON.stringify(key)}:${values.length === 1 ? (values[0] ?? 'null') : `[${values.join(',')}]`}`);
  const own = text === '' ? [] : [`"#text":${value(text)}`];
  // Text comes after attributes, before children: as in the documentation's table.
  const attributes = [...element.entries.keys()].filter((key) => key.startsWith('@')).length;
  entries.splice(attributes, 0, ...own);
  return `{${entries.join(',')}}`;
}

/** XML as JSON: attributes as `@name`, text beside others as `#text`, repeated elements as arrays. Null when it is not well-formed. */
export function parseXml(xml: string): string | null {
  if (xml.length > LONGEST) return null;
  const root: Element = { name: '', entries: new Map(), text: '' };
  const open: Element[] = [root];
  token.lastIndex = 0;
  const source = xml.trim();
  while (token.lastIndex < source.length) {
    const match = token.exec(source);
    const current = open.at(-1);
    if (!match || !current) return null;
    const [, cdata, closing, opening, attributes, selfClosing, text] = match;
    if (cdata !== undefined) current.text += cdata;
    else if (text !== undefined) current.text += decoded(text);
    else if (opening !== undefined) {
      const element: Element = { name: opening, entries: new Map(), text: '' };
      for (const [, name = '', double, single] of (attributes ?? '').matchAll(attribute)) element.entries.set(`@${name}`, [JSON.stringify(decoded(double ?? single ?? ''))]);
      if (selfClosing === '/') add(current, opening, jsonOf(element));
      else open.push(element);
    } else if (closing !== undefined) {
      const parent = open.at(-2);
      if (!parent || current.name !== closing) return null;
      open.pop();
      add(parent, closing, jsonOf(current));
    }
  }
  if (open.length !== 1 || root.entries.size !== 1 || root.text.trim() !== '') return null;
  const [[name, values]] = [...root.entries] as [[string, string[]]];
  return values.length === 1 ? `{${JSON.stringify(name)}:${values[0] ?? 'null'}}` : null;
}

export const xmlRoutines: readonly Routine[] = [routine('parse_xml', 1, (text) => parseXml(text ?? ''))];
