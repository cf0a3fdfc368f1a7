import { type SemanticTokens, SemanticTokensBuilder } from 'vscode-languageserver/node';
import { type Classified, classify } from '../kql/classifier';
import type { LanguageCell } from './languageCell';
import type { LanguageNotebook } from './languageNotebook';

/** The protocol's types, by Kusto.Language's kinds. What is not here is left to the grammar: strings, numbers, comments, keywords. */
const tokenTypes = {
  Column: 'property',
  Table: 'class',
  MaterializedView: 'class',
  Database: 'namespace',
  Function: 'function',
  Parameter: 'parameter',
  QueryParameter: 'parameter',
  ClientParameter: 'parameter',
  SignatureParameter: 'parameter',
  Variable: 'variable',
  Type: 'type',
} as const;

export const tokenLegend: readonly string[] = [...new Set(Object.values(tokenTypes))];

/** Names of a cell by what they mean: a column, a table, a variable look different whatever they are called. */
export function semanticTokens(notebook: LanguageNotebook, cell: LanguageCell): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const { range, bound } of notebook.statements(cell)) {
    for (const { kind, start, length } of classify(bound)) {
      const type = typeOf(kind);
      if (type === undefined) continue;
      for (const part of lines(cell, range.start + start, length)) builder.push(part.line, part.character, part.length, type, 0);
    }
  }
  return builder.build();
}

function typeOf(kind: Classified['kind']): number | undefined {
  return Object.hasOwn(tokenTypes, kind) ? tokenLegend.indexOf(tokenTypes[kind as keyof typeof tokenTypes]) : undefined;
}

/** A token must not go over the end of a line. */
function* lines(cell: LanguageCell, start: number, length: number): Generator<{ line: number; character: number; length: number }> {
  let from = start;
  for (const line of cell.text.slice(start, start + length).split(/\r\n|\r|\n/u)) {
    if (line !== '') yield { ...cell.document.positionAt(from), length: line.length };
    from += line.length + (cell.text[from + line.length] === '\r' && cell.text[from + line.length + 1] === '\n' ? 2 : 1);
  }
}
