import type { WorkspaceSchema } from '../common/engineProtocol';
import type { TableState } from '../common/templatePage';

/**
 * What a workspace has in tables that a template names. Azure counts no rows: there a table has data when it has a last time, and is empty
 * when others have one and it has none.
 */
export function tableStates(names: readonly string[], schema: Pick<WorkspaceSchema, 'tables'> | undefined): readonly TableState[] {
  if (!schema) return names.map((name) => ({ name, state: 'unknown' }));
  const byName = new Map(schema.tables.map((table) => [table.name, table]));
  const timesAreRead = schema.tables.some(({ lastTime }) => lastTime !== undefined);
  return names.map((name): TableState => {
    const table = byName.get(name);
    if (!table) return { name, state: 'absent' };
    const { rowCount, lastTime } = table;
    const facts = { name, ...(rowCount === undefined ? {} : { rows: rowCount }), ...(lastTime === undefined ? {} : { lastTime }) };
    if (rowCount !== undefined) return { ...facts, state: rowCount > 0 ? 'data' : 'empty' };
    if (lastTime !== undefined) return { ...facts, state: 'data' };
    return { ...facts, state: timesAreRead ? 'empty' : 'unknown' };
  });
}
