import type { FunctionTable } from './registry';

export const arrayFunctions: FunctionTable = {};
