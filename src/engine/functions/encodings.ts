import type { FunctionTable } from './registry';

export const encodingFunctions: FunctionTable = {};
