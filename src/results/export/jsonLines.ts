import { quoteText } from '../../engine/render';
import { displayText } from '../columnText';
import type { ViewColumn } from '../viewColumns';
import { type RowFormat, uniqueNames } from './rowFormat';

/**
 * JSON lines in UTF-8. Whole numbers have all their digits, as JSON's numbers may; decimals, times and guids are texts, NaN and the
 * infinities too; `dynamic` values are what they are. Of names that repeat the later ones get a number.
 */
export const jsonLines: RowFormat = {
  head: () => '',
  row: (columns) => {
    const names = uniqueNames(
      columns.map(({ name }) => name),
      false,
    );
    const fields = columns.flatMap((column, index) => [
      quoteText(`${index === 0 ? '{' : ','}${JSON.stringify(names[index])}:`),
      `coalesce(${valueSql(column)}, 'null')`,
    ]);
    return columns.length === 0 ? "'{}'" : `concat(${fields.join(', ')}, '}')`;
  },
  text: (rows) => rows.map((row) => `${row}\n`).join(''),
  foot: () => '',
};

function valueSql({ sql, type }: ViewColumn): string {
  const text = displayText(sql, type);
  switch (type) {
    case 'bool':
    case 'int':
    case 'long':
      return text;
    case 'real':
      return `CASE WHEN isfinite(${sql}) THEN ${text} ELSE '"' || ${text} || '"' END`;
    case 'string':
      return `CAST(to_json(${sql}) AS VARCHAR)`;
    case 'dynamic':
      // One line a row.
      return `CASE WHEN regexp_matches(${text}, '[\\r\\n]') THEN CAST(json(${text}) AS VARCHAR) ELSE ${text} END`;
    case 'decimal':
    case 'datetime':
    case 'timespan':
    case 'guid':
      return `'"' || ${text} || '"'`;
  }
}
