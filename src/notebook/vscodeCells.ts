import * as vscode from 'vscode';
import { RESULT_MIME, type SavedResult, readSavedResult } from '../common/savedResult';
import { KQL_LANGUAGE } from './ipynb';

export const NOTEBOOK_TYPE = 'jupyter-notebook';

/** Is it a cell that Huntbook runs? */
export function isKqlCell(cell: vscode.NotebookCell): boolean {
  return cell.kind === vscode.NotebookCellKind.Code && cell.document.languageId === KQL_LANGUAGE;
}

/** Is it a notebook that Huntbook should run: one of ours, or one with a KQL cell? */
export function isHuntNotebook(notebook: vscode.NotebookDocument): boolean {
  return notebook.notebookType === NOTEBOOK_TYPE && notebook.getCells().some(isKqlCell);
}

/** The results that the outputs of cells show. Parsing one is not free, so each output is read once. */
export class ShownResults {
  readonly #read = new WeakMap<vscode.NotebookCellOutput, { readonly saved: SavedResult | undefined }>();

  of(cell: vscode.NotebookCell): SavedResult | undefined {
    for (const output of cell.outputs) {
      const saved = this.#readOutput(output);
      if (saved) return saved;
    }
    return undefined;
  }

  /** Ids of all results that a notebook shows. */
  idsIn(notebook: vscode.NotebookDocument): ReadonlySet<string> {
    return new Set(notebook.getCells().flatMap((cell) => this.of(cell)?.result.resultId ?? []));
  }

  #readOutput(output: vscode.NotebookCellOutput): SavedResult | undefined {
    const known = this.#read.get(output);
    if (known) return known.saved;
    const saved = readOutput(output);
    this.#read.set(output, { saved });
    return saved;
  }
}

/** The result that an output shows, if it is one. */
export function readOutput(output: vscode.NotebookCellOutput): SavedResult | undefined {
  const item = output.items.find((candidate) => candidate.mime === RESULT_MIME);
  return item && parse(item.data);
}

function parse(data: Uint8Array): SavedResult | undefined {
  try {
    return readSavedResult(JSON.parse(new TextDecoder().decode(data)));
  } catch {
    return undefined; // Whatever it is, it is not ours.
  }
}
