import type { Found, HintRule } from './hint';

/** From this many columns on, a row that is left out is missed. */
const WIDE = 10;

/** A `join` without a kind is `innerunique`: of the left rows with the same key only one, any one, is kept. */
export const joinWithoutKind: HintRule = {
  code: 'HB104',
  name: 'joinWithoutKind',
  *find(statement): Generator<Found> {
    for (const pipe of statement.nodes) {
      if (pipe.kind !== 'PipeExpression') continue;
      const join = pipe.child('Operator');
      if (join?.kind !== 'JoinOperator') continue;
      if (join.list('Parameters').some((parameter) => parameter.child('Name')?.text === 'kind')) continue;
      if ((pipe.child('Expression')?.columns?.length ?? 0) < WIDE) continue;
      yield {
        severity: 'information',
        message: 'Without a kind this join is `innerunique`: of the left rows with the same key only one, any one, is kept. Say which kind is meant.',
        start: join.start,
        length: 'join'.length,
        replacement: { title: 'Add kind=inner', start: join.start + 'join'.length, length: 0, text: ' kind=inner' },
      };
    }
  },
};
