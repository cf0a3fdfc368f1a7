import type { KqlNode } from '../../kql/node';
import type { KqlType } from '../../common/kqlTypes';
import type { Environment } from '../environment';
import { newColumn, pick, type Plan, project } from '../plan';
import type { Translator } from '../translator';
import { oneRow } from '../values';
import { spreadTuple, tupleCall } from '../tuples';
import { conform, givenNames, outputColumns } from './outputs';
import type { SourceOperator } from './registry';
import { nullOf } from '../expression';

/** `print`: one row of values. */
export const print: SourceOperator = ({ node, environment, translator }) => {
  const declared = outputColumns({ node, translator });
  const scope = { environment };
  const values = node.list('Expressions').flatMap((item) => {
    const tuple = tupleCall(item);
    if (tuple) return spreadTuple({ scope, translator }, tuple, tuple.columns?.length ?? 0);
    const names = givenNames(item);
    if (names) {
      const parts = spreadTuple({ scope, translator }, item.need('Expression'), names.length);
      return names.map((_, index) => parts[index] ?? nullOf('dynamic'));
    }
    return [translator.scalar(item.kind === 'SimpleNamedExpression' ? item.need('Expression') : item, scope)];
  });
  const columns = declared.map(({ name, type }, index) =>
    newColumn(translator.ids, name, type, conform(values[index] ?? nullOf(type), type)),
  );
  return project(pick(oneRow(translator), []), columns, translator.ids);
};

/** A query that is a value alone, as pages of the documentation have it: what `print` of it gives. */
export function printValue(translator: Translator, node: KqlNode, type: KqlType, environment: Environment): Plan {
  const value = conform(translator.scalar(node, { environment }), type);
  return project(pick(oneRow(translator), []), [newColumn(translator.ids, 'print_0', type, value)], translator.ids);
}
