import type { FunctionTable } from './registry';

export const ipFunctions: FunctionTable = {};
