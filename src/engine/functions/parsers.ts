import { sql } from '../expression';
import type { FunctionTable } from './registry';

/** Formats that need a real parser. */
export const parserFunctions: FunctionTable = {
  parse_xml: (call) => sql('dynamic')`CAST(routine_parse_xml(${call.text(0)}) AS JSON)`,
  parsexml: (call) => sql('dynamic')`CAST(routine_parse_xml(${call.text(0)}) AS JSON)`,
};
