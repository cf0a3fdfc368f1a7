import type { Hover } from 'vscode-languageserver-types';
import { type SymbolAt, symbolAt } from '../kql/symbolAt';
import { documentationOf } from './documentation/documentation';
import { rangeOf } from './diagnostics';
import type { LanguageCell } from './languageCell';
import type { LanguageNotebook } from './languageNotebook';

const SHOWN_COLUMNS = 20;
const LONGEST_WORD = 60;
const LONGEST_DESCRIPTION = 2000;

/** What is known of the name or operator at an offset of a cell. */
export function hover(notebook: LanguageNotebook, cell: LanguageCell, offset: number): Hover | undefined {
  const placed = notebook.statementAt(cell, offset);
  if (!placed) return undefined;
  const { range, bound } = placed;
  const found = symbolAt(bound, offset - range.start);
  if (found && found.kind !== 'Operator') {
    const outside = bound.scope.names.get(found.name)?.symbol === found.symbol;
    const defined = outside ? notebook.definitionOf(found.name, cell, placed) : undefined;
    const origin = defined && `Defined in cell ${defined.cell.number}.`;
    return { contents: { kind: 'markdown', value: describe(found, origin) }, range: rangeOf(cell, range.start + found.start, found.length) };
  }
  const word = wordAt(cell.text, offset);
  const documented = word && documentationOf(word.text);
  if (!documented) return undefined;
  return { contents: { kind: 'markdown', value: documented }, range: rangeOf(cell, word.start, word.text.length) };
}

function describe(found: SymbolAt, origin: string | undefined): string {
  const parts = [heading(found)];
  if (found.description !== undefined) parts.push(plain(found.description));
  if (found.table !== undefined) parts.push(`Column of ${code(found.table)}`);
  if (found.columns.length > 0) parts.push(columnList(found.columns));
  if (origin !== undefined) parts.push(origin);
  const documented = found.builtIn ? documentationOf(found.name) : undefined;
  if (documented) parts.push(documented);
  return parts.join('\n\n');
}

function heading({ kind, name, detail, signatures }: SymbolAt): string {
  if (kind === 'Function') return fence(signatures.slice(0, 5).map((signature) => `${name}${signature}`).join('\n'));
  const label = kind === 'Column' ? '' : `${kind.toLowerCase()} `;
  return fence(detail === undefined ? `${label}${name}` : `${label}${name}: ${detail}`);
}

function columnList(columns: SymbolAt['columns']): string {
  const shown = columns.slice(0, SHOWN_COLUMNS).map((column) => `${code(column.name)} ${column.type}`);
  const more = columns.length > SHOWN_COLUMNS ? [`and ${columns.length - SHOWN_COLUMNS} more`] : [];
  return [...shown, ...more].join(', ');
}

/** Text as Markdown that shows the text and nothing else; what renderers make links of stands as code. */
function plain(text: string): string {
  const words = text.slice(0, LONGEST_DESCRIPTION).split(/\s+/u);
  return words.map((word) => (/[@:]|www\./iu.test(word) ? code(word) : word.replace(/[^\p{L}\p{N}]/gu, '\\$&'))).join(' ');
}

/** Names come from data: they stay text. */
function code(text: string): string {
  const fenceOf = '`'.repeat((text.match(/`+/gu) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0) + 1);
  return `${fenceOf}${text.replace(/[\r\n]+/gu, ' ')}${fenceOf}`;
}

function fence(text: string): string {
  return `\`\`\`kusto\n${text.replaceAll('```', "'''")}\n\`\`\``;
}

/** Operators and keywords: `mv-expand`, `!has_cs`, `=~`. */
function wordAt(text: string, offset: number): { readonly text: string; readonly start: number } | undefined {
  // No operator is longer, and looking for the end of a long word takes the square of its length.
  const before = /[\w!~=-]*$/u.exec(text.slice(Math.max(0, offset - LONGEST_WORD), offset))?.[0] ?? '';
  const after = /^[\w!~=-]*/u.exec(text.slice(offset, offset + LONGEST_WORD))?.[0] ?? '';
  const word = before + after;
  return word === '' ? undefined : { text: word, start: offset - before.length };
}
