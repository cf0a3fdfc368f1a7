/** Lines up the columns of a table of texts under its headings. */
export function formatTable(headings, rows) {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const isNumber = headings.map((_, column) => rows.every((row) => /^([≤≥] )?[\d.,]*$/.test(row[column])));
  const line = (row) => row.map((cell, column) => (isNumber[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join('  ').trimEnd();
  return [line(headings), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/** Bytes as people read them in the budgets: `449.8 KB` (1 KB = 1024 bytes), from 10 MB on in MB. */
export function formatBytes(bytes) {
  const kilobytes = bytes / 1024;
  return kilobytes < 10_240 ? `${kilobytes.toFixed(1)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

/** `0.42 s`, `12.3 s`. */
export function formatSeconds(milliseconds) {
  const seconds = milliseconds / 1000;
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}
