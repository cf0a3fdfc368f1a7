import { type KqlSchema, type KqlTable, watchlistBaseColumns } from '../kql/globals';
import type { SchemaAnswer } from './languageProtocol';

/** The schemas of workspaces, asked for once. Until the answer is there, and for a workspace that is not connected, known tables serve. */
export class Schemas {
  readonly #fallback: () => KqlSchema;
  readonly #ask: (workspace: string) => Promise<SchemaAnswer>;
  readonly #arrived: () => void;
  readonly #known = new Map<string, KqlSchema | 'asked' | 'none'>();
  #fallbackSchema: KqlSchema | undefined;

  /** @param arrived Called when a schema has come: what was bound with another is to be bound again. */
  constructor(fallback: () => KqlSchema, ask: (workspace: string) => Promise<SchemaAnswer>, arrived: () => void) {
    this.#fallback = fallback;
    this.#ask = ask;
    this.#arrived = arrived;
  }

  get(workspace: string | undefined): KqlSchema {
    if (workspace === undefined) return this.#default;
    const known = this.#known.get(workspace);
    if (known === undefined) {
      this.#known.set(workspace, 'asked');
      void this.#fetch(workspace);
    }
    return typeof known === 'object' ? known : this.#default;
  }

  /** To be asked for anew; the old one serves until then. */
  changed(workspace: string | undefined): void {
    for (const name of workspace === undefined ? [...this.#known.keys()] : [workspace]) void this.#fetch(name);
  }

  get #default(): KqlSchema {
    return (this.#fallbackSchema ??= this.#fallback());
  }

  async #fetch(workspace: string): Promise<void> {
    try {
      const schema = await this.#ask(workspace);
      this.#known.set(workspace, schema ? { ...schema, watchlists: schema.watchlists.map(asReturned) } : 'none');
      this.#arrived();
    } catch {
      // The connection ends, or the client refuses: the known tables serve, and the next change asks again.
      if (this.#known.get(workspace) === 'asked') this.#known.delete(workspace);
    }
  }
}

/** A watchlist as `_GetWatchlist` returns it: some services tell of its own columns alone. */
function asReturned({ name, columns }: KqlTable): KqlTable {
  const whole = columns.some((column) => column.name === 'SearchKey');
  return { name, columns: whole ? columns : [...watchlistBaseColumns, ...columns] };
}
