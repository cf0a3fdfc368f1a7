/**
 * What a result may take of a notebook's file: 200 KB in all, whatever its rows and columns are. Bytes are counted as they stand in the
 * file, where JSON has a line and its indentation for each value.
 */
import { cutRows, cutText } from '../common/cellCut';
import type { Cut, Page, ResultInfo, ResultNotice } from '../common/engineProtocol';
import type { Column } from '../common/kqlTypes';

/** Bytes in the file; with what every result has beside, they stay below 200,000. */
export const budgets = { rows: 85_000, columns: 35_000, html: 25_000, image: 45_000, render: 6_000 } as const;

/** How deep the lists of a result lie in a file: cells, cell, outputs, output, data, item, result, preview, rows. */
const ROWS_DEPTH = 9;
const COLUMNS_DEPTH = 8;
/** As Jupyter and VS Code write files. */
const INDENT = 1;
/** Longest cells that are tried, until enough rows fit. */
const CELL_CHARS: readonly number[] = [Infinity, 512, 128, 32];
const ENOUGH_ROWS = 20;
const MOST_TEXTS = 10;
const MOST_TEXT_CHARS = 300;
const MOST_TABLES = 50;

/** A result as a file keeps it. `columnsLeftOut`: how many, from the end. */
export interface FittedResult {
  readonly result: ResultInfo;
  readonly columnsLeftOut: number;
}

/** Cuts what is too much: first the columns, from the end, then long values, then rows. */
export function fitToFile(result: ResultInfo): FittedResult {
  const columns = fittingColumns(result.columns);
  const columnsLeftOut = result.columns.length - columns.length;
  const preview = fittingPage(columnsLeftOut > 0 ? withoutColumns(result.preview, columns.length) : result.preview);
  const { visualization, notices, statistics, ...rest } = result;
  const hasRender = visualization !== undefined && fileBytes(visualization, COLUMNS_DEPTH) <= budgets.render;
  const warnings = visualization && !hasRender ? [renderLeftOut, ...result.warnings] : result.warnings;
  const fitted: ResultInfo = {
    ...rest,
    columns,
    preview,
    warnings: warnings.slice(0, MOST_TEXTS).map(shorter),
    statistics: fittingStatistics(statistics),
    ...(hasRender ? { visualization } : {}),
    ...(notices ? { notices: notices.slice(0, MOST_TEXTS).map(fittingNotice) } : {}),
  };
  return { result: fitted, columnsLeftOut };
}

const renderLeftOut = 'The properties of render are too many to be kept with the result: choose the chart in its tab.';


/** UTF-8 bytes of a value in the file, its line break and indentation included. */
export function fileBytes(value: unknown, depth: number): number {
  const text = JSON.stringify(value, undefined, INDENT);
  const lines = text.split('\n').length;
  return Buffer.byteLength(text) + lines * (1 + depth * INDENT);
}

function fittingColumns(columns: readonly Column[]): readonly Column[] {
  let used = 0;
  const kept = columns.findIndex((column) => {
    used += fileBytes(column, COLUMNS_DEPTH);
    return used > budgets.columns;
  });
  return kept === -1 ? columns : columns.slice(0, kept);
}

function withoutColumns(page: Page, count: number): Page {
  return { ...page, rows: page.rows.map((row) => row.slice(0, count)), cuts: page.cuts.filter(({ column }) => column < count) };
}

/** As many rows as fit; values are cut shorter as long as few do. */
function fittingPage(page: Page): Page {
  let best: Page | undefined;
  for (const limit of CELL_CHARS) {
    const fitting = fittingRows(cutShorter(page, limit));
    if (!best || fitting.rows.length > best.rows.length) best = fitting;
    if (best.rows.length >= Math.min(ENOUGH_ROWS, page.rows.length)) break;
  }
  return best ?? page;
}

function fittingRows(page: Page): Page {
  const ofRow = new Map<number, Cut[]>();
  for (const cut of page.cuts) ofRow.set(cut.row, [...(ofRow.get(cut.row) ?? []), cut]);
  let used = 0;
  const kept = page.rows.findIndex((row, index) => {
    used += fileBytes(row, ROWS_DEPTH) + fileBytes(ofRow.get(index) ?? [], ROWS_DEPTH);
    return used > budgets.rows;
  });
  if (kept === -1) return page;
  return { ...page, rows: page.rows.slice(0, kept), cuts: page.cuts.filter(({ row }) => row < kept) };
}

function cutShorter(page: Page, limit: number): Page {
  const { rows, cuts } = cutRows(page.rows, limit);
  if (cuts.length === 0) return page;
  const known = new Map(page.cuts.map((cut) => [`${cut.row}:${cut.column}`, cut]));
  const merged = new Map([...known, ...cuts.map((cut): [string, Cut] => [`${cut.row}:${cut.column}`, known.get(`${cut.row}:${cut.column}`) ?? cut])]);
  return { ...page, rows, cuts: [...merged.values()] };
}

function shorter(text: string): string {
  return text.length > MOST_TEXT_CHARS ? `${cutText(text, MOST_TEXT_CHARS)}…` : text;
}

function fittingNotice(notice: ResultNotice): ResultNotice {
  return 'message' in notice ? { ...notice, message: shorter(notice.message) } : notice;
}

function fittingStatistics({ service, ...rest }: ResultInfo['statistics']): ResultInfo['statistics'] {
  return service ? { ...rest, service: { ...service, tables: service.tables?.slice(0, MOST_TABLES) } } : rest;
}
