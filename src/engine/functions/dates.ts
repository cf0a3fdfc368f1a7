import type { FunctionTable } from './registry';

export const dateFunctions: FunctionTable = {};
