import type { DataProblem } from '../../common/engineProtocol';
import type { Column, KqlType } from '../../common/kqlTypes';
import { physicalTypes } from '../../engine/physicalTypes';
import { datetimeText } from '../../engine/wire';
import { knownTable } from '../schemas/knownSchemas';
import { commonType, inferredTypes, misfits, valueAs } from './columnTypes';
import { stageCsv } from './csvFile';
import type { DataFile, DataTable } from './folderScan';
import { stageJson } from './jsonFile';
import { firstSentence, type Loader, stopsLoading } from './loader';
import type { LocalTable } from './localData';
import { stageParquet } from './parquetFile';
import type { StagedColumn, StagedFile } from './stagedFile';

/** Rows looked at before all are, to choose which types text is tried for. */
const SAMPLE_ROWS = 1_000;

export interface LoadedTable {
  /** Undefined when no file of the table could be read. */
  readonly table: LocalTable | undefined;
  readonly problems: readonly DataProblem[];
}

/**
 * Loads the files of one table into the database attached as `target`. Columns have the types of the known schema where the table's name
 * is known, else
 * those that all their values allow.
 */
export async function loadTable(loader: Loader, data: DataTable, relation: string): Promise<LoadedTable> {
  const staged: StagedFile[] = [];
  const problems: DataProblem[] = [];
  for (const file of data.files) {
    const answer = await stage(loader, file);
    problems.push(...answer.problems);
    if ('table' in answer) staged.push(answer);
  }
  if (staged.length === 0) return { table: undefined, problems };
  const known = data.kind === 'table' ? knownTable(data.name) : undefined;
  const columns = await decideColumns(loader, staged, known);
  for (const file of staged) problems.push(...(await misfitProblems(loader, file, columns)));
  const shown = data.kind === 'watchlist' ? withSearchKey(columns) : columns.map((column) => ({ column, source: column.name }));
  const selects = staged.map(
    (file) =>
      `SELECT ${shown.map(({ column, source }, index) => `${storedValue(file, column, source)} AS c${index}`).join(', ')} FROM ${file.table}`,
  );
  await loader.run(`CREATE TABLE target.${relation} AS ${selects.join(' UNION ALL ')}`);
  for (const file of staged) await loader.run(`DROP TABLE ${file.table}`);
  return {
    table: await describe(
      loader,
      data.name,
      relation,
      shown.map(({ column }) => column),
    ),
    problems,
  };
}

async function stage(loader: Loader, file: DataFile): Promise<StagedFile | { readonly problems: readonly DataProblem[] }> {
  try {
    if (file.bytes === 0) return { problems: [{ file: file.name, message: 'The file is empty.' }] };
    if (file.format === 'parquet') return await stageParquet(loader, file);
    return file.format === 'json' || file.format === 'jsonLines' ? await stageJson(loader, file) : await stageCsv(loader, file);
  } catch (thrown) {
    if (stopsLoading(thrown)) throw thrown;
    return { problems: [{ file: file.name, message: `The file cannot be read: ${firstSentence(thrown)}` }] };
  }
}

/** The known columns, then those that only the files have; without a known schema those of the files, in order of appearance. */
async function decideColumns(
  loader: Loader,
  files: readonly StagedFile[],
  known: readonly Column[] | undefined,
): Promise<readonly Column[]> {
  const knownNames = new Set(known?.map((column) => column.name));
  const found = new Map<string, KqlType[]>();
  for (const file of files) {
    const others = file.columns.filter((column) => !knownNames.has(column.name));
    const types = await inferTypes(loader, file, others);
    for (const column of others) found.set(column.name, [...(found.get(column.name) ?? []), types.get(column.name) ?? 'string']);
  }
  return [...(known ?? []), ...[...found].map(([name, types]) => ({ name, type: commonType(types) }))];
}

async function inferTypes(loader: Loader, file: StagedFile, columns: readonly StagedColumn[]): Promise<ReadonlyMap<string, KqlType>> {
  const types = new Map(columns.flatMap((column) => (column.typed ? [[column.name, column.typed.type] as const] : [])));
  const texts = columns.filter((column) => !column.typed);
  if (texts.length === 0) return types;
  const guesses = await guessTypes(loader, file, texts);
  const tried = texts.flatMap((column) => {
    const guess = guesses.get(column.name);
    return guess === undefined ? [] : [{ column, ...guess }];
  });
  if (tried.length === 0) return types;
  const checks = tried.map(({ column, type, pattern }) => {
    const value = `trim(${column.text})`;
    return `count_if(${column.text} IS NOT NULL AND ${value} <> '' AND (NOT regexp_full_match(${value}, '${pattern}') OR (${valueAs(type, column)}) IS NULL))`;
  });
  const [row] = await loader.rows(`SELECT ${checks.join(', ')} FROM ${file.table}`);
  tried.forEach(({ column, type }, index) => {
    if (Number(row?.[index]) === 0) types.set(column.name, type);
  });
  return types;
}

