import { open, readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { DataProblem } from '../../common/engineProtocol';
import type { KqlType } from '../../common/kqlTypes';
import { linesOf } from './csvFile';
import { readHead } from './fileHead';
import type { DataFile } from './folderScan';
import { firstSentence, type Loader, stopsLoading } from './loader';
import { MAX_PROBLEMS_PER_FILE, type StagedColumn, type StagedFile, someProblems, sqlText } from './stagedFile';

type Staging = StagedFile | { readonly problems: readonly DataProblem[] };

/** Largest record that is read. */
const MAX_OBJECT_BYTES = 128 * 1024 * 1024;
/** Largest file that is read again to find the line of its error. */
const MAX_REREAD_BYTES = 256 * 1024 * 1024;

/** Stages JSON lines, or JSON: an array of objects, or objects one after another. Columns are the keys, in order of appearance. */
export async function stageJson(loader: Loader, file: DataFile): Promise<Staging> {
  const { text, encoding } = await readHead(file.path);
  const content = text.replace(/^\uFEFF/, '').trimStart();
  if (content === '') return { problems: [{ file: file.name, message: 'The file is empty.' }] };
  if (file.format === 'jsonLines' || isLines(content)) return stageLines(loader, file, encoding);
  if (encoding !== 'utf-8') return { problems: [{ file: file.name, message: 'JSON has to be UTF-8; this file is UTF-16.' }] };
  const staged = await stageDocument(loader, file);
  if (!('table' in staged) || !content.startsWith('[') || (await isClosed(file))) return staged;
  return {
    ...staged,
    problems: [{ file: file.name, message: 'The file ends before its list does; what is there was loaded.' }, ...staged.problems],
  };
}

async function stageLines(loader: Loader, file: DataFile, encoding: 'utf-8' | 'utf-16'): Promise<Staging> {
  const raw = loader.tableName();
  const lines = `SELECT row_number() OVER () AS line_number, ltrim(line, '\uFEFF') AS line FROM ${linesOf(file.path, encoding)}`;
  const record = `CASE WHEN json_valid(line) THEN CAST(line AS JSON) END`;
  await loader.run(`CREATE TABLE ${raw} AS SELECT line_number, ${record} AS record FROM (${lines}) WHERE trim(line) <> ''`);
  const isBad = `record IS NULL OR json_type(record) <> 'OBJECT'`;
  const bad = await loader.rows(
    `SELECT line_number, record IS NOT NULL, count(*) OVER () FROM ${raw} WHERE ${isBad} ORDER BY line_number LIMIT ${MAX_PROBLEMS_PER_FILE}`,
  );
  const problems = bad.map(([line, valid]): DataProblem => ({
    file: file.name,
    line: Number(line),
    message: valid === true ? 'The line is JSON, but not an object; it was left out.' : 'The line is not JSON; it was left out.',
  }));
  const staged = await stageRecords(loader, file, `SELECT line_number, record FROM ${raw} WHERE json_type(record) = 'OBJECT'`);
  await loader.run(`DROP TABLE ${raw}`);
  return { ...staged, problems: [...someProblems(file.name, problems, Number(bad[0]?.[2] ?? 0)), ...staged.problems] };
}

async function stageDocument(loader: Loader, file: DataFile): Promise<Staging> {
  const raw = loader.tableName();
  try {
    await loader.run(
      `CREATE TABLE ${raw} AS SELECT json AS record FROM read_json_objects(${sqlText(file.path)}, format='auto', maximum_object_size=${MAX_OBJECT_BYTES})`,
    );
  } catch (thrown) {
    if (stopsLoading(thrown)) throw thrown;
    return { problems: [(await syntaxError(file)) ?? { file: file.name, message: firstSentence(thrown) }] };
  }
  const others = await loader.rows(`SELECT count(*) FROM ${raw} WHERE json_type(record) <> 'OBJECT'`);
  const count = Number(others[0]?.[0] ?? 0);
  const problems = count === 0 ? [] : [{ file: file.name, message: `${count} of its records are no objects; they were left out.` }];
  const staged = await stageRecords(loader, file, `SELECT NULL AS line_number, record FROM ${raw} WHERE json_type(record) = 'OBJECT'`);
  await loader.run(`DROP TABLE ${raw}`);
  return { ...staged, problems: [...problems, ...staged.problems] };
}

/** Turns objects into columns. @param records SQL with `line_number` and `record`. */
async function stageRecords(loader: Loader, file: DataFile, records: string): Promise<Staging> {
  const [row] = await loader.rows(`SELECT CAST(json_group_structure(record) AS VARCHAR) FROM (${records})`);
  const structure = parseStructure(row?.[0]);
  const { keys, problems } = distinctKeys(file, Object.keys(structure));
  if (keys.length === 0) return { problems: [...problems, { file: file.name, message: 'The file holds no records.' }] };
  const shape = JSON.stringify(Object.fromEntries(keys.map((key) => [key, 'JSON'])));
  const table = loader.tableName();
  await loader.run(`CREATE TABLE ${table} AS SELECT line_number, from_json(record, ${sqlText(shape)}) AS j FROM (${records})`);
  const columns = keys.map((key) => jsonColumn(key, structure[key]));
  return { name: file.name, table, columns, problems, line: 'line_number' };
}

function jsonColumn(key: string, structure: unknown): StagedColumn {
  const json = `nullif(j[${sqlText(key)}], 'null')`;
  const text = `json_extract_string(${json}, '$')`;
  const type = naturalType(structure);
  return { name: key, text, json, ...(type === undefined ? {} : { typed: { type, value: typedValue(type, json, text) } }) };
}

/** What DuckDB's `json_group_structure` found of a key: a type's name, or an object or array with the structure within. */
function naturalType(structure: unknown): KqlType | undefined {
  switch (structure) {
    case 'VARCHAR':
    case 'NULL':
      return undefined;
    case 'BOOLEAN':
      return 'bool';
    case 'BIGINT':
    case 'UBIGINT':
      return 'long';
    case 'DOUBLE':
    case 'HUGEINT':
      return 'real';
    default:
      return 'dynamic';
  }
}

function typedValue(type: KqlType, json: string, text: string): string {
  if (type === 'dynamic') return json;
  const physical = type === 'bool' ? 'BOOLEAN' : type === 'long' ? 'BIGINT' : 'DOUBLE';
  return `TRY_CAST(${text} AS ${physical})`;
}

function parseStructure(text: unknown): Readonly<Record<string, unknown>> {
  if (typeof text !== 'string') return {};
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
}

/** DuckDB's structs cannot hold keys that differ in case alone: the first is kept. */
function distinctKeys(
  file: DataFile,
  keys: readonly string[],
): { readonly keys: readonly string[]; readonly problems: readonly DataProblem[] } {
  const seen = new Map<string, string>();
  const problems: DataProblem[] = [];
  for (const key of keys) {
    const first = seen.get(key.toLowerCase());
    if (first === undefined) seen.set(key.toLowerCase(), key);
    else problems.push({ file: file.name, message: `The key "${key}" differs from "${first}" in case alone; its values were left out.` });
  }
  return { keys: [...seen.values()], problems };
}

/** Is it a `.json` file with one object a line? */
function isLines(content: string): boolean {
  const end = content.indexOf('\n');
  if (!content.startsWith('{') || end === -1) return false;
  try {
    JSON.parse(content.slice(0, end));
    return content.slice(end).trim() !== '';
  } catch {
    return false;
  }
}

/** Does a file that begins with a bracket end with one? DuckDB reads on without. */
async function isClosed(file: DataFile): Promise<boolean> {
  if (file.path.toLowerCase().endsWith('.gz')) return true;
  const handle = await open(file.path);
  try {
    const length = Math.min(file.bytes, 4096);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, file.bytes - length);
    return buffer.toString('latin1').trimEnd().endsWith(']');
  } finally {
    await handle.close();
  }
}

/** Finds the line of a JSON document's error by Node's own parser. */
async function syntaxError(file: DataFile): Promise<DataProblem | undefined> {
  if (file.bytes > MAX_REREAD_BYTES) return undefined;
  const bytes = await readFile(file.path);
  const text = (file.path.toLowerCase().endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').replace(/^\uFEFF/, '');
  try {
    JSON.parse(text);
    return undefined;
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const position = /position (\d+)/.exec(message)?.[1];
    const end = position === undefined ? text.length : Number(position);
    const line = text.slice(0, end).split('\n').length;
    return { file: file.name, line, message: `The file is not JSON; it was left out: ${message.replace(/ in JSON at position.*$/, '')}.` };
  }
}
