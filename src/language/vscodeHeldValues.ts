import * as vscode from 'vscode';
import type { SavedResult } from '../common/savedResult';
import { wholeView } from '../common/resultViews';
import type { EngineClient } from '../notebook/engineClient';
import type { EngineHost } from '../notebook/engineHost';
import type { ShownResults } from '../notebook/vscodeCells';
import type { KqlFiles } from '../notebook/vscodeKqlFiles';
import { frequentValues, type ValueCount } from './frequentValues';

/** Most values that are read of a column of one result. */
const MOST_VALUES = 20;

/**
 * The frequent texts of columns in the results that notebooks and `.kql` files show: of all rows while the engine holds them, else of the
 * preview. The engine is not started for them, and no query is sent.
 */
export class HeldValues {
  readonly #client: EngineClient;
  readonly #engine: EngineHost;
  readonly #shown: ShownResults;
  readonly #files: KqlFiles;
  /** By the result, then by the column's position: a result does not change. */
  readonly #known = new WeakMap<SavedResult, Map<number, Promise<readonly ValueCount[]>>>();

  constructor(client: EngineClient, engine: EngineHost, shown: ShownResults, files: KqlFiles) {
    this.#client = client;
    this.#engine = engine;
    this.#shown = shown;
    this.#files = files;
  }

  /** @param uri Of a notebook, or of a `.kql` file. @returns The most frequent first. */
  async of(uri: string, column: string): Promise<readonly string[]> {
    const notebook = vscode.workspace.notebookDocuments.find((open) => open.uri.toString() === uri);
    const results = notebook ? notebook.getCells().flatMap((cell) => this.#shown.of(cell) ?? []) : this.#files.resultsOf(uri);
    const counts = results.flatMap((saved) =>
      saved.result.columns.flatMap(({ name, type }, index) => (name === column && type === 'string' ? [this.#counts(saved, index)] : [])),
    );
    return frequentValues(await Promise.all(counts), MOST_VALUES);
  }

  #counts(saved: SavedResult, column: number): Promise<readonly ValueCount[]> {
    const known = this.#known.get(saved) ?? new Map<number, Promise<readonly ValueCount[]>>();
    this.#known.set(saved, known);
    const found = known.get(column) ?? this.#read(saved, column);
    known.set(column, found);
    return found;
  }

  async #read({ result }: SavedResult, column: number): Promise<readonly ValueCount[]> {
    const preview = result.preview.rows.map((row) => ({ value: row[column] ?? null, rows: 1 }));
    if (this.#engine.state.kind !== 'running') return preview;
    try {
      const read = { resultId: result.resultId, view: wholeView, column, contains: '', limit: MOST_VALUES };
      return (await this.#client.call('readValueCounts', read)).values;
    } catch {
      return preview; // Its rows are gone.
    }
  }
}
