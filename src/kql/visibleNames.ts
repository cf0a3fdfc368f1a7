import { columnsInScope } from './analysis';
import type { BoundStatement } from './boundStatement';
import { builtInFunctionNames, pluginNames } from './globals';

const isTable = /^(?:open )?table /u;

/**
 * The names that could stand where one is unknown.
 * @param code Kusto.Language's, of the error: it says what kind of name is wanted.
 */
export function visibleNames({ root, scope }: BoundStatement, code: string, offset: number): ReadonlySet<string> {
  const { schema, names } = scope;
  const own = [...names.keys()];
  const tables = (): readonly string[] => schema.tables.map(({ name }) => name);
  const functions = (): readonly string[] => [...builtInFunctionNames(schema), ...schema.functions.map(({ name }) => name)];
  if (code === 'KS204') return new Set([...own, ...tables(), ...schema.functions.map(({ name }) => name)]);
  if (code === 'KS211') return new Set([...own, ...functions()]);
  if (code === 'KS124') return new Set([...pluginNames(schema), ...own, ...functions()]);
  const columns = root ? columnsInScope(root, offset) : [];
  // Among columns a table means nothing.
  const values = [...names.values()].filter(({ signature }) => !isTable.test(signature)).map(({ name }) => name);
  return new Set(columns.length > 0 ? [...columns, ...values] : [...own, ...tables(), ...functions()]);
}
