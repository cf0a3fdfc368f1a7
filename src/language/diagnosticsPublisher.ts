import type { Connection } from 'vscode-languageserver/node';
import { diagnostics } from './diagnostics';
import type { HintSettings } from './hints/hint';
import type { LanguageCell } from './languageCell';
import type { OpenDocuments } from './openDocuments';
import { FUNCTION_SCHEME } from './storedFunctions';

/**
 * Finds and sends the diagnostics of cells when nothing more urgent is to do: one cell a turn of the event loop, so that a completion
 * that comes meanwhile is answered first. A newer change of the notebook drops the older work.
 */
export class DiagnosticsPublisher {
  readonly #connection: Connection;
  readonly #documents: OpenDocuments;
  readonly #hints: () => HintSettings;
  /** By the URI of the notebook. */
  readonly #scheduled = new Map<string, NodeJS.Immediate>();
  /** What was last sent, as JSON, by the URI of the cell: the same is not sent twice. */
  readonly #sent = new Map<string, string>();

  constructor(connection: Connection, documents: OpenDocuments, hints: () => HintSettings) {
    this.#connection = connection;
    this.#documents = documents;
    this.#hints = hints;
  }

  publish(uri: string): void {
    // What a workspace stores is shown, not worked on.
    if (uri.startsWith(`${FUNCTION_SCHEME}:`)) return;
    const cells = [...(this.#documents.notebook(uri)?.cells ?? [])];
    const gone = this.#scheduled.get(uri);
    if (gone) clearImmediate(gone);
    this.#next(uri, cells);
  }

  publishAll(): void {
    for (const uri of this.#documents.uris) this.publish(uri);
  }

  /** The document is closed: nothing is shown of it any more. */
  clear(uri: string): void {
    const scheduled = this.#scheduled.get(uri);
    if (scheduled) clearImmediate(scheduled);
    this.#scheduled.delete(uri);
    for (const cell of this.#documents.notebook(uri)?.cells ?? []) this.#send(cell.uri, cell.version, []);
  }

  #next(uri: string, cells: LanguageCell[]): void {
    const immediate = setImmediate(() => {
      const cell = cells.shift();
      const notebook = this.#documents.notebook(uri);
      if (!cell || !notebook) {
        this.#scheduled.delete(uri);
        return;
      }
      // A cell that another has taken the place of is found again by the change that did so.
      if (notebook.cells.includes(cell)) this.#send(cell.uri, cell.version, diagnostics(notebook, cell, this.#hints()));
      this.#next(uri, cells);
    });
    this.#scheduled.set(uri, immediate);
  }

  #send(uri: string, version: number, found: ReturnType<typeof diagnostics>): void {
    const text = JSON.stringify(found);
    if (this.#sent.get(uri) === text) return;
    if (found.length === 0) this.#sent.delete(uri);
    else this.#sent.set(uri, text);
    void this.#connection.sendDiagnostics({ uri, version, diagnostics: found });
  }
}
