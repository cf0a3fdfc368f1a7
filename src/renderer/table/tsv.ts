import type { WireValue } from '../../common/kqlTypes';

/** One line of tab-separated values, as spreadsheets paste it: null is an empty field. */
export function tsvLine(values: readonly WireValue[]): string {
  return values.map(tsvField).join('\t');
}

/** A field is quoted when a tab, a line break or a quote in it would be read as structure. */
function tsvField(value: WireValue): string {
  if (value === null) return '';
  const text = String(value);
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
