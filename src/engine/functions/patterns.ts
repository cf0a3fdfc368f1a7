import type { FunctionTable } from './registry';

export const patternFunctions: FunctionTable = {};
