import type { ResultInfo } from '../common/engineProtocol';
import type { HuntError } from '../common/errors';
import { isWarning, noticeText } from '../common/notices';
import { RESULT_MIME, type SavedResult } from '../common/savedResult';
import { budgets, fileBytes, fitToFile } from './fileBudget';
import { escapeHtml, htmlTable, type HtmlTableLimits } from './htmlTable';
import type { NotebookOutput } from './ipynb';
import type { Json } from './json';
import { resultSummary } from './resultSummary';
import { visibleText } from '../common/visibleText';

/** What a saved notebook keeps of a result's rows. */
export type SavedOutput = 'preview' | 'nothing';

/** One representation of an output; the first that a reader understands is shown. */
export type OutputItem =
  { readonly mime: typeof RESULT_MIME; readonly json: SavedResult } | { readonly mime: 'image/svg+xml' | 'text/html' | 'text/plain'; readonly text: string };

/** How deep the lines of a text lie in a file. */
const TEXT_DEPTH = 7;

/** For readers without our renderer: enough to see what it is about, small enough for a pull request. The first that fits is taken. */
const HTML_LIMITS: readonly HtmlTableLimits[] = [
  { rows: 20, columns: 40, cell: 200 },
  { rows: 20, columns: 40, cell: 40 },
  { rows: 10, columns: 20, cell: 20 },
  { rows: 3, columns: 10, cell: 10 },
];

/** The items of a result's output: for our renderer, for GitHub and Jupyter, for a terminal. */
export function resultItems({ image, ...result }: ResultInfo, name: string | undefined, saved: SavedOutput): readonly OutputItem[] {
  const { result: kept, columnsLeftOut } = fitToFile(
    saved === 'preview' ? result : { ...result, preview: { ...result.preview, rows: [], cuts: [] } },
  );
  const summary = resultSummary(result);
  const notices = (kept.notices ?? []).map(noticeText);
  const table = saved === 'preview' ? tableForReaders(result) : `<p>${escapeHtml(summary)}</p>`;
  const isDrawn = image !== undefined && saved === 'preview' && fileBytes(lines(image), TEXT_DEPTH) <= budgets.image;
  const html = [...notices.map((notice) => `<p>${escapeHtml(visibleText(notice))}</p>`), table].join('\n');
  const plain = [name === undefined ? summary : `${name}: ${summary}`, ...notices.map(visibleText)].join('\n');
  const cut = columnsLeftOut > 0 ? { columnsLeftOut } : {};
  const json: SavedResult = { version: 1, result: kept, ...(name === undefined ? {} : { name }), ...cut };
  return [
    { mime: RESULT_MIME, json },
    ...(isDrawn ? [{ mime: 'image/svg+xml', text: image } as const] : []),
    // Jupyter and GitHub show a table rather than a picture when they have both; what says that rows are missing must be seen.
    ...(isDrawn && !(kept.notices ?? []).some(isWarning) ? [] : [{ mime: 'text/html', text: html } as const]),
    { mime: 'text/plain', text: plain },
  ];
}

function tableForReaders({ columns, preview, rowCount }: ResultInfo): string {
  let table = '';
  for (const limits of HTML_LIMITS) {
    table = htmlTable(columns, preview, rowCount, limits);
    if (fileBytes(lines(table), TEXT_DEPTH) <= budgets.html) break;
  }
  return table;
}

/** The item of a cell that only defined names. */
export function definitionItems(names: readonly string[]): readonly OutputItem[] {
  return [{ mime: 'text/plain', text: names.length === 0 ? 'Nothing to run.' : `Defined ${names.join(', ')}` }];
}

/** A failed cell, as notebooks show failures. */
export interface ErrorOutput {
  readonly name: string;
  readonly message: string;
  /** The message, and the line of the cell with the place marked. */
  readonly stack: string;
}

/** @param cellText The cell, to quote the line that the error points at. */
export function errorOutput(error: HuntError, cellText: string): ErrorOutput {
  const quoted = error.span ? quoteLine(cellText, error.span.line, error.span.column, error.span.length) : '';
  return {
    name: errorNames[error.data.kind],
    message: error.message,
    stack: quoted === '' ? error.message : `${error.message}\n\n${quoted}`,
  };
}

const errorNames: Readonly<Record<HuntError['data']['kind'], string>> = {
  cancelled: 'Stopped',
  query: 'QueryError',
  unknownName: 'UnknownName',
  unsupported: 'NotSupported',
  execution: 'ExecutionError',
  outOfMemory: 'OutOfMemory',
  storage: 'StorageError',
  engineLost: 'EngineLost',
  engineNotStarted: 'EngineNotStarted',
  notConnected: 'NotConnected',
  resultGone: 'ResultGone',
  cellOption: 'CellOptionError',
  missingParameter: 'MissingParameter',
  badParameter: 'BadParameter',
  badNotebook: 'BadNotebook',
  badName: 'BadName',
  exists: 'Exists',
  notFound: 'NotFound',
  signInNeeded: 'SignInNeeded',
  credential: 'CredentialError',
  forbidden: 'Forbidden',
  throttled: 'Throttled',
  service: 'ServiceError',
  timeout: 'Timeout',
  network: 'NetworkError',
  incidentConflict: 'IncidentConflict',
  refused: 'Refused',
  internal: 'InternalError',
};

/** Items as nbformat stores them: texts as lists of lines, JSON as it is. */
export function toNotebookOutput(items: readonly OutputItem[]): NotebookOutput {
  const data: Record<string, Json> = {};
  // A saved result is plain data by its contract.
  for (const item of items) data[item.mime] = 'json' in item ? (item.json as unknown as Json) : lines(item.text);
  return { data, metadata: {}, output_type: 'display_data' };
}

export function toNotebookError(error: ErrorOutput): NotebookOutput {
  return { ename: error.name, evalue: error.message, output_type: 'error', traceback: error.stack.split('\n') };
}

function lines(text: string): readonly string[] {
  return text.split(/(?<=\n)/);
}

function quoteLine(text: string, line: number, column: number, length: number): string {
  const quoted = text.split(/\r\n|\r|\n/)[line - 1];
  if (quoted === undefined) return '';
  const number = String(line);
  const width = Math.max(1, Math.min(length, quoted.length - column + 1));
  const lead = quoted.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return `${number} | ${quoted}\n${' '.repeat(number.length)} | ${lead}${'^'.repeat(width)}`;
}
