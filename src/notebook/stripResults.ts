import { RESULT_MIME, readSavedResult } from '../common/savedResult';
import type { Notebook, NotebookCell } from './ipynb';
import { type Json, type JsonObject, isObject, objectAt } from './json';
import { resultItems, toNotebookOutput } from './outputs';

export interface Stripped {
  readonly notebook: Notebook;
  /** Cells that had something from the data. */
  readonly cells: number;
}

/**
 * A notebook without values from the data, to be shared: results keep the number of their rows and their columns; previews, pictures,
 * tables and how they were looked at go. Outputs of other kernels stay: they are not ours to judge.
 */
export function stripResults(notebook: Notebook): Stripped {
  let changed = 0;
  const cells = notebook.cells.map((cell) => {
    const raw = stripCell(cell);
    if (JSON.stringify(raw) === JSON.stringify(cell.raw)) return cell;
    changed += 1;
    return { ...cell, raw };
  });
  return { notebook: { ...notebook, cells }, cells: changed };
}

function stripCell({ raw }: NotebookCell): JsonObject {
  const outputs = raw['outputs'];
  const metadata = withoutView(objectAt(raw, 'metadata'));
  const kept = Array.isArray(outputs) ? { outputs: outputs.flatMap(stripOutput) } : {};
  return { ...raw, ...(isObject(raw['metadata']) ? { metadata } : {}), ...kept };
}

/** Of a result that another version saved nobody knows what is in it: it goes. */
function stripOutput(output: Json): readonly Json[] {
  const item = isObject(output) ? objectAt(output, 'data')[RESULT_MIME] : undefined;
  if (!isObject(output) || item === undefined) return [output];
  const saved = readSavedResult(item);
  return saved ? [{ ...output, data: objectAt(toNotebookOutput(resultItems(saved.result, saved.name, 'nothing')), 'data') }] : [];
}

function withoutView(metadata: JsonObject): JsonObject {
  const { huntbook, ...others } = metadata;
  if (!isObject(huntbook) || !('view' in huntbook)) return metadata;
  const rest = Object.fromEntries(Object.entries(huntbook).filter(([key]) => key !== 'view'));
  return Object.keys(rest).length > 0 ? { ...others, huntbook: rest } : others;
}
