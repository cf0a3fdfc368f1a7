import type { Catalog, CatalogTable } from '../../../src/engine/catalog';
import type { EmulatedWorkspace } from '../world/workspace';

/** What a query over several workspaces can name: a table is the union of the tables of its name. Kept, as the binder's work goes by it. */
export class Scopes {
  readonly #made = new Map<string, { readonly parts: readonly Catalog[]; readonly catalog: Catalog }>();

  catalog(workspaces: readonly EmulatedWorkspace[]): Catalog {
    const [only] = workspaces;
    if (only && workspaces.length === 1) return only.catalog;
    const key = workspaces.map(({ id }) => id).join(' ');
    const parts = workspaces.map((workspace) => workspace.catalog);
    const known = this.#made.get(key);
    if (known?.parts.every((part, index) => part === parts[index])) return known.catalog;
    const catalog = unionOf(parts);
    this.#made.set(key, { parts, catalog });
    return catalog;
  }
}

function unionOf(parts: readonly Catalog[]): Catalog {
  const byName = new Map<string, [CatalogTable, ...CatalogTable[]]>();
  for (const table of parts.flatMap(({ tables }) => tables)) {
    const same = byName.get(table.name);
    if (same) same.push(table);
    else byName.set(table.name, [table]);
  }
  const [first] = parts;
  return {
    tables: [...byName.values()].map(unionTable),
    functions: first?.functions ?? [],
    watchlists: first?.watchlists ?? [],
  };
}

/** Columns that a table lacks are null in its rows, and empty where they are text. */
function unionTable(tables: readonly [CatalogTable, ...CatalogTable[]]): CatalogTable {
  const [first, ...others] = tables;
  if (others.length === 0) return first;
  const columns = [...new Map(tables.flatMap((table) => table.columns).map((column) => [`${column.name} ${column.type}`, column])).values()];
  const selects = tables.map((table) => {
    const values = columns.map(({ name, type }, index) => {
      const own = table.columns.findIndex((column) => column.name === name && column.type === type);
      return `${own >= 0 ? `c${own}` : type === 'string' ? "''" : 'NULL'} AS c${index}`;
    });
    return `SELECT ${values.join(', ')} FROM ${table.relation}`;
  });
  return { name: first.name, columns, relation: `(${selects.join(' UNION ALL ')})`, timeColumn: first.timeColumn };
}
