import type { Column, KqlType } from '../common/kqlTypes';

/**
 * How the displayed text of a type is searched: the SQL that makes it, and which characters it can hold. A search text with other
 * characters cannot be in it, so that the column need not be read.
 */
interface SearchedType {
  readonly text: (column: string) => string;
  readonly alphabet: RegExp;
}

const anyText = /^[^]*$/;
const epochTicks = '621355968000000000';

const searchedTypes: Readonly<Record<KqlType, SearchedType>> = {
  bool: { text: (column) => `CAST(${column} AS VARCHAR)`, alphabet: /^[truefals]*$/ },
  int: { text: (column) => `CAST(${column} AS VARCHAR)`, alphabet: /^[-0-9]*$/ },
  long: { text: (column) => `CAST(${column} AS VARCHAR)`, alphabet: /^[-0-9]*$/ },
  real: { text: (column) => `lower(regexp_replace(CAST(${column} AS VARCHAR), '\\.0$', ''))`, alphabet: /^[-+.0-9einfatys]*$/ },
  decimal: { text: (column) => `regexp_replace(CAST(${column} AS VARCHAR), '\\.?0+$', '')`, alphabet: /^[-.0-9]*$/ },
  string: { text: (column) => `lower(${column})`, alphabet: anyText },
  datetime: {
    text: (column) =>
      `(strftime(make_timestamp((${column} - ${epochTicks}) // 10), '%Y-%m-%dt%H:%M:%S.') || lpad(CAST(${column} % 10000000 AS VARCHAR), 7, '0') || 'z')`,
    alphabet: /^[-0-9tz:. ]*$/,
  },
  timespan: { text: timespanText, alphabet: /^[-0-9:.]*$/ },
  guid: { text: (column) => `CAST(${column} AS VARCHAR)`, alphabet: /^[-0-9a-f]*$/ },
  dynamic: { text: (column) => `lower(CAST(${column} AS VARCHAR))`, alphabet: anyText },
};

/** `[-][d.]hh:mm:ss[.fffffff]`. */
function timespanText(column: string): string {
  const ticks = `abs(${column})`;
  const two = (value: string): string => `lpad(CAST(${value} AS VARCHAR), 2, '0')`;
  return [
    `(CASE WHEN ${column} < 0 THEN '-' ELSE '' END`,
    `CASE WHEN ${ticks} >= 864000000000 THEN CAST(${ticks} // 864000000000 AS VARCHAR) || '.' ELSE '' END`,
    two(`${ticks} // 36000000000 % 24`),
    `':'`,
    two(`${ticks} // 600000000 % 60`),
    `':'`,
    two(`${ticks} // 10000000 % 60`),
    `CASE WHEN ${ticks} % 10000000 = 0 THEN '' ELSE '.' || lpad(CAST(${ticks} % 10000000 AS VARCHAR), 7, '0') END)`,
  ].join(' || ');
}

/**
 * SQL for "some column's displayed text contains this, ignoring case" over columns `c0`, `c1`, …
 * @returns undefined when every row matches.
 */
export function searchCondition(columns: readonly Column[], filter: string): string | undefined {
  if (filter === '') return undefined;
  const searched = filter.toLowerCase();
  const needle = `'${searched.replaceAll("'", "''")}'`;
  const conditions = columns.flatMap(({ type }, index) => {
    const { text, alphabet } = searchedTypes[type];
    return alphabet.test(searched) ? [`contains(${text(`c${index}`)}, ${needle})`] : [];
  });
  return conditions.length === 0 ? 'false' : conditions.join(' OR ');
}
