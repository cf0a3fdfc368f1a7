import type { FunctionTable } from './registry';

export const dynamicFunctions: FunctionTable = {};
