import type { RawDiagnostic } from './bridge';
import type { KqlNode } from './node';

/**
 * Errors that Kusto.Language reports in graph operators where Kusto has none, as the documentation's own examples show: properties inside
 * `inner_nodes()` of a graph made `with_node_id` (all-graph-function), and a path as an array (graph-function: `array_length(path)`).
 */
export function isGraphMistake({ Code: code, Start: start, Length: length }: RawDiagnostic, root: KqlNode): boolean {
  if (code !== unknownName && code !== noArray) return false;
  const around = (node: KqlNode): boolean => node.start <= start && start + length <= node.start + node.length;
  for (const pipe of root.walk()) {
    if (pipe.kind !== 'PipeExpression' || !around(pipe)) continue;
    // The tree of a text with errors has holes.
    const operator = pipe.child('Operator');
    if (!operator || !around(operator) || !pathOperators.has(operator.kind)) continue;
    const calls = [...operator.walk()].filter((node) => node.kind === 'FunctionCallExpression' && around(node));
    const named = [...operator.walk()].find((node) => node.kind === 'NameReference' && node.start === start && node.length === length);
    if (code === noArray) return repeatedEdges(operator).has(named?.simpleName ?? '');
    return calls.some(isOverInnerNodes) && (pipe.child('Expression')?.graph?.nodes ?? []).some(({ name }) => name === named?.simpleName);
  }
  return false;
}

const unknownName = 'KS142';
const noArray = 'KS234';
const pathOperators: ReadonlySet<string> = new Set(['GraphMatchOperator', 'GraphShortestPathsOperator']);

function isOverInnerNodes(call: KqlNode): boolean {
  const [path] = call.child('ArgumentList')?.list('Expressions') ?? [];
  return path?.kind === 'FunctionCallExpression' && path.child('Name')?.simpleName === 'inner_nodes';
}

function repeatedEdges(operator: KqlNode): Set<string> {
  const edges = [...operator.walk()].filter((node) => node.kind === 'GraphMatchPatternEdge' && node.child('Range'));
  return new Set(edges.flatMap((edge) => edge.child('Name')?.simpleName ?? []));
}
