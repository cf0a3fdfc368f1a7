import type { NamedResult } from '../../common/engineProtocol';
import type { Catalog, CatalogTable, NamedWorkspace } from '../../engine/catalog';
import type { ResultStore } from '../../results/resultStore';

/** What one query can name: the workspace's tables and the results of earlier cells. */
export interface QueryCatalog {
  readonly catalog: Catalog;
  /** The results among the tables. */
  readonly results: ReadonlySet<CatalogTable>;
  /** Names of results that hide a table of the workspace. */
  readonly shadowing: ReadonlySet<string>;
}

/**
 * Puts named results beside a workspace's tables; a result hides a table of its name. Results that are no longer held are left out: a
 * query that names
 * one fails as for any unknown name. The last catalog made is kept, as binding against a known catalog is much faster.
 */
export class QueryCatalogs {
  readonly #catalog: Catalog;
  readonly #store: ResultStore;
  #last: { readonly key: string; readonly made: QueryCatalog } | undefined;

  constructor(catalog: Catalog, store: ResultStore) {
    this.#catalog = catalog;
    this.#store = store;
  }

  /** @param workspaces The connected workspaces, for `workspace("name")`. */
  with(named: readonly NamedResult[], workspaces: readonly NamedWorkspace[] = []): QueryCatalog {
    const held = named.flatMap(({ name, resultId }) => {
      const stored = this.#store.find(resultId);
      return stored ? [{ name, stored }] : [];
    });
    const sources = workspaces.map(({ name, tables: [first] }) => [name, first?.relation]);
    const key = JSON.stringify([held.map(({ name, stored }) => [name, stored.relation]), sources]);
    if (this.#last?.key === key) return this.#last.made;
    const tables = held.map(({ name, stored }): CatalogTable => ({ name, columns: stored.columns, relation: stored.relation }));
    const names = new Set(tables.map((table) => table.name));
    const own = this.#catalog.tables.filter((table) => !names.has(table.name));
    const shadowing = new Set(this.#catalog.tables.map((table) => table.name).filter((name) => names.has(name)));
    const isPlain = tables.length === 0 && workspaces.length === 0;
    const catalog = isPlain ? this.#catalog : { ...this.#catalog, tables: [...tables, ...own], workspaces };
    const made = { catalog, results: new Set(tables), shadowing };
    this.#last = { key, made };
    return made;
  }
}
