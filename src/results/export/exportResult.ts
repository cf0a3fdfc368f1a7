import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { type CancellationToken, throwIfCancelled } from '../../common/cancellation';
import type { Exported, ExportResult } from '../../common/resultFiles';
import { displayText } from '../columnText';
import { type FilesPlace, withOwnFile } from '../keptResult';
import type { ViewColumn } from '../viewColumns';
import type { ViewedResult } from '../viewedResult';
import { delimited } from './delimited';
import { jsonLines } from './jsonLines';
import { writeParquet } from './parquet';
import type { RowFormat } from './rowFormat';
import { isTooLong, MAX_CELL_TEXT, MAX_COLUMNS, MAX_ROWS, packageParts, sheet, SHEET_PATH } from './sheet';
import { moveFile, writeTarget } from './targetFile';

/** So much text is read from the database at once, and no more rows than these. */
const BATCH_CHARACTERS = 4_000_000;
const FIRST_BATCH_ROWS = 500;
const MOST_BATCH_ROWS = 20_000;

export interface ExportWork {
  readonly place: FilesPlace;
  readonly token: CancellationToken;
  /** Rows written so far. */
  readonly progress: (rows: number) => void;
}

interface Export extends ExportWork {
  readonly viewed: ViewedResult;
  readonly columns: readonly ViewColumn[];
}

/**
 * Writes the rows of a view to a file; see {@link delimited}, {@link jsonLines}, {@link writeParquet} and {@link sheet} for what values
 * look like. Rows are read and written by parts, so that memory does not grow with them.
 * @throws HuntError `cancelled`, `storage`; then no file is left.
 */
export async function exportResult(
  viewed: ViewedResult,
  wanted: ExportResult,
  { place, token, progress }: ExportWork,
): Promise<Exported> {
  const stored = viewed.columns.length - (wanted.view.derived?.length ?? 0);
  const columns = wanted.columns?.map((index) => viewed.column(index)) ?? viewed.columns.slice(0, stored);
  const rows = await viewed.total(token);
  const work: Export = { viewed, columns, place, token, progress };
  switch (wanted.format) {
    case 'csv':
      return { rows, remarks: [], bytes: await writeTarget(wanted.path, (file) => writeRows(delimited(','), work, rows, file)) };
    case 'tsv':
      return { rows, remarks: [], bytes: await writeTarget(wanted.path, (file) => writeRows(delimited('\t'), work, rows, file)) };
    case 'jsonl':
      return { rows, remarks: [], bytes: await writeTarget(wanted.path, (file) => writeRows(jsonLines, work, rows, file)) };
    case 'parquet':
      return exportParquet(work, rows, wanted.path);
    case 'xlsx':
      return exportSheet(work, rows, wanted.path);
  }
}

async function writeRows(format: RowFormat, work: Export, rows: number, file: string): Promise<void> {
  await pipeline(Readable.from(pieces(format, work, rows)), createWriteStream(file, { flags: 'wx' }));
}

async function* pieces(format: RowFormat, { viewed, columns, token, progress }: Export, rows: number): AsyncGenerator<string> {
  yield format.head(columns);
  const row = format.row(columns);
  let batch = FIRST_BATCH_ROWS;
  for (let first = 0; first < rows; ) {
    throwIfCancelled(token);
    const end = Math.min(rows, first + batch);
    const texts = (await viewed.run([row], { first, end }, token)).map(({ values }) => String(values[0]));
    const text = format.text(texts);
    yield text;
    first = end;
    progress(first);
    const perRow = Math.max(1, text.length / Math.max(1, texts.length));
    batch = Math.max(1, Math.min(MOST_BATCH_ROWS, batch * 4, Math.floor(BATCH_CHARACTERS / perRow)));
  }
  yield format.foot(columns, rows);
}

async function exportParquet({ viewed, columns, place, token, progress }: Export, rows: number, target: string): Promise<Exported> {
  let remarks: readonly string[] = [];
  const bytes = await writeTarget(target, (file) =>
    withOwnFile(place, async (own) => {
      remarks = await writeParquet(viewed, columns, own, token);
      await moveFile(own, file);
    }),
  );
  progress(rows);
  return { rows, bytes, remarks };
}

async function exportSheet(work: Export, total: number, target: string): Promise<Exported> {
  const columns = work.columns.slice(0, MAX_COLUMNS);
  const rows = Math.min(total, MAX_ROWS - 1);
  const cut = await tooLong(work, columns);
  const bytes = await writeTarget(target, (file) => writeSheet({ ...work, columns }, rows, file));
  const count = (number: number): string => number.toLocaleString('en-US');
  const remarks = [
    ...(rows < total ? [`Only the first ${count(rows)} of ${count(total)} rows were written: a sheet holds no more.`] : []),
    ...(columns.length < work.columns.length
      ? [`Only the first ${count(columns.length)} of ${count(work.columns.length)} columns were written: a sheet holds no more.`]
      : []),
    ...(cut > 0 ? [`${count(cut)} ${cut === 1 ? 'value' : 'values'} longer than ${count(MAX_CELL_TEXT)} characters ${cut === 1 ? 'was' : 'were'} cut.`] : []),
  ];
  return { rows, bytes, remarks };
}

async function writeSheet(work: Export, rows: number, file: string): Promise<void> {
  const zip = new ZipFile();
  const source = Readable.from(pieces(sheet, work, rows));
  const failed = new AbortController();
  let reason: unknown;
  const fail = (error: unknown): void => {
    reason ??= error;
    failed.abort();
  };
  // A failure of what goes into the file does not end the stream of the file by itself.
  zip.on('error', fail);
  source.on('error', fail);
  // The compression costs more than the rows; the fastest level makes files a fifth larger and takes a third of the time.
  const options = { compressionLevel: 1 };
  for (const [name, part] of Object.entries(packageParts)) zip.addBuffer(Buffer.from(part), name, options);
  zip.addReadStream(source, SHEET_PATH, options);
  zip.end();
  try {
    await pipeline(zip.outputStream, createWriteStream(file, { flags: 'wx' }), { signal: failed.signal });
  } catch (thrown) {
    throw reason ?? thrown;
  } finally {
    source.destroy();
  }
}

/** Texts that a cell cannot hold. */
async function tooLong({ viewed, token }: Export, columns: readonly ViewColumn[]): Promise<number> {
  const counts = columns
    .filter(({ type }) => type === 'string' || type === 'dynamic')
    .map(({ sql, type }) => `count(*) FILTER (${isTooLong(displayText(sql, type))})`);
  if (counts.length === 0) return 0;
  const [row = []] = await viewed.rows(`SELECT ${counts.join(', ')} FROM ${viewed.relation}${viewed.where}`, token);
  return row.reduce<number>((sum, count) => sum + Number(count), 0);
}
