import { HuntError } from '../../../common/errors';
import type { WatchlistRow } from '../../../common/sentinelService';

/** Most that the service takes of a new watchlist in one piece: "content size below 3.8 MB". */
export const MAX_CSV_BYTES = 3_800_000;

/**
 * The rows as the service reads them: RFC 4180, a header first.
 * @throws HuntError `refused` for more than {@link MAX_CSV_BYTES}.
 */
export function watchlistCsv(alias: string, columns: readonly string[], rows: readonly WatchlistRow[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  const csv = lines.map((values) => values.map(field).join(',')).join('\r\n');
  const bytes = Buffer.byteLength(csv);
  if (bytes <= MAX_CSV_BYTES) return csv;
  const size = (bytes / 1e6).toFixed(1);
  const message = `The watchlist "${alias}" would have ${rows.length} rows of ${size} MB; the service takes 3.8 MB. Take fewer rows or columns, or upload a file in the portal.`;
  throw new HuntError({ kind: 'refused', message });
}

function field(text: string): string {
  return /[",\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
