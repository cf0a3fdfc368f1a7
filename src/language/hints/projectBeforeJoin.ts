import type { KqlNode } from '../../kql/node';
import type { Found, HintRule } from './hint';

/** Sides with fewer columns cost little. */
const WIDE = 10;

/** A `project` right behind a join throws away columns that the join had to carry: the right side could have projected them first. */
export const projectBeforeJoin: HintRule = {
  code: 'HB105',
  name: 'projectBeforeJoin',
  *find(statement): Generator<Found> {
    for (const pipe of statement.nodes) {
      const project = pipe.kind === 'PipeExpression' ? pipe.child('Operator') : undefined;
      const join = pipe.child('Expression')?.child('Operator');
      if (project?.kind !== 'ProjectOperator' || join?.kind !== 'JoinOperator') continue;
      const right = join.child('Expression');
      const width = right?.columns?.length ?? 0;
      if (!right || width < WIDE || shapes(right)) continue;
      const used = project.columns?.length ?? 0;
      yield {
        severity: 'information',
        message: `The join carries all ${width} columns of its right side, and ${used} are kept behind it. Project the right side first.`,
        start: right.start,
        length: right.length,
      };
    }
  },
};

/** Does a side choose its columns itself? */
function shapes(side: KqlNode): boolean {
  return [...side.walk()].some((node) => /^(?:Project|ProjectKeep|Summarize|Distinct)Operator$/u.test(node.kind));
}
