import type { ResultFiles, ResultQuestions } from '../common/resultViews';
import { HuntError } from '../common/errors';
import type { Handlers } from '../common/rpc';
import { readChart } from './chartData';
import { readColumns } from './columnRows';
import { readColumnStatistics } from './columnStatistics';
import { findInView, type Hits } from './findInView';
import { readGroups, readValueCounts } from './groups';
import { readPivot } from './pivot';
import type { ResultStore } from './resultStore';
import { readSelectionStatistics } from './selection';
import { ViewCache } from './viewCache';

/** Of searches that jump from hit to hit; one of 500,000 rows is 4 MB. */
const HITS_BYTES = 16 * 1024 * 1024;

async function refuse(): Promise<never> {
  throw new HuntError({ kind: 'internal', message: 'not answered yet' });
}

/** Answers what is asked about results beyond their pages. */
export function resultAnswers(store: ResultStore): Handlers<ResultQuestions & ResultFiles> {
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
    exportResult: refuse,
    diffResults: refuse,
    keepResult: refuse,
    restoreResult: refuse,
  };
}
