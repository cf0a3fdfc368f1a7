import type { FunctionTable } from './registry';

export const windowFunctions: FunctionTable = {};
