/**
 * Cell options as in Quarto: lines `//| key: value` at the head of a cell are YAML. Pure, so that the editor's side can read them
 * without loading the language.
 */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { HuntErrorData } from '../common/errors';
import { spanIn } from './spans';
import { isTimespan } from './timespan';

export interface CellOptions {
  /** Later cells use the result as a table of this name. */
  readonly name?: string | undefined;
  /** Name of the workspace the cell runs against, instead of the notebook's. */
  readonly workspace?: string | undefined;
  /** Names of the workspaces that are asked together, instead of one; a list in YAML, or names between commas. */
  readonly workspaces?: readonly string[] | undefined;
  /** ISO 8601: `P7D`, `2024-05-01/2024-05-08`, `2024-05-01/P1D`. */
  readonly timespan?: string | undefined;
}

export interface CellHeader {
  readonly options: CellOptions;
  /** Each `cellOption`, with its place in the cell. Options that are wrong are left out of `options`. */
  readonly errors: readonly HuntErrorData[];
  /** Offset of the first character after the header. */
  readonly bodyStart: number;
}

const optionNames = ['name', 'workspace', 'workspaces', 'timespan'] as const;
type OptionName = (typeof optionNames)[number];

/** Names a result can have: what KQL reads as a plain identifier. */
const identifier = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/u;
const reservedNames: ReadonlySet<string> = new Set([
  ...[
    'and',
    'or',
    'not',
    'in',
    'has',
    'by',
    'on',
    'let',
    'set',
    'where',
    'project',
    'extend',
    'summarize',
    'join',
    'union',
    'print',
    'range',
    'search',
    'find',
  ],
  ...[
    'true',
    'false',
    'null',
    'datatable',
    'externaldata',
    'materialize',
    'toscalar',
    'dynamic',
    'database',
    'cluster',
    'workspace',
    'table',
    'declare',
  ],
]);

/** Reads the options at the head of a cell. Never throws. */
export function readCellOptions(text: string): CellHeader {
  const lines = headerLines(text);
  if (lines.length === 0) return { options: {}, errors: [], bodyStart: 0 };
  const bodyStart = lines.at(-1)?.end ?? 0;
  const counter = new LineCounter();
  const document = parseDocument(lines.map((line) => line.yaml).join('\n'), { lineCounter: counter, uniqueKeys: false });
  const spanAt = (offset: number, length: number): ReturnType<typeof spanIn> => {
    const { line, col } = counter.linePos(offset);
    const at = lines[line - 1] ?? lines[0];
    return spanIn(text, (at?.yamlStart ?? 0) + Math.max(0, col - 1), length);
  };
  const errors: HuntErrorData[] = document.errors.map((error) => ({
    kind: 'cellOption',
    option: '//|',
    message: error.message.split('\n')[0] ?? 'is not YAML',
    span: spanAt(error.pos[0], Math.max(1, error.pos[1] - error.pos[0])),
  }));
  if (errors.length > 0) return { options: {}, errors, bodyStart };
  if (document.contents === null) return { options: {}, errors: [], bodyStart };
  if (!isMap(document.contents)) {
    return { options: {}, errors: [{ kind: 'cellOption', option: '//|', message: 'write "key: value"', span: spanAt(0, 1) }], bodyStart };
  }
  const options: Partial<Record<OptionName, string>> = {};
  let workspaces: readonly string[] = [];
  for (const pair of document.contents.items) {
    const keyNode = isScalar(pair.key) ? pair.key : undefined;
    const key = keyNode ? keyNode.source : '';
    const [keyFrom] = keyNode ? keyNode.range : [0];
    const [from, to] = rangeOf(pair.value) ?? keyNode?.range ?? [0, 1];
    const span = spanAt(from, Math.max(1, to - from));
    const name = optionNames.find((known) => known === key);
    if (!name) {
      const keySpan = spanAt(keyFrom, Math.max(1, key.length));
      errors.push({ kind: 'cellOption', option: key, message: `is not known; known are ${optionNames.join(', ')}`, span: keySpan });
      continue;
    }
    const values = valuesOf(pair.value);
    const value = values.length === 1 || name === 'workspaces' ? values.join(',') : '';
    const problem = options[name] === undefined ? (problemWith(name, value) ?? rivalOf(name, options)) : 'is given twice';
    if (problem) errors.push({ kind: 'cellOption', option: name, message: problem, span });
    else if (name === 'workspaces') workspaces = isSeq(pair.value) ? values : namesBetweenCommas(value);
    if (!problem) options[name] = value;
  }
  const { workspaces: given, ...others } = options;
  return { options: given === undefined ? others : { ...others, workspaces }, errors, bodyStart };
}

function rangeOf(node: unknown): readonly [number, number, number] | undefined {
  return isScalar(node) || isSeq(node) ? ((node as Node).range ?? undefined) : undefined;
}

/** The texts of a scalar or of a list of scalars; none for anything else. */
function valuesOf(node: unknown): readonly string[] {
  if (isScalar(node)) return node.value === null ? [] : [node.source ?? ''];
  return isSeq(node) && node.items.every((item) => isScalar(item)) ? node.items.flatMap(valuesOf) : [];
}

function namesBetweenCommas(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

/** One workspace or several: which of two answers was meant, nobody could tell. */
function rivalOf(name: OptionName, given: Partial<Record<OptionName, string>>): string | undefined {
  if (name === 'workspace' && given.workspaces !== undefined) return 'stands beside "workspaces": write one of them';
  return name === 'workspaces' && given.workspace !== undefined ? 'stands beside "workspace": write one of them' : undefined;
}

function problemWith(name: OptionName, value: string): string | undefined {
  if (value === '') return 'has no value';
  if (name === 'name' && !identifier.test(value)) return `"${value}" is no name: use letters, digits and _, and begin with a letter or _`;
  if (name === 'name' && reservedNames.has(value.toLowerCase())) return `"${value}" is a word of KQL: choose another name`;
  if (name === 'workspaces' && namesBetweenCommas(value).includes('')) return 'has an empty name between its commas';
  if (name === 'timespan' && !isTimespan(value))
    return `"${value}" is no ISO 8601 duration (P7D, PT12H) or interval (2024-05-01/2024-05-08)`;
  return undefined;
}

interface HeaderLine {
  readonly yaml: string;
  /** Offset in the cell of the first character of `yaml`. */
  readonly yamlStart: number;
  /** Offset after the line and its end-of-line. */
  readonly end: number;
}

function headerLines(text: string): HeaderLine[] {
  const lines: HeaderLine[] = [];
  const pattern = /([^\r\n]*)(\r\n|\r|\n|$)/gu;
  for (const match of text.matchAll(pattern)) {
    const line = match[1] ?? '';
    const head = /^\s*\/\/\|\s?/u.exec(line);
    const end = match.index + match[0].length;
    if (head) lines.push({ yaml: line.slice(head[0].length), yamlStart: match.index + head[0].length, end });
    else if (lines.length > 0 || line.trim() !== '') break;
    if (end >= text.length) break;
  }
  return lines;
}
