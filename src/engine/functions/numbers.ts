import type { FunctionTable } from './registry';

export const numberFunctions: FunctionTable = {};
