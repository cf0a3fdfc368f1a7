import type { Page, ResultNotice, Visualization } from '../../common/engineProtocol';
import { type Column, type KqlType, kqlTypes, type WireRow, type WireValue } from '../../common/kqlTypes';
import { isWarning, noticeText } from '../../common/notices';
import { readSavedResult } from '../../common/savedResult';

/** What the table shows, made sure of: a notebook file is whatever somebody's editor left there. */
export interface SavedTable {
  readonly resultId: string;
  readonly name: string | undefined;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  readonly preview: Page;
  readonly warnings: readonly string[];
  /** What else people have to know of the answer, as sentences. */
  readonly notices: readonly string[];
  /** Sent with the query, ISO 8601. */
  readonly timespan: string | undefined;
  readonly workspace: string | undefined;
  readonly elapsedMs: number | undefined;
  readonly visualization: Visualization | undefined;
}

/** Reads the vendor item of an output; undefined when this version does not understand it. */
export function readSavedTable(json: unknown): SavedTable | undefined {
  const saved = readSavedResult(json);
  if (!saved) return undefined;
  const result = saved.result as Partial<typeof saved.result>;
  const columns = (saved.result.columns as readonly unknown[]).map(readColumn);
  const rows = (saved.result.preview.rows as readonly unknown[]).map((row) => readRow(row, columns.length));
  const cuts = Array.isArray(saved.result.preview.cuts) ? saved.result.preview.cuts : [];
  const notices = readNotices(result.notices);
  const rowCount = Math.max(rows.length, Math.floor(saved.result.rowCount) || 0);
  return {
    resultId: result.resultId ?? '',
    name: typeof saved.name === 'string' && saved.name !== '' ? saved.name : undefined,
    columns,
    rowCount,
    preview: { offset: 0, rows, total: rowCount, cuts },
    warnings: [
      ...columnsLeftOut(columns.length, saved.columnsLeftOut),
      ...notices.filter(isWarning).map(noticeText),
      ...(Array.isArray(result.warnings) ? result.warnings.map(String) : []),
    ],
    notices: notices.filter((notice) => !isWarning(notice) && notice.kind !== 'timespan').map(noticeText),
    timespan: notices.find((notice) => notice.kind === 'timespan')?.timespan,
    workspace: typeof result.workspace?.name === 'string' ? result.workspace.name : undefined,
    elapsedMs: typeof result.statistics?.elapsedMs === 'number' ? result.statistics.elapsedMs : undefined,
    visualization: result.visualization,
  };
}

function columnsLeftOut(shown: number, more: unknown): readonly string[] {
  if (typeof more !== 'number' || more <= 0) return [];
  return [`The first ${shown} of ${shown + more} columns are shown. Project fewer columns to see the others; an export has all.`];
}

const noticeKinds: readonly ResultNotice['kind'][] = ['partial', 'truncated', 'cached', 'timespan', 'searched'];

function readNotices(raw: unknown): readonly ResultNotice[] {
  const given: readonly unknown[] = Array.isArray(raw) ? raw : [];
  return given.filter((one): one is ResultNotice => {
    const kind = typeof one === 'object' && one !== null && 'kind' in one ? one.kind : undefined;
    return noticeKinds.some((known) => known === kind);
  });
}

function readColumn(raw: unknown): Column {
  const candidate = (typeof raw === 'object' && raw !== null ? raw : {}) as Partial<Column>;
  const type: KqlType = kqlTypes.find((known) => known === candidate.type) ?? 'string';
  return { name: typeof candidate.name === 'string' ? candidate.name : '', type };
}

function readRow(raw: unknown, width: number): WireRow {
  const values: readonly unknown[] = Array.isArray(raw) ? raw : [];
  return Array.from({ length: width }, (_, index) => readValue(values[index]));
}

function readValue(raw: unknown): WireValue {
  if (raw === undefined || raw === null) return null;
  if (typeof raw === 'boolean' || typeof raw === 'number' || typeof raw === 'string') return raw;
  return JSON.stringify(raw);
}
