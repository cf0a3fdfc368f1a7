import type { Column, KqlType } from '../../../src/common/kqlTypes';

/**
 * SQL that writes rows as the query API writes them, in the database and not in JavaScript, which would take many times longer.
 * `joined`: one text of all rows separated by commas; else one text a row.
 */
export function rowsText(relation: string, columns: readonly Column[], from: number, to: number, joined: boolean): string {
  const values = columns.map(({ type }, index) => `coalesce(${valueJson(`c${index}`, type)}, 'null')`);
  const row = `'[' || ${values.length === 0 ? "''" : values.join(` || ',' || `)} || ']'`;
  const rows = `FROM ${relation} WHERE rowid >= ${from} AND rowid < ${to}`;
  return joined ? `SELECT string_agg(${row}, ',' ORDER BY rowid) ${rows}` : `SELECT ${row} ${rows} ORDER BY rowid`;
}

/** The JSON text of a stored value (`src/engine/catalog.ts`); NULL for a null. */
function valueJson(column: string, type: KqlType): string {
  switch (type) {
    case 'bool':
    case 'int':
      return `CAST(${column} AS VARCHAR)`;
    // All digits: more than a JSON number of JavaScript holds.
    case 'long':
      return `CAST(${column} AS VARCHAR)`;
    case 'real':
      return `CAST(kql.real_json(${column}) AS VARCHAR)`;
    case 'decimal':
      return `'"' || nullif(kql.decimal_text(${column}), '') || '"'`;
    case 'guid':
      return `'"' || CAST(${column} AS VARCHAR) || '"'`;
    case 'string':
      return jsonText(column);
    case 'datetime':
      return `'"' || ${datetimeText(column)} || '"'`;
    case 'timespan':
      return `'"' || nullif(kql.timespan_text(${column}), '') || '"'`;
    // Arrays and property bags as their JSON text; a text in a dynamic as it is, without quotes.
    case 'dynamic':
      return jsonText(`CASE WHEN json_type(${column}) = 'VARCHAR' THEN ${column} ->> '$' ELSE CAST(${column} AS VARCHAR) END`);
  }
}

function jsonText(text: string): string {
  return `CAST(to_json(CAST(${text} AS VARCHAR)) AS VARCHAR)`;
}

/** ISO 8601 with as many digits of the seventh fraction as it needs, as .NET's serializer writes it. */
function datetimeText(column: string): string {
  const seconds = `strftime(make_timestamp((${column} - 621355968000000000) // 10), '%Y-%m-%dT%H:%M:%S')`;
  const fraction = `CASE WHEN ${column} % 10000000 = 0 THEN '' ELSE '.' || rtrim(lpad(CAST(${column} % 10000000 AS VARCHAR), 7, '0'), '0') END`;
  return `${seconds} || ${fraction} || 'Z'`;
}
