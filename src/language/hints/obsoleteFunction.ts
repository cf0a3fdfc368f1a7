import { replacementFor } from '../../kql/obsolete';
import type { Found, HintRule } from './hint';

/** A function that has another name now. */
export const obsoleteFunction: HintRule = {
  code: 'HB109',
  name: 'obsoleteFunction',
  *find(statement): Generator<Found> {
    for (const node of statement.nodes) {
      const name = node.kind === 'FunctionCallExpression' ? node.child('Name') : undefined;
      const newer = name && replacementFor(node);
      if (!name || newer === undefined) continue;
      const { start, length } = name;
      yield {
        severity: 'information',
        message: `${name.text}() is obsolete: it is called ${newer}() now.`,
        start,
        length,
        replacement: { title: `Use ${newer}()`, start, length, text: newer },
      };
    }
  },
};
