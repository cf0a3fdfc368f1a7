import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type Range,
  SymbolKind,
} from 'vscode-languageserver-types';
import { symbolAt } from '../kql/symbolAt';
import { rangeOf } from './diagnostics';
import type { LanguageCell, PlacedStatement } from './languageCell';
import type { LanguageNotebook } from './languageNotebook';
import { definition, references } from './references';

/** The function of a `let` whose name stands at an offset. */
export function prepareCallHierarchy(notebook: LanguageNotebook, cell: LanguageCell, offset: number): CallHierarchyItem[] | undefined {
  const found = functionAt(notebook, cell, offset);
  return found && [itemOf(found.cell, found.placed)];
}

/** The statements that call a function, each with the places where it does. */
export function incomingCalls(notebook: LanguageNotebook, item: CallHierarchyItem): CallHierarchyIncomingCall[] {
  const cell = notebook.cell(item.uri);
  if (!cell) return [];
  const callers = new Map<PlacedStatement, { readonly cell: LanguageCell; readonly fromRanges: Range[] }>();
  for (const { uri, range } of references(notebook, cell, cell.document.offsetAt(item.selectionRange.start), false)) {
    const caller = notebook.cell(uri);
    const placed = caller && notebook.statementAt(caller, caller.document.offsetAt(range.start));
    if (!placed) continue;
    const known = callers.get(placed) ?? { cell: caller, fromRanges: [] };
    known.fromRanges.push(range);
    callers.set(placed, known);
  }
  return [...callers].map(([placed, { cell: caller, fromRanges }]) => ({ from: itemOf(caller, placed), fromRanges }));
}

/** The functions of lets that a statement calls. */
export function outgoingCalls(notebook: LanguageNotebook, item: CallHierarchyItem): CallHierarchyOutgoingCall[] {
  const cell = notebook.cell(item.uri);
  const placed = cell && notebook.statementAt(cell, cell.document.offsetAt(item.selectionRange.start));
  if (!placed) return [];
  const called = new Map<string, { readonly to: CallHierarchyItem; readonly fromRanges: Range[] }>();
  for (const node of placed.bound.nodes) {
    const name = node.kind === 'FunctionCallExpression' ? node.child('Name') : undefined;
    const found = name && functionAt(notebook, cell, placed.range.start + name.start);
    if (!name || !found || found.placed.range.start === placed.range.start) continue;
    const to = itemOf(found.cell, found.placed);
    const key = `${to.uri} ${found.placed.range.start}`;
    const known = called.get(key) ?? { to, fromRanges: [] };
    known.fromRanges.push(rangeOf(cell, placed.range.start + name.start, name.length));
    called.set(key, known);
  }
  return [...called.values()];
}

/** The `let` that defines the function whose name stands at an offset. */
function functionAt(
  notebook: LanguageNotebook,
  cell: LanguageCell,
  offset: number,
): { readonly cell: LanguageCell; readonly placed: PlacedStatement } | undefined {
  const stands = notebook.statementAt(cell, offset);
  if (!stands || symbolAt(stands.bound, offset - stands.range.start)?.kind !== 'Function') return undefined;
  const [declared] = definition(notebook, cell, offset);
  const home = declared && notebook.cell(declared.uri);
  const placed = home && notebook.statementAt(home, home.document.offsetAt(declared.range.start));
  return home && placed?.bound.defines?.signature.startsWith('function ') === true ? { cell: home, placed } : undefined;
}

/** A `let` by its name, a query by its beginning. */
function itemOf(cell: LanguageCell, { range, bound }: PlacedStatement): CallHierarchyItem {
  const { defines, node } = bound;
  const place = { detail: `cell ${cell.number}`, uri: cell.uri, range: rangeOf(cell, range.start, range.end - range.start) };
  const name = node?.kind === 'LetStatement' ? node.child('Name') : undefined;
  if (!defines || !name) {
    const [line = ''] = range.code.split(/[\r\n]/u);
    return { ...place, name: line, kind: SymbolKind.Event, selectionRange: rangeOf(cell, range.start, line.length) };
  }
  const kind = defines.signature.startsWith('function ') ? SymbolKind.Function : SymbolKind.Variable;
  return { ...place, name: defines.name, kind, selectionRange: rangeOf(cell, range.start + name.start, name.length) };
}
