/** A table's or a column's name as KQL writes it: `['my table']` unless it is a plain identifier. */
export function kqlName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `[${kqlString(name)}]`;
}

export function kqlString(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