/** The first type whose pattern all values of a sample match. */
async function guessTypes(
  loader: Loader,
  file: StagedFile,
  columns: readonly StagedColumn[],
): Promise<ReadonlyMap<string, (typeof inferredTypes)[number]>> {
  const counts = columns.flatMap(({ text }) => [
    `count_if(trim(${text}) <> '')`,
    ...inferredTypes.map(({ pattern }) => `count_if(trim(${text}) <> '' AND regexp_full_match(trim(${text}), '${pattern}'))`),
  ]);
  const [row = []] = await loader.rows(`SELECT ${counts.join(', ')} FROM (SELECT * FROM ${file.table} LIMIT ${SAMPLE_ROWS})`);
  const width = inferredTypes.length + 1;
  const guesses = new Map<string, (typeof inferredTypes)[number]>();
  columns.forEach((column, index) => {
    const [filled = 0, ...matching] = row.slice(index * width, (index + 1) * width).map(Number);
    const guess = filled === 0 ? undefined : inferredTypes.find((_type, at) => matching[at] === filled);
    if (guess) guesses.set(column.name, guess);
  });
  return guesses;
}

/** Values that a known type has no place for are left empty, and said to be. */
async function misfitProblems(loader: Loader, file: StagedFile, columns: readonly Column[]): Promise<readonly DataProblem[]> {
  const checked = columns.flatMap(({ name, type }) => {
    const column = file.columns.find((candidate) => candidate.name === name);
    return column && type !== 'string' && type !== column.typed?.type ? [{ column, name, type }] : [];
  });
  if (checked.length === 0) return [];
  const line = file.line ?? 'NULL';
  const expressions = checked.flatMap(({ column, type }) => {
    const wrong = misfits(type, column);
    return [`count_if(${wrong})`, `first(left(${column.text}, 60)) FILTER (${wrong})`, `min(${line}) FILTER (${wrong})`];
  });
  const [row = []] = await loader.rows(`SELECT ${expressions.join(', ')} FROM ${file.table}`);
  return checked.flatMap(({ name, type }, index) => {
    const [count, example, first] = row.slice(index * 3, index * 3 + 3);
    if (Number(count) === 0) return [];
    const message = `${String(count)} values of "${name}" are no ${type}, such as "${String(example)}"; they were left empty.`;
    return [{ file: file.name, ...(first === null ? {} : { line: Number(first) }), message }];
  });
}

function storedValue(file: StagedFile, column: Column, source: string): string {
  const staged = file.columns.find((candidate) => candidate.name === source);
  if (staged) return `CAST(${valueAs(column.type, staged)} AS ${physicalTypes[column.type]})`;
  return column.type === 'string' ? `''` : `CAST(NULL AS ${physicalTypes[column.type]})`;
}

/** `_GetWatchlist` promises a `SearchKey`: without one in the file, its first column is it. */
function withSearchKey(columns: readonly Column[]): readonly { readonly column: Column; readonly source: string }[] {
  const own = columns.map((column) => ({ column, source: column.name }));
  const [first] = columns;
  if (!first || columns.some((column) => column.name === 'SearchKey')) return own;
  return [{ column: { name: 'SearchKey', type: 'string' }, source: first.name }, ...own];
}

async function describe(loader: Loader, name: string, relation: string, columns: readonly Column[]): Promise<LocalTable> {
  const timeColumn = timeColumnOf(columns);
  const time = timeColumn === undefined ? 'NULL' : `c${columns.findIndex((column) => column.name === timeColumn)}`;
  const [row = []] = await loader.rows(`SELECT count(*), min(${time}), max(${time}) FROM target.${relation}`);
  const [count, first, last] = row;
  const times =
    typeof first === 'bigint' && typeof last === 'bigint' ? { firstTime: datetimeText(first), lastTime: datetimeText(last) } : {};
  return { name, columns, relation, rowCount: Number(count), ...(timeColumn === undefined ? {} : { timeColumn }), ...times };
}

/** What a timespan filters on: Log Analytics' column, Defender's, or the only time there is. */
function timeColumnOf(columns: readonly Column[]): string | undefined {
  const times = columns.filter((column) => column.type === 'datetime').map((column) => column.name);
  return (
    times.find((name) => name === 'TimeGenerated') ??
    times.find((name) => name === 'Timestamp') ??
    (times.length === 1 ? times[0] : undefined)
  );
}
