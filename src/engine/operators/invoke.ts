import { callFunctionTable } from '../calls';
import type { Operator } from './registry';

/** `invoke f(…)`: the rows are the function's first argument. */
export const invoke: Operator = ({ node, input, environment, scope, translator }) => callFunctionTable(translator, node.need('Function'), environment, scope, input);
