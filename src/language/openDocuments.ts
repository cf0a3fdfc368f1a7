import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { KqlSchema } from '../kql/globals';
import type { LanguageCell } from './languageCell';
import { LanguageNotebook } from './languageNotebook';
import type { DocumentContext } from './languageProtocol';

/** A cell and the notebook it is part of. */
export interface OpenCell {
  readonly notebook: LanguageNotebook;
  readonly cell: LanguageCell;
}

interface Open {
  readonly notebook: LanguageNotebook;
  cells: readonly TextDocument[];
}

/** The notebooks and `.kql` files that the editor shows, by URI, with what the client says of them. */
export class OpenDocuments {
  readonly #schemaOf: (workspace: string | undefined) => KqlSchema;
  readonly #open = new Map<string, Open>();
  readonly #contexts = new Map<string, DocumentContext>();
  /** URI of the notebook, by the URI of the cell. */
  readonly #owners = new Map<string, string>();

  constructor(schemaOf: (workspace: string | undefined) => KqlSchema) {
    this.#schemaOf = schemaOf;
  }

  /** A notebook was opened, or its cells changed. A `.kql` file is its own single cell. */
  set(uri: string, cells: readonly TextDocument[]): void {
    const known = this.#open.get(uri) ?? { notebook: this.#newNotebook(uri), cells };
    for (const cell of known.cells) this.#owners.delete(cell.uri);
    known.cells = cells;
    this.#open.set(uri, known);
    for (const cell of cells) this.#owners.set(cell.uri, uri);
    this.#number(uri);
  }

  close(uri: string): void {
    for (const cell of this.#open.get(uri)?.cells ?? []) this.#owners.delete(cell.uri);
    this.#open.delete(uri);
    this.#contexts.delete(uri);
  }

  setContext(context: DocumentContext): void {
    this.#contexts.set(context.uri, context);
    this.#number(context.uri);
  }

  get uris(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** The notebook that a cell is part of. */
  ownerOf(cellUri: string): string | undefined {
    return this.#owners.get(cellUri);
  }

  notebook(uri: string): LanguageNotebook | undefined {
    return this.#open.get(uri)?.notebook;
  }

  find(cellUri: string): OpenCell | undefined {
    const notebook = this.notebook(this.#owners.get(cellUri) ?? '');
    const cell = notebook?.cell(cellUri);
    return notebook && cell && { notebook, cell };
  }

  #newNotebook(uri: string): LanguageNotebook {
    const contexts = this.#contexts;
    return new LanguageNotebook({
      get workspace() {
        return contexts.get(uri)?.workspace;
      },
      schemaOf: (workspace) => this.#schemaOf(workspace ?? this.#contexts.get(uri)?.workspace),
      resultColumns: (name) => this.#contexts.get(uri)?.results.find((result) => result.name === name)?.columns,
    });
  }

  #number(uri: string): void {
    const open = this.#open.get(uri);
    const numbers = this.#contexts.get(uri)?.numbers ?? {};
    open?.notebook.setCells(
      open.cells.map((document, index) => ({ document, number: numbers[document.uri] ?? index + 1, isScript: document.uri === uri })),
    );
  }
}
