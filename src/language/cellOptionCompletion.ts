import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver-types';
import type { LanguageCell } from './languageCell';

const options: Readonly<Record<string, string>> = {
  name: 'Later cells use the result of this cell as a table of this name.',
  workspace: 'The workspace that this cell runs against, instead of the notebook’s.',
  workspaces: 'Workspaces that are asked together.',
  timespan: 'Time range of the query, as ISO 8601: `P7D`, `PT12H`, `2024-05-01/2024-05-08`.',
};

const timespans = ['PT1H', 'PT12H', 'P1D', 'P3D', 'P7D', 'P14D', 'P30D', 'P90D'];

/** Completions in a line `//| key: value` at the head of a cell; undefined elsewhere. */
export function optionCompletions(
  cell: LanguageCell,
  offset: number,
  workspaces: readonly string[],
): CompletionItem[] | undefined {
  const lineStart = cell.text.lastIndexOf('\n', offset - 1) + 1;
  const line = cell.text.slice(lineStart, offset);
  const match = /^\s*\/\/\|\s*(?<key>\w*)(?<colon>\s*:\s*)?(?<value>[^:]*)$/u.exec(line);
  if (!match?.groups) return undefined;
  const { key = '', colon, value = '' } = match.groups;
  const item = (label: string, kind: CompletionItemKind, written: string, replaced: string, documentation?: string): CompletionItem => ({
    label,
    kind,
    textEdit: {
      range: { start: cell.document.positionAt(offset - replaced.length), end: cell.document.positionAt(offset) },
      newText: written,
    },
    ...(documentation === undefined ? {} : { documentation: { kind: 'markdown' as const, value: documentation } }),
  });
  if (colon === undefined) {
    const used = new Set(Object.entries(cell.header.options).flatMap(([name, given]) => (given === undefined ? [] : [name])));
    return Object.entries(options)
      .filter(([name]) => !used.has(name) || name === key)
      .map(([name, text]) => item(name, CompletionItemKind.Property, `${name}: `, key, text));
  }
  if (key === 'timespan') return timespans.map((text) => item(text, CompletionItemKind.Value, text, value));
  if (key === 'workspace' || key === 'workspaces') {
    const last = value.slice(value.lastIndexOf(',') + 1).trimStart();
    return workspaces.map((name) => item(name, CompletionItemKind.Value, name, last));
  }
  return [];
}
