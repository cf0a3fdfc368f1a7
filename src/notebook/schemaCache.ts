import type { WorkspaceInfo, WorkspaceSchema } from '../common/engineProtocol';
import type { EngineClient } from './engineClient';

type Identity = Pick<WorkspaceInfo, 'id' | 'kind'>;

/**
 * The schemas of connected workspaces, each read from the engine once. Of a workspace in Azure the tables come first; when each last had
 * data costs a query, so that comes after, and is told by `changed`.
 */
export class SchemaCache {
  readonly #engine: EngineClient;
  readonly #changed: (workspaceId: string, schema: WorkspaceSchema) => void;
  readonly #schemas = new Map<string, Promise<WorkspaceSchema>>();

  /** @param changed Called with each schema that is there, the first one too. */
  constructor(engine: EngineClient, changed: (workspaceId: string, schema: WorkspaceSchema) => void) {
    this.#engine = engine;
    this.#changed = changed;
  }

  /** @throws HuntError as the engine threw it; the next call tries again. */
  of(workspace: Identity): Promise<WorkspaceSchema> {
    return this.#schemas.get(workspace.id) ?? this.#read(workspace, false);
  }

  /** Reads a schema anew, from the service where there is one. */
  refresh(workspace: Identity): Promise<WorkspaceSchema> {
    return this.#read(workspace, true);
  }

  forget(workspaceId: string): void {
    this.#schemas.delete(workspaceId);
  }

  clear(): void {
    this.#schemas.clear();
  }

  async #read(workspace: Identity, fresh: boolean): Promise<WorkspaceSchema> {
    const { id } = workspace;
    const reading = this.#engine.call('schema', { workspaceId: id, fresh });
    this.#schemas.set(id, reading);
    try {
      const schema = await reading;
      this.#changed(id, schema);
      if (workspace.kind === 'logAnalytics') void this.#addLastTimes(id, reading);
      return schema;
    } catch (thrown) {
      if (this.#schemas.get(id) === reading) this.#schemas.delete(id);
      throw thrown;
    }
  }

  /** Without them the schema is as good; whoever may not query sees none. */
  async #addLastTimes(workspaceId: string, before: Promise<WorkspaceSchema>): Promise<void> {
    const reading = this.#engine.call('schema', { workspaceId, lastTimes: true });
    const schema = await reading.catch(() => undefined);
    if (!schema || this.#schemas.get(workspaceId) !== before) return;
    this.#schemas.set(workspaceId, reading);
    this.#changed(workspaceId, schema);
  }
}
