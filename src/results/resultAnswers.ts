import type { ResultInfo } from '../common/engineProtocol';
import type { ResultFiles } from '../common/resultFiles';
import type { ResultQuestions } from '../common/resultViews';
import type { CancellationToken } from '../common/cancellation';
import type { Handlers } from '../common/rpc';
import { readChart } from './chartData';
import { readColumns } from './columnRows';
import { readColumnStatistics } from './columnStatistics';
import { diffResults } from './diffResults';
import { exportResult } from './export/exportResult';
import { findInView, type Hits } from './findInView';
import { readGroups, readValueCounts } from './groups';
import { type FilesPlace, keepResult, restoreResult } from './keptResult';
import { readPivot } from './pivot';
import type { ResultStore, StoredResult } from './resultStore';
import { readSelectionStatistics } from './selection';
import { ViewCache } from './viewCache';

/** Of searches that jump from hit to hit; one of 500,000 rows is 4 MB. */
const HITS_BYTES = 16 * 1024 * 1024;

/** Answers what is asked about results beyond their pages. */
export function resultAnswers(store: ResultStore, place: FilesPlace): Handlers<ResultQuestions & ResultFiles> {
  const hits = new ViewCache<Hits>(HITS_BYTES);
  return {
    findInView: async (read, token) => findInView(await store.viewed(read, token), read, hits, token),
    readGroups: async (read, token) => readGroups(await store.viewed(read, token), read, token),
    readPivot: async (read, token) => readPivot(await store.viewed(read, token), read, token),
    readColumnStatistics: async (read, token) => readColumnStatistics(await store.viewed(read, token), read, token),
    readValueCounts: async (read, token) => readValueCounts(await store.viewed(read, token), read, token),
    readSelectionStatistics: async (read, token) => readSelectionStatistics(await store.viewed(read, token), read, token),
    readChart: async (read, token) => readChart(await store.viewed(read, token), read, token),
    readColumns: async (read, token) => readColumns(await store.viewed(read, token), read, token),
    holdRows: async (rows, token) => {
      await store.hold(rows, token);
      return null;
    },
    exportResult: async (wanted, token, progress) => exportResult(await store.viewed(wanted, token), wanted, { place, token, progress }),
    keepResult: async (keep, token) => keepResult(store, keep, place, token),
    restoreResult: async (restore, token) => restoreResult(store, restore, place, token),
    diffResults: async (diff, token) => {
      const started = performance.now();
      return madeHere(store, await diffResults(store, diff, token), started, token);
    },
  };
}

/** A result that no workspace gave. */
async function madeHere(store: ResultStore, stored: StoredResult, started: number, token: CancellationToken): Promise<ResultInfo> {
  const { resultId, columns, rowCount } = stored;
  return {
    resultId,
    columns,
    rowCount,
    preview: await store.preview(resultId, token),
    warnings: [],
    workspace: { id: 'results', name: 'Comparison' },
    usedResults: [],
    statistics: { elapsedMs: Math.round(performance.now() - started) },
    finishedAt: new Date().toISOString(),
  };
}
