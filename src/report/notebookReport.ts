import { readSavedResult, RESULT_MIME } from '../common/savedResult';
import { type Notebook, type NotebookCell, notebookTitle } from '../notebook/ipynb';
import { isObject, type Json, type JsonObject, objectAt, stringAt } from '../notebook/json';
import { countOf } from '../notebook/resultSummary';
import type { Report, ReportFact, ReportOutput, ReportPart } from './report';

const SVG_MIME = 'image/svg+xml';
const imageMimes = ['image/png', 'image/jpeg'] as const;

/** A notebook file as a report, with the outputs that it keeps: ours whole, those of other kernels as text and pictures. */
export function reportOfNotebook(notebook: Notebook, source: string): Report {
  const parts = notebook.cells.flatMap((cell, index) => partOf(cell, index + 1));
  return { title: notebookTitle(notebook) ?? source, source, facts: factsOf(parts), parts };
}

/** The charts that a code cell's outputs hold. */
export function savedPictures(cell: JsonObject): readonly ReportOutput[] {
  return outputsOf(cell).flatMap((output) => pictures(objectAt(output, 'data')));
}

function partOf(cell: NotebookCell, number: number): readonly ReportPart[] {
  if (cell.kind === 'raw') return [];
  if (cell.kind === 'markdown') return [{ kind: 'markdown', source: cell.source }];
  const outputs = outputsOf(cell.raw).flatMap(outputParts);
  return cell.source.trim() === '' && outputs.length === 0 ? [] : [{ kind: 'code', number, source: cell.source, outputs }];
}

function outputParts(output: JsonObject): readonly ReportOutput[] {
  switch (output['output_type']) {
    case 'error':
      return [{ kind: 'error', text: plainText(output['traceback'], '\n') ?? stringAt(output, 'evalue') ?? 'The cell failed.' }];
    case 'stream':
      return textOutput(plainText(output['text'], ''));
    case 'display_data':
    case 'execute_result':
      return dataParts(objectAt(output, 'data'));
    default:
      return [];
  }
}

function dataParts(data: JsonObject): readonly ReportOutput[] {
  const saved = readSavedResult(data[RESULT_MIME]);
  if (saved) return [{ kind: 'result', saved }, ...pictures(data)];
  const drawn = pictures(data);
  return drawn.length > 0 ? drawn : textOutput(plainText(data['text/plain'], ''));
}

function pictures(data: JsonObject): readonly ReportOutput[] {
  const svg = plainText(data[SVG_MIME], '');
  if (svg !== undefined) return [{ kind: 'svg', svg }];
  const mime = imageMimes.find((known) => plainText(data[known], '') !== undefined);
  return mime === undefined ? [] : [{ kind: 'image', mime, base64: plainText(data[mime], '') ?? '' }];
}

function textOutput(text: string | undefined): readonly ReportOutput[] {
  // Colours of a terminal mean nothing here, and the rest of the sequence would be noise.
  const plain = text?.replace(ansiColour, '').trimEnd();
  return plain === undefined || plain === '' ? [] : [{ kind: 'text', text: plain }];
}

const ansiColour = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** What the results say of when and where they were made. */
function factsOf(parts: readonly ReportPart[]): readonly ReportFact[] {
  const results = parts.flatMap((part) => (part.kind === 'code' ? part.outputs : [])).flatMap((output) => (output.kind === 'result' ? output.saved.result : []));
  const times = results.map((result) => result.finishedAt).sort();
  const [first, last] = [times[0], times.at(-1)];
  const workspaces = [...new Set(results.map((result) => result.workspace.name))];
  return [
    ...(first === undefined ? [] : [{ name: 'Run at', value: first === last ? first : `${first} to ${String(last)}` }]),
    ...(workspaces.length === 0 ? [] : [{ name: 'Workspace', value: workspaces.join(', ') }]),
    { name: 'Results', value: countOf(results.length, 'result') },
  ];
}

function outputsOf(cell: JsonObject): readonly JsonObject[] {
  const outputs = cell['outputs'];
  return Array.isArray(outputs) ? outputs.filter(isObject) : [];
}

/** Text as nbformat has it: one string, or a list of pieces. */
function plainText(value: Json | undefined, joint: string): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.every((piece: Json) => typeof piece === 'string') ? value.join(joint) : undefined;
}
