import type { ResultFiles, ResultQuestions } from '../common/resultViews';
import { HuntError } from '../common/errors';
import type { Handlers } from '../common/rpc';

async function refuse(): Promise<never> {
  throw new HuntError({ kind: 'internal', message: 'not answered yet' });
}

/** Answers what is asked about results beyond their pages. */
export function resultAnswers(): Handlers<ResultQuestions & ResultFiles> {
  return {
    findInView: refuse,
    readGroups: refuse,
    readPivot: refuse,
    readColumnStatistics: refuse,
    readValueCounts: refuse,
    readSelectionStatistics: refuse,
    readChart: refuse,
    readColumns: refuse,
    exportResult: refuse,
    diffResults: refuse,
    keepResult: refuse,
    restoreResult: refuse,
  };
}
