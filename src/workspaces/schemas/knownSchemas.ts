/**
 * The tables that Azure Monitor Logs and Microsoft Sentinel define: names and types of their columns, nothing else.
 * Source: the public Azure Monitor Logs table reference, https://learn.microsoft.com/azure/azure-monitor/reference/tables-index,
 * with the standard columns that every table has (https://learn.microsoft.com/azure/azure-monitor/logs/log-standard-columns).
 *
 * `tables.json` holds one line a table: the columns, the time of the row first and the others by name, separated by spaces, `name:code`
 * by the codes below; a column without a code is a string.
 */
import type { Column, KqlType } from '../../common/kqlTypes';
import tables from './tables.json';

const typesByCode: Readonly<Record<string, KqlType>> = {
  b: 'bool',
  g: 'guid',
  i: 'int',
  l: 'long',
  r: 'real',
  t: 'datetime',
  y: 'dynamic',
};

const columnTexts = new Map<string, string>(Object.entries(tables));

/**
 * The columns of a known table in their order, or undefined. Names are case-sensitive, as in KQL. Parsed on each call; all tables take
 * about 10 ms.
 */
export function knownTable(name: string): readonly Column[] | undefined {
  return columnTexts.get(name)?.split(' ').map(parseColumn);
}

/** Names of all known tables, sorted. */
export function knownTableNames(): readonly string[] {
  return [...columnTexts.keys()];
}

function parseColumn(text: string): Column {
  const [name = '', code] = text.split(':');
  return { name, type: (code === undefined ? undefined : typesByCode[code]) ?? 'string' };
}
