import { type DocumentHighlight, type Location, type Range, type TextEdit, type WorkspaceEdit, DocumentHighlightKind } from 'vscode-languageserver-types';
import { HuntError } from '../common/errors';
import { occurrencesOf } from '../kql/occurrences';
import { type SymbolAt, symbolAt } from '../kql/symbolAt';
import { rangeOf } from './diagnostics';
import { storedLocation } from './storedFunctions';
import type { LanguageCell, PlacedStatement } from './languageCell';
import type { LanguageNotebook, NameDefinition } from './languageNotebook';

/** A place in a cell where a name stands. Offsets are the cell's. */
interface Place {
  readonly cell: LanguageCell;
  readonly start: number;
  readonly length: number;
  readonly declares: boolean;
}

/** A name and everywhere that it means the same. */
interface Name {
  readonly name: string;
  readonly at: Place;
  readonly places: readonly Place[];
}

/** Kinds of names inside a statement that people give themselves. Columns are not: they come from data, and flow through operators. */
const ownKinds: ReadonlySet<string> = new Set(['Variable', 'Parameter', 'Function']);

/** Where the name at an offset is defined: a `let`, a parameter, the cell option `name`, or a function that the workspace stores. */
export function definition(notebook: LanguageNotebook, cell: LanguageCell, offset: number): Location[] {
  const name = nameAt(notebook, cell, offset);
  const declared = locations(name?.places.filter((place) => place.declares) ?? []);
  const stored = name && declared.length === 0 ? notebook.storedFunction(cell, name.name) : undefined;
  return stored ? [storedLocation(stored.workspace, stored.stored)] : declared;
}

export function references(notebook: LanguageNotebook, cell: LanguageCell, offset: number, withDeclaration: boolean): Location[] {
  return locations(nameAt(notebook, cell, offset)?.places.filter((place) => withDeclaration || !place.declares) ?? []);
}

/** The places of the name at an offset within its cell. */
export function highlights(notebook: LanguageNotebook, cell: LanguageCell, offset: number): DocumentHighlight[] {
  const places = nameAt(notebook, cell, offset)?.places.filter((place) => place.cell === cell) ?? [];
  return places.map(({ start, length, declares }) => ({
    range: rangeOf(cell, start, length),
    kind: declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

/** What a rename would replace; undefined where there is nothing that people name. */
export function prepareRename(
  notebook: LanguageNotebook,
  cell: LanguageCell,
  offset: number,
): { range: Range; placeholder: string } | undefined {
  const name = renamable(notebook, cell, offset);
  return name && { range: rangeOf(cell, name.at.start, name.at.length), placeholder: name.name };
}

/** @throws HuntError `refused` for a name that cannot be one, or that something else has already. */
export function rename(notebook: LanguageNotebook, cell: LanguageCell, offset: number, newName: string): WorkspaceEdit | undefined {
  const name = renamable(notebook, cell, offset);
  if (!name) return undefined;
  if (!/^[A-Za-z_]\w*$/u.test(newName)) {
    throw new HuntError({ kind: 'refused', message: `"${newName}" is not a name: letters, digits and _ make one.` });
  }
  if (notebook.definitions().some((other) => other.name === newName)) {
    throw new HuntError({ kind: 'refused', message: `The notebook has another "${newName}" already.` });
  }
  const changes: Record<string, TextEdit[]> = {};
  for (const { cell: place, start, length } of name.places) {
    (changes[place.uri] ??= []).push({ range: rangeOf(place, start, length), newText: newName });
  }
  return { changes };
}

function renamable(notebook: LanguageNotebook, cell: LanguageCell, offset: number): Name | undefined {
  const name = nameAt(notebook, cell, offset);
  return name?.places.some((place) => place.declares) ? name : undefined;
}

function nameAt(notebook: LanguageNotebook, cell: LanguageCell, offset: number): Name | undefined {
  const option = optionName(cell);
  if (option && option.start <= offset && offset <= option.start + option.length) {
    return { name: option.name, at: option, places: sharedPlaces(notebook, { name: option.name, cell }) };
  }
  const placed = notebook.statementAt(cell, offset);
  const found = placed && symbolAt(placed.bound, offset - placed.range.start);
  if (!placed || !found) return undefined;
  const at = { cell, start: placed.range.start + found.start, length: found.length, declares: false };
  const shared = sharedDefinition(notebook, cell, placed, found);
  if (shared) return { name: found.name, at, places: sharedPlaces(notebook, shared) };
  const own = !found.builtIn && ownKinds.has(found.kind);
  const places = placesIn(cell, placed, found.symbol).map((place) => (own ? place : { ...place, declares: false }));
  return { name: found.name, at, places };
}

/** The definition behind a name that statements share, or that the statement itself gives to others. */
function sharedDefinition(
  notebook: LanguageNotebook,
  cell: LanguageCell,
  placed: PlacedStatement,
  found: SymbolAt,
): NameDefinition | undefined {
  if (placed.bound.defines?.symbol === found.symbol) return { name: found.name, cell, statement: placed };
  if (placed.bound.scope.names.get(found.name)?.symbol !== found.symbol) return undefined;
  return notebook.definitionOf(found.name, cell, placed);
}

/** A definition's own place, and every later one that means it. */
function sharedPlaces(notebook: LanguageNotebook, defined: NameDefinition): readonly Place[] {
  const own = declarationOf(defined);
  const uses = notebook.cells.flatMap((cell) =>
    notebook.statements(cell).flatMap((placed) => {
      const known = placed.bound.scope.names.get(defined.name);
      const meant = known && notebook.definitionOf(defined.name, cell, placed);
      return meant && sameDefinition(meant, defined) ? placesIn(cell, placed, known.symbol) : [];
    }),
  );
  return [...(own ? [own] : []), ...uses];
}

function sameDefinition(left: NameDefinition, right: NameDefinition): boolean {
  return left.cell === right.cell && left.statement?.range.start === right.statement?.range.start;
}

function declarationOf({ name, cell, statement }: NameDefinition): Place | undefined {
  if (!statement) return optionName(cell);
  const symbol = statement.bound.defines?.symbol;
  const declared = symbol && occurrencesOf(statement.bound, symbol).find((occurrence) => occurrence.declares);
  if (declared) return { cell, start: statement.range.start + declared.start, length: declared.length, declares: true };
  // A name that Kusto.Language does not tie to its symbol stands right behind `let`.
  const start = statement.bound.text.indexOf(name);
  return start < 0 ? undefined : { cell, start: statement.range.start + start, length: name.length, declares: true };
}

function placesIn(cell: LanguageCell, { range, bound }: PlacedStatement, symbol: object): readonly Place[] {
  return occurrencesOf(bound, symbol).map(({ start, length, declares }) => ({ cell, start: range.start + start, length, declares }));
}

/** Where the header names the cell's result. */
function optionName(cell: LanguageCell): (Place & { readonly name: string }) | undefined {
  const { name } = cell.header.options;
  if (name === undefined) return undefined;
  const line = /^[ \t]*\/\/\|[ \t]*name[ \t]*:[ \t]*(["']?)/mu.exec(cell.text.slice(0, cell.header.bodyStart));
  return line ? { cell, name, start: line.index + line[0].length, length: name.length, declares: true } : undefined;
}

function locations(places: readonly Place[]): Location[] {
  return places.map(({ cell, start, length }) => ({ uri: cell.uri, range: rangeOf(cell, start, length) }));
}
