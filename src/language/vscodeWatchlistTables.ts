import * as vscode from 'vscode';
import type { Disposable } from '../common/disposable';
import { toHuntError } from '../common/errors';
import type { KqlTable } from '../kql/globals';
import type { EngineClient } from '../notebook/engineClient';

/**
 * The watchlists of workspaces with their columns. A workspace is asked for them once, when someone first wants its schema; until they are
 * there, and where nobody may read them, their aliases serve as far as the schema has them.
 */
export class WatchlistTables implements Disposable {
  readonly #engine: EngineClient;
  readonly #log: vscode.LogOutputChannel;
  readonly #known = new Map<string, readonly KqlTable[] | 'asked'>();
  readonly #read = new vscode.EventEmitter<string>();

  /** Columns have come: the id of the workspace. */
  readonly onDidRead = this.#read.event;

  constructor(engine: EngineClient, log: vscode.LogOutputChannel) {
    this.#engine = engine;
    this.#log = log;
  }

  /** @param aliases Those that the schema has. */
  of(workspaceId: string, aliases: readonly string[]): readonly KqlTable[] {
    const known = this.#known.get(workspaceId);
    if (known === undefined) void this.refresh(workspaceId);
    const read = typeof known === 'object' ? known : [];
    const others = aliases.filter((alias) => !read.some(({ name }) => name === alias));
    return [...read, ...others.map((name) => ({ name, columns: [] }))];
  }

  /** Reads them anew: one was made, or got another column. */
  async refresh(workspaceId: string): Promise<void> {
    if (!this.#known.has(workspaceId)) this.#known.set(workspaceId, 'asked');
    try {
      const watchlists = await this.#engine.call('listWatchlists', { workspaceId });
      this.#known.set(
        workspaceId,
        watchlists.map(({ alias, columns }) => ({ name: alias, columns })),
      );
      this.#read.fire(workspaceId);
    } catch (thrown) {
      this.#log.debug(`Watchlists of ${workspaceId} are not known to the language server: ${toHuntError(thrown).message}`);
    }
  }

  dispose(): void {
    this.#read.dispose();
  }
}
