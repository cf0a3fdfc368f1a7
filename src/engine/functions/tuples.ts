import type { Expression } from '../expression';
import type { Call } from './registry';

/** Functions with several results, which `extend (a, b) = f(…)` or `extend f(…)` turn into columns. */
export const tupleFunctions: ReadonlyMap<string, (call: Call) => Expression[]> = new Map();
