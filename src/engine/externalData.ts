import type { Column } from '../common/kqlTypes';
import type { KqlNode } from '../kql/node';
import { convert } from './conversions';
import { type Expression, sql } from './expression';
import type { SourceInput } from './operators/registry';
import { newColumn, type Plan, planOf, project, type Source, sqlName } from './plan';
import { quoteText } from './render';
import type { Translator } from './translator';
import { valuesPlan } from './values';

/** How rows of a format are read. */
interface Reader {
  /** A table whose values are texts. */
  readonly from: (paths: string, columns: readonly Column[], hasHeader: boolean) => string;
  /** SQL for the text of a column (the JSON of a dynamic one), by its position or the path of a mapping. */
  readonly value: (column: Column, position: number, mapped: string | undefined) => string;
}

/** Endings of other names. "If unspecified, an attempt is made to detect the data format from file extension. The default is CSV." */
const formatOfEnding: Readonly<Record<string, string>> = { jsonl: 'json', ndjson: 'json', log: 'txt' };

const delimiters: Readonly<Record<string, string>> = { csv: ',', tsv: '\t', tsve: '\t', psv: '|', scsv: ';', sohsv: '\x01' };

/** Longest line or record that is read, in bytes. */
const MOST_BYTES = 16 * 1024 * 1024;
const lineLimits = `max_line_size=${MOST_BYTES}, buffer_size=${MOST_BYTES * 2 + 1024}`;

/** `externaldata(columns)[addresses] with(properties)`: files that the user allowed. A value that is not of its column's type is null. */
export function externalData({ node, environment, translator }: SourceInput): Plan {
  const columns = node.columns ?? translator.unsupported('this externaldata', node);
  const addresses = node.list('URIs').map((uri) => {
    const value = translator.scalar(uri, { environment });
    if (value.kind !== 'literal' || typeof value.value !== 'string') return translator.unsupported('a computed address of externaldata', uri);
    return { uri, address: value.value };
  });
  const properties = propertiesOf(node, translator);
  const paths = addresses.flatMap(({ uri, address }) => {
    const source = translator.external?.find(address);
    if (!source) return translator.unsupported('externaldata here', node);
    if (source.kind === 'refused') return translator.unsupported(source.reason, uri, source.advice);
    return source.kind === 'file' ? [source.path] : [];
  });
  const [first] = paths;
  const format = (properties.get('format') ?? (first === undefined ? 'csv' : formatOf(first))).toLowerCase();
  const reader = readerOf(format) ?? translator.unsupported(`externaldata of the format ${format}`, node);
  if (paths.some((file) => /\.zip$/iu.test(file))) translator.unsupported('externaldata of zip files', node, 'Unpack it, or pack it as .gz.');
  const mapping = mappingOf(properties.get('ingestionMapping'), node, translator);
  // A Path of a delimited format would be pasted into the SQL as it is.
  if (delimiters[format] !== undefined && [...(mapping?.values() ?? [])].some((place) => !/^\d+$/u.test(place))) {
    return translator.unsupported(`a Path in the ingestionMapping of ${format}`, node, 'Map each column to an Ordinal.');
  }
  if (paths.length === 0) return valuesPlan(translator, columns, []);
  return read(translator, columns, reader, paths, properties.get('ignoreFirstRecord')?.toLowerCase() === 'true', mapping);
}

function propertiesOf(node: KqlNode, translator: Translator): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const property of node.child('WithClause')?.list('Properties') ?? []) {
    const name = property.need('Name').simpleName ?? '';
    const known = ['format', 'ignoreFirstRecord', 'ingestionMapping'].find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    const value = property.need('Expression');
    properties.set(known ?? translator.unsupported(`externaldata with ${name}`, property), value.literalText ?? value.simpleName ?? value.text);
  }
  return properties;
}

function formatOf(file: string): string {
  const ending = /\.([a-z0-9]+)(?:\.gz)?$/iu.exec(file)?.[1]?.toLowerCase() ?? '';
  return formatOfEnding[ending] ?? (readerOf(ending) ? ending : 'csv');
}

function readerOf(format: string): Reader | undefined {
  const delimiter = delimiters[format];
  if (delimiter !== undefined) return delimited(delimiter);
  if (format === 'txt') return lines;
  if (format === 'raw') return whole;
  if (format === 'json' || format === 'multijson') {
    return records((paths) => `SELECT json AS r FROM read_json_objects(${paths}, format='auto', maximum_object_size=${MOST_BYTES})`);
  }
  return format === 'parquet' ? records((paths) => `SELECT to_json(t) AS r FROM read_parquet(${paths}, union_by_name=true) AS t`) : undefined;
}

