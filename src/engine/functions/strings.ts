import type { FunctionTable } from './registry';

export const stringFunctions: FunctionTable = {};
