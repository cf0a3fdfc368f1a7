import type { JsonObject } from '../http/messages';

/** Items of a CSV text with a header (RFC 4180), by column; undefined for a text that is none. */
export function csvItems(text: string): readonly JsonObject[] | undefined {
  const [header, ...lines] = csvLines(text);
  if (!header || header.some((name) => name === '') || lines.some((line) => line.length !== header.length)) return undefined;
  return lines.map((line) => Object.fromEntries(header.map((name, index) => [name, line[index]])));
}

function csvLines(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gu)) {
    line.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    if (line.length > 1 || line[0] !== '') lines.push(line);
    line = [];
    if (end === '') break;
  }
  return lines;
}
