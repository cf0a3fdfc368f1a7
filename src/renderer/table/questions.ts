import type { ResultQuestions } from '../../common/resultViews';

/** Asks about the rows of a table, wherever they are. @throws RequestFailure */
export type Ask = <N extends keyof ResultQuestions>(
  method: N,
  argument: Omit<ResultQuestions[N]['argument'], 'resultId'>,
) => Promise<ResultQuestions[N]['answer']>;