/** What a line has beyond the columns is passed over, what it lacks is empty. */
const delimited = (delimiter: string): Reader => ({
  from: (paths, columns, hasHeader) => {
    const names = columns.map((_, index) => `'c${index}': 'VARCHAR'`).join(', ');
    const dialect = `auto_detect=false, delim=${quoteText(delimiter)}, quote='"', escape='"', header=${String(hasHeader)}`;
    return `read_csv(${paths}, columns={${names}}, ${dialect}, null_padding=true, strict_mode=false, ${lineLimits})`;
  },
  value: (_column, position, mapped) => `c${mapped ?? String(position)}`,
});

/** Each line is a record of one column. "Empty lines are skipped." */
const lines: Reader = {
  from: (paths, _columns, hasHeader) => {
    const dialect = `auto_detect=false, delim=E'\\x01', quote='', escape='', header=${String(hasHeader)}`;
    return `(SELECT line FROM read_csv(${paths}, columns={'line': 'VARCHAR'}, ${dialect}, ${lineLimits}) WHERE line <> '')`;
  },
  value: (_column, position) => (position === 0 ? 'line' : 'NULL'),
};

/** The file is one value. */
const whole: Reader = {
  from: (paths) => `read_text(${paths})`,
  value: (_column, position) => (position === 0 ? 'content' : 'NULL'),
};

/** Records are objects; a column is the property of its name, or what a mapping's path leads to. */
const records = (from: (paths: string) => string): Reader => ({
  from: (paths) => `(${from(paths)})`,
  value: ({ name, type }, _position, mapped) => {
    const path = quoteText(mapped ?? `$."${name.replaceAll('"', '\\"')}"`);
    return type === 'dynamic' ? `CAST(nullif(json_extract(r, ${path}), 'null') AS VARCHAR)` : `json_extract_string(r, ${path})`;
  },
});

function read(
  translator: Translator,
  columns: readonly Column[],
  reader: Reader,
  paths: readonly string[],
  hasHeader: boolean,
  mapping: ReadonlyMap<string, string> | undefined,
): Plan {
  const { ids } = translator;
  const texts = columns.map((column) => ({ ...column, id: ids.next() }));
  const list = `[${paths.map(quoteText).join(', ')}]`;
  const source: Source = {
    names: new Map(texts.map(({ id }) => [id, sqlName(id)])),
    render: (needed) => {
      const values = texts.flatMap(({ id, name, type }, position) => {
        const mapped = mapping?.get(name);
        const value = mapping && mapped === undefined ? 'NULL' : reader.value({ name, type }, position, mapped);
        return needed.has(id) ? [`coalesce(${value}, '') AS ${sqlName(id)}`] : [];
      });
      return `(SELECT ${values.join(', ') || '1'} FROM ${reader.from(list, columns, hasHeader)})`;
    },
  };
  const plan = planOf(source, texts.map(({ id, name }) => ({ id, name, type: 'string' as const })));
  const typed = texts.map(({ id, name, type }) => newColumn(ids, name, type, valueOf({ kind: 'column', id, type: 'string' }, type)));
  return project(plan, typed, ids);
}

function valueOf(text: Expression, type: Column['type']): Expression {
  if (type !== 'dynamic') return convert(text, type);
  // As ingestion does: JSON is taken apart, other text is a string.
  return sql('dynamic')`CASE WHEN ${text} = '' THEN NULL WHEN json_valid(${text}) THEN CAST(${text} AS JSON) ELSE to_json(${text}) END`;
}

/** Where each column comes from: a path in JSON, or a position. */
function mappingOf(text: string | undefined, node: KqlNode, translator: Translator): ReadonlyMap<string, string> | undefined {
  if (text === undefined) return undefined;
  // Azure takes a comma before the end of the list.
  const entries = parseJson(text.replace(/,\s*\]\s*$/u, ']'));
  if (!Array.isArray(entries)) return translator.invalid('The ingestionMapping is no JSON array.', node);
  const mapping = new Map<string, string>();
  for (const entry of entries) {
    const { Column: column, Properties: properties } = asRecord(entry);
    const { Path: path, Ordinal: ordinal, ...others } = asRecord(properties);
    const place = typeof path === 'string' ? path.replace(/\['([^']*)'\]/gu, '."$1"') : ordinal;
    if (typeof column !== 'string' || (typeof place !== 'string' && typeof place !== 'number') || Object.keys(others).length > 0)
      return translator.unsupported(`the ingestionMapping ${JSON.stringify(entry)}`, node, 'Map each column to a Path, or an Ordinal.');
    if (typeof path !== 'string' && !/^\d+$/u.test(String(place))) return translator.invalid('An Ordinal of the ingestionMapping is no number.', node);
    mapping.set(column, String(place));
  }
  return mapping;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
