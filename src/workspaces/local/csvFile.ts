import type { DataProblem } from '../../common/engineProtocol';
import { type Encoding, readHead } from './fileHead';
import type { DataFile } from './folderScan';
import type { Loader } from './loader';
import { MAX_PROBLEMS_PER_FILE, type StagedFile, someProblems, sqlText } from './stagedFile';
import { freeName } from './tableName';

/** Longest line that is read; longer ones are reported. DuckDB wants its buffer larger than two lines. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;
const LINE_LIMITS = `max_line_size=${MAX_LINE_BYTES}, buffer_size=${MAX_LINE_BYTES * 2 + 1024}`;

/**
 * Stages a CSV or TSV file with a header line. The dialect is decided here and told to DuckDB, whose guesses on damaged files would hide
 * the damage.
 * @returns undefined when there is nothing to load; the problems say why.
 */
export async function stageCsv(loader: Loader, file: DataFile): Promise<StagedFile | { readonly problems: readonly DataProblem[] }> {
  const { text, encoding } = await readHead(file.path);
  if (text.trim() === '') return { problems: [{ file: file.name, message: 'The file is empty.' }] };
  const delimiter = file.format === 'tsv' ? '\t' : likelyDelimiter(text);
  const names = columnNames(text, delimiter);
  const read = await readRows(loader, file, delimiter, names.length, encoding);
  const columns = names.map((name, index) => ({ name, text: `c${index}` }));
  return { name: file.name, table: read.table, columns, problems: read.problems };
}

async function readRows(
  loader: Loader,
  file: DataFile,
  delimiter: string,
  width: number,
  encoding: Encoding | 'latin-1',
): Promise<Pick<StagedFile, 'table' | 'problems'>> {
  const table = loader.tableName();
  const columns = Array.from({ length: width }, (_column, index) => `'c${index}': 'VARCHAR'`).join(', ');
  const dialect = `auto_detect=false, header=true, delim=${sqlText(delimiter)}, quote='"', escape='"', columns={${columns}}, encoding='${encoding}'`;
  const rejects = `store_rejects=true, ignore_errors=true, rejects_table='${table}_errors', rejects_scan='${table}_scans'`;
  await loader.run(`CREATE TABLE ${table} AS SELECT * FROM read_csv(${sqlText(file.path)}, ${dialect}, ${rejects}, ${LINE_LIMITS})`);
  const rows = await loader.rows(
    `SELECT line, CAST(error_type AS VARCHAR), error_message, count(*) OVER () FROM ${table}_errors ORDER BY line LIMIT ${MAX_PROBLEMS_PER_FILE}`,
  );
  if (encoding === 'utf-8' && rows.some(([, type]) => type === 'INVALID ENCODING')) {
    await loader.run(`DROP TABLE ${table}`);
    const again = await readRows(loader, file, delimiter, width, 'latin-1');
    return {
      ...again,
      problems: [
        { file: file.name, message: 'The file is not UTF-8; it was read as Latin-1. Save it as UTF-8 if letters look wrong.' },
        ...again.problems,
      ],
    };
  }
  const problems = rows.map(([line, type, message]): DataProblem => ({
    file: file.name,
    line: Number(line),
    message: describe(String(type), String(message)),
  }));
  return { table, problems: someProblems(file.name, problems, Number(rows[0]?.[3] ?? 0)) };
}

function describe(type: string, message: string): string {
  const [expected, found] = /Columns: (\d+) Found: (\d+)/.exec(message)?.slice(1) ?? [];
  switch (type) {
    case 'TOO MANY COLUMNS':
    case 'MISSING COLUMNS':
      return `The line has ${found ?? 'other'} values where the header has ${expected ?? 'other'}; it was left out.`;
    case 'UNQUOTED VALUE':
      return 'A quote is opened and not closed properly; what follows it was left out.';
    case 'LINE SIZE OVER MAXIMUM':
      return `The line is longer than ${MAX_LINE_BYTES / 1024 / 1024} MiB; it was left out.`;
    default:
      return `${message} The line was left out.`;
  }
}

/** The separator that the header line has most of, outside quotes. */
function likelyDelimiter(text: string): string {
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, count: headerFields(text, delimiter).length }));
  return counts.reduce((best, candidate) => (candidate.count > best.count ? candidate : best)).delimiter;
}

/** Names of the header line, made unique and not empty. The portal's export adds the zone to time columns: `TimeGenerated [UTC]`. */
function columnNames(text: string, delimiter: string): readonly string[] {
  const taken = new Set<string>();
  return headerFields(text, delimiter).map((field, index) =>
    freeName(field.trim().replace(/ \[(UTC|Local Time)\]$/i, '') || `Column${index + 1}`, taken),
  );
}

function headerFields(text: string, delimiter: string): readonly string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (quoted && character === '"' && text.charAt(at + 1) === '"') field += text.charAt(++at);
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === delimiter) {
      fields.push(field);
      field = '';
    } else if (!quoted && (character === '\n' || character === '\r')) break;
    else field += character;
  }
  return [...fields, field];
}

/** Reads a text file as lines: `line` of each, NULL for an empty one. Row numbers are line numbers less one. */
export function linesOf(path: string, encoding: Encoding): string {
  return `read_csv(${sqlText(path)}, columns={'line': 'VARCHAR'}, auto_detect=false, header=false, delim=E'\\x01', quote='', escape='', encoding='${encoding}', ignore_errors=true, ${LINE_LIMITS})`;
}
