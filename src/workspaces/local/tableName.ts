/**
 * The KQL name of a file's or folder's table: letters, digits and `_`, not beginning with a digit. `sign-ins 2024.csv` → `sign_ins_2024`.
 */
export function tableName(fileName: string): string {
  const base = fileName.replace(/\.(gz|zst)$/i, '').replace(/\.(csv|tsv|jsonl|ndjson|json|parquet)$/i, '');
  const name = base
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^_+(?=.)|(?<=.)_+$/g, '');
  if (name === '') return 'table_';
  return /^\d/.test(name) ? `_${name}` : name;
}

/** A name that is not taken yet, in the manner of Kusto: `name1`, `name2`, …; the name is then taken. */
export function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 1; taken.has(free); number++) free = `${name}${number}`;
  taken.add(free);
  return free;
}
