import type { KqlType } from '../common/kqlTypes';
import { quoteText } from '../engine/render';

const anyText = /^[^]*$/u;
const EPOCH_TICKS = '621355968000000000';
const LAST_TICKS = '3155378975999999999';
const LEAST_LONG = '(-9223372036854775807 - 1)';

/** How the displayed text of a type is made in SQL, and which characters it can hold (small letters stand for both cases). */
interface TextOfType {
  readonly text: (sql: string) => string;
  /** A text with other characters cannot be in it, so that the column need not be read. */
  readonly alphabet: RegExp;
}

const plainText = (sql: string): string => `CAST(${sql} AS VARCHAR)`;

const textOfTypes: Readonly<Record<KqlType, TextOfType>> = {
  bool: { text: plainText, alphabet: /^[truefals]*$/u },
  int: { text: plainText, alphabet: /^[-0-9]*$/u },
  long: { text: plainText, alphabet: /^[-0-9]*$/u },
  real: { text: realText, alphabet: /^[-+.0-9einfatys]*$/u },
  decimal: { text: (sql) => `regexp_replace(CAST(${sql} AS VARCHAR), '\\.?0+$', '')`, alphabet: /^[-.0-9]*$/u },
  string: { text: (sql) => sql, alphabet: anyText },
  datetime: { text: datetimeText, alphabet: /^[-0-9tz:. icks]*$/u },
  timespan: { text: timespanText, alphabet: /^[-0-9:.]*$/u },
  guid: { text: plainText, alphabet: /^[-0-9a-f]*$/u },
  dynamic: { text: plainText, alphabet: anyText },
};

/** SQL of a value's text as people see it: as the value travels (see `WireValue`); NULL for a null. */
export function displayText(sql: string, type: KqlType): string {
  return textOfTypes[type].text(sql);
}

/**
 * SQL for "the displayed text contains this, ignoring case".
 * @returns undefined when no value of the type can contain it.
 */
export function containsText(sql: string, type: KqlType, text: string): string | undefined {
  const folded = searchedText(text, type).toLowerCase();
  if (!textOfTypes[type].alphabet.test(folded)) return undefined;
  const lower = (value: string): string => `lower(${value})`;
  // Digits have no case, and lower() costs as much as the search.
  const caseless = type === 'int' || type === 'long' || type === 'decimal' || type === 'timespan' || type === 'guid' || type === 'bool';
  const value = displayText(sql, type);
  // Both sides are folded by the same hand: JavaScript and DuckDB do not agree on every letter.
  return `contains(${caseless ? value : lower(value)}, ${caseless ? quoteText(folded) : lower(quoteText(folded))})`;
}

/** People type a time as the table shows it, with a blank after the date. */
export function searchedText(text: string, type: KqlType): string {
  return type === 'datetime' ? text.replace(/(\d) (?=\d|$)/u, '$1T') : text;
}

/** As JavaScript writes a number, which is how numbers are shown: DuckDB takes to exponents earlier. */
function realText(sql: string): string {
  const plain = `CAST(${sql} AS VARCHAR)`;
  const mantissa = `split_part(${plain}, 'e', 1)`;
  const digits = `replace(replace(replace(${mantissa}, '.0', ''), '.', ''), '-', '')`;
  const exponent = `CAST(split_part(${plain}, 'e', 2) AS INTEGER)`;
  const sign = `CASE WHEN ${sql} < 0 THEN '-' ELSE '' END`;
  return [
    `CASE WHEN isnan(${sql}) THEN 'NaN'`,
    `WHEN isinf(${sql}) THEN CASE WHEN ${sql} > 0 THEN 'Infinity' ELSE '-Infinity' END`,
    `WHEN ${sql} = 0 THEN '0'`,
    `WHEN NOT contains(${plain}, 'e') THEN regexp_replace(${plain}, '\\.0$', '')`,
    `WHEN abs(${sql}) >= 1e16 AND abs(${sql}) < 1e21 THEN ${sign} || rpad(${digits}, ${exponent} + 1, '0')`,
    `WHEN abs(${sql}) < 1 AND abs(${sql}) >= 1e-6 THEN ${sign} || '0.' || repeat('0', -(${exponent}) - 1) || ${digits}`,
    `ELSE regexp_replace(regexp_replace(${plain}, '\\.0e', 'e'), 'e([-+])0', 'e\\1') END`,
  ].join(' ');
}

function datetimeText(sql: string): string {
  const moment = `strftime(make_timestamp((${sql} - ${EPOCH_TICKS}) // 10), '%Y-%m-%dT%H:%M:%S.')`;
  const text = `${moment} || lpad(CAST(${sql} % 10000000 AS VARCHAR), 7, '0') || 'Z'`;
  return `(CASE WHEN ${sql} BETWEEN 0 AND ${LAST_TICKS} THEN ${text} ELSE CAST(${sql} AS VARCHAR) || ' ticks' END)`;
}

/** `[-][d.]hh:mm:ss[.fffffff]`. */
function timespanText(sql: string): string {
  const ticks = `abs(CAST(${sql} AS HUGEINT))`;
  const short = `abs(${sql})`;
  const clock = (value: string): string => {
    const two = (part: string): string => `lpad(CAST(${part} AS VARCHAR), 2, '0')`;
    return [
      `(CASE WHEN ${sql} < 0 THEN '-' ELSE '' END`,
      `CASE WHEN ${value} >= 864000000000 THEN CAST(${value} // 864000000000 AS VARCHAR) || '.' ELSE '' END`,
      two(`${value} // 36000000000 % 24`),
      `':'`,
      two(`${value} // 600000000 % 60`),
      `':'`,
      two(`${value} // 10000000 % 60`),
      `CASE WHEN ${value} % 10000000 = 0 THEN '' ELSE '.' || lpad(CAST(${value} % 10000000 AS VARCHAR), 7, '0') END)`,
    ].join(' || ');
  };
  // The shortest timespan has no positive counterpart among 64-bit integers; all others need no wider ones.
  return `(CASE WHEN ${sql} = ${LEAST_LONG} THEN ${clock(ticks)} ELSE ${clock(short)} END)`;
}
