import { type CompletionItem, CompletionItemKind, type CompletionList, InsertTextFormat } from 'vscode-languageserver-types';
import { BoundStatement } from '../kql/boundStatement';
import { type Completion, completionsAt } from '../kql/completer';
import { documentationOf } from './documentation/documentation';
import type { LanguageCell } from './languageCell';
import type { LanguageNotebook } from './languageNotebook';
import { optionCompletions } from './cellOptionCompletion';

/** What can be written at an offset of a cell. Documentation of an item is added when it is looked at. */
export function completions(
  notebook: LanguageNotebook,
  cell: LanguageCell,
  offset: number,
  workspaces: readonly string[] = [],
): CompletionList {
  if (offset < cell.header.bodyStart || cell.text.slice(0, offset).trimStart() === '') {
    const options = optionCompletions(cell, offset, workspaces);
    if (options) return { isIncomplete: false, items: options };
  }
  const stands = notebook.statementAt(cell, offset);
  const placed = stands && cell.exact(stands);
  const base = placed?.range.start ?? offset;
  // Outside of statements something new begins.
  const bound = placed?.bound ?? new BoundStatement('', notebook.scopeAt(cell, offset));
  const { start, length, items } = completionsAt(bound, offset - base);
  const editRange = { start: cell.document.positionAt(base + start), end: cell.document.positionAt(base + start + length) };
  return {
    isIncomplete: false,
    itemDefaults: { editRange, insertTextFormat: InsertTextFormat.Snippet },
    items: items.map(completionItem),
  };
}

/** An item with its documentation, once someone looks at it. */
export function documented(item: CompletionItem): CompletionItem {
  if (item.documentation !== undefined) return item;
  const text = documentationOf(item.label.replace(/\(.*$/u, '').trim());
  return text === undefined ? item : { ...item, documentation: { kind: 'markdown', value: text } };
}

const itemKinds: Readonly<Record<string, CompletionItemKind>> = {
  Column: CompletionItemKind.Field,
  Table: CompletionItemKind.Class,
  BuiltInFunction: CompletionItemKind.Function,
  LocalFunction: CompletionItemKind.Function,
  DatabaseFunction: CompletionItemKind.Function,
  AggregateFunction: CompletionItemKind.Method,
  Parameter: CompletionItemKind.Variable,
  Variable: CompletionItemKind.Variable,
  QueryPrefix: CompletionItemKind.Keyword,
  Keyword: CompletionItemKind.Keyword,
  TabularPrefix: CompletionItemKind.Keyword,
  TabularSuffix: CompletionItemKind.Keyword,
  ScalarInfix: CompletionItemKind.Operator,
  ScalarPrefix: CompletionItemKind.Operator,
  ScalarType: CompletionItemKind.TypeParameter,
  Example: CompletionItemKind.Value,
  RenderChart: CompletionItemKind.EnumMember,
  Option: CompletionItemKind.Property,
};

/** Every table of the workspace is in the list. UTF-16 code units. */
const LONGEST_DESCRIPTION = 300;

function completionItem(completion: Completion): CompletionItem {
  const { kind, label, match, before, after, rank, detail, description } = completion;
  return {
    label,
    kind: itemKinds[kind] ?? CompletionItemKind.Text,
    sortText: `${String(rank).padStart(3, '0')}${label.toLowerCase()}`,
    ...(match === label ? {} : { filterText: match }),
    textEditText: after === '' ? escapeSnippet(before) : `${escapeSnippet(before)}$0${escapeSnippet(after)}`,
    // A function's label says how it is called.
    ...(detail === undefined || label.endsWith(')') ? {} : { labelDetails: { description: detail } }),
    ...(description === undefined || description === '' ? {} : { documentation: description.slice(0, LONGEST_DESCRIPTION) }),
    // What is inserted asks for more: an argument, or the name after an operator.
    ...(/[\s(]$/u.test(before) ? { command: { command: 'editor.action.triggerSuggest', title: '' } } : {}),
    data: { kind },
  };
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/gu, '\\$&');
}
