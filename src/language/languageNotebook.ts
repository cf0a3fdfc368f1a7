import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Column } from '../common/kqlTypes';
import type { KqlFunction, KqlSchema } from '../kql/globals';
import { KqlScope, resultName, type ScopeName } from '../kql/kqlScope';
import { LanguageCell, type PlacedStatement, scopeBehind } from './languageCell';

/** What a notebook's text means beyond its text. */
export interface NotebookContext {
  /** What the workspace has; the notebook's own without a name. The same object as long as it is the same schema. */
  schemaOf(workspace: string | undefined): KqlSchema;
  /** The notebook's own workspace; absent when none is chosen. */
  readonly workspace?: string | undefined;
  /** Columns of a named result that a cell has given; undefined when it has not run. */
  resultColumns(name: string): readonly Column[] | undefined;
}

export interface NumberedCell {
  readonly document: TextDocument;
  readonly number: number;
  /** See {@link LanguageCell.isScript}. */
  readonly isScript?: boolean | undefined;
}

const noColumns: readonly Column[] = [];

/** Where a name that statements share is defined. */
export interface NameDefinition {
  readonly name: string;
  readonly cell: LanguageCell;
  /** The `let` statement; absent for the cell option `name`. */
  readonly statement?: PlacedStatement | undefined;
}

/**
 * The KQL cells of a notebook, in their order, as one text whose names cross cells: a `let` of a cell of lets alone, and the result of a
 * cell with the option `name`, are known to the cells after it. A `.kql` file is a notebook too. After a change only what it touches is
 * bound again, and only when it is asked for.
 */
export class LanguageNotebook {
  readonly #context: NotebookContext;
  #cells: readonly LanguageCell[] = [];

  constructor(context: NotebookContext) {
    this.#context = context;
  }

  get cells(): readonly LanguageCell[] {
    return this.#cells;
  }

  cell(uri: string): LanguageCell | undefined {
    return this.#cells.find((cell) => cell.uri === uri);
  }

  /** @param numbered Each cell with its number in the notebook, which counts cells of other languages too. */
  setCells(numbered: readonly NumberedCell[]): void {
    const earlier = new Map(this.#cells.map((cell) => [cell.uri, cell]));
    this.#cells = numbered.map(({ document, number, isScript }) => {
      const known = earlier.get(document.uri);
      if (known?.version === document.version && known.text === document.getText() && known.number === number) return known;
      const made = new LanguageCell(document, number, isScript);
      if (known) made.takeOver(known);
      return made;
    });
  }

  /** The statements of a cell, bound. */
  statements(cell: LanguageCell): readonly PlacedStatement[] {
    return cell.statements(this.scopeOf(cell));
  }

  /** The names that a cell's first statement can use. */
  scopeOf(cell: LanguageCell): KqlScope {
    const names = new Map<string, ScopeName>();
    for (const earlier of this.#cells) {
      if (earlier === cell) break;
      for (const name of this.#namesOf(earlier, names)) names.set(name.name, name);
    }
    return this.#scope(cell, names);
  }

  /** The statement at an offset of a cell: also while something is typed behind it. */
  statementAt(cell: LanguageCell, offset: number): PlacedStatement | undefined {
    const index = cell.ranges.findLastIndex((range) => range.start <= offset && offset <= range.fullEnd);
    return index < 0 ? undefined : cell.statements(this.scopeOf(cell), index + 1)[index];
  }

  /** The names that something new at an offset could use, where no statement stands. */
  scopeAt(cell: LanguageCell, offset: number): KqlScope {
    const before = cell.ranges.findLastIndex((range) => range.fullEnd < offset);
    const placed = before < 0 ? undefined : cell.statements(this.scopeOf(cell), before + 1)[before];
    return placed ? scopeBehind(placed) : this.scopeOf(cell);
  }

  /** What a name means to a statement of a cell, when an earlier statement or cell defines it. */
  definitionOf(name: string, cell: LanguageCell, before: PlacedStatement | undefined): NameDefinition | undefined {
    const index = before ? cell.ranges.indexOf(before.range) : 0;
    const own = lets(cell, cell.statements(this.scopeOf(cell), index)).findLast((definition) => definition.name === name);
    if (own) return own;
    return this.#cells
      .slice(0, this.#cells.indexOf(cell))
      .filter((earlier) => earlier.definesOnly || earlier.header.options.name === name)
      .flatMap((earlier) => this.#definitionsOf(earlier))
      .findLast((definition) => definition.name === name && (definition.statement === undefined || definition.cell.definesOnly));
  }

  /** All definitions that other statements can see, in their order. */
  definitions(): readonly NameDefinition[] {
    return this.#cells.flatMap((cell) => this.#definitionsOf(cell));
  }

  #definitionsOf(cell: LanguageCell): readonly NameDefinition[] {
    const own = lets(cell, this.statements(cell));
    const { name } = cell.header.options;
    return name === undefined || cell.definesOnly ? own : [...own, { name, cell }];
  }

  /** Does a cell's workspace have a table of that name? */
  hasTable(cell: LanguageCell, name: string): boolean {
    return this.#context.schemaOf(cell.header.options.workspace).tables.some((table) => table.name === name);
  }

  /** A function that a cell's workspace stores, and the workspace's name or id. */
  storedFunction(cell: LanguageCell, name: string): { readonly workspace: string; readonly stored: KqlFunction } | undefined {
    const { workspace: own } = cell.header.options;
    const workspace = own ?? this.#context.workspace;
    const stored = this.#context.schemaOf(own).functions.find((candidate) => candidate.name === name);
    return stored && workspace !== undefined ? { workspace, stored } : undefined;
  }

  /** Aliases of the watchlists of a cell's workspace. */
  watchlists(cell: LanguageCell): readonly string[] {
    return this.#context.schemaOf(cell.header.options.workspace).watchlists.map(({ name }) => name);
  }

  #scope(cell: LanguageCell, names: ReadonlyMap<string, ScopeName>): KqlScope {
    let scope = KqlScope.of(this.#context.schemaOf(cell.header.options.workspace));
    for (const name of names.values()) scope = scope.with(name);
    return scope;
  }

  /** What a cell leaves to the cells after it. */
  #namesOf(cell: LanguageCell, before: ReadonlyMap<string, ScopeName>): readonly ScopeName[] {
    const { name } = cell.header.options;
    if (cell.definesOnly) return cell.statements(this.#scope(cell, before)).flatMap(({ bound }) => bound.defines ?? []);
    if (name === undefined) return [];
    const known = this.#context.resultColumns(name);
    const columns = known ?? cell.statements(this.#scope(cell, before)).findLast(({ bound }) => bound.resultColumns)?.bound.resultColumns;
    return [result(name, columns ?? noColumns)];
  }
}

/** A wide table takes time to describe, and scopes are to stay the same scopes: made once for the columns of a result. */
const results = new WeakMap<readonly Column[], Map<string, ScopeName>>();

function result(name: string, columns: readonly Column[]): ScopeName {
  const known = results.get(columns) ?? new Map<string, ScopeName>();
  results.set(columns, known);
  const made = known.get(name) ?? resultName(name, columns);
  known.set(name, made);
  return made;
}

function lets(cell: LanguageCell, statements: readonly PlacedStatement[]): readonly NameDefinition[] {
  return statements.flatMap((statement) => {
    const { defines } = statement.bound;
    return defines ? [{ name: defines.name, cell, statement }] : [];
  });
}
