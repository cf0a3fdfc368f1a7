import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AzureConnection, AzureEndpoints, AzureWorkspace, HostService, TokenAnswer, TokenRequest } from '../../../../src/common/azure';
import { type CancellationToken, neverCancelled } from '../../../../src/common/cancellation';
import type { QueryAnswer, ResultInfo, RunQuery } from '../../../../src/common/engineProtocol';
import { HuntError } from '../../../../src/common/errors';
import { InProcessEngine } from '../../../../src/notebook/engineClient';
import { Engine, type HostClient } from '../../../../src/workspaces/engine';
import type { AzureTuning } from '../../../../src/workspaces/logAnalytics/azureServices';
import type { Pause } from '../../../../src/workspaces/logAnalytics/wire/pause';
import type { Emulator } from '../../../emulator/emulator';
import { ids } from '../../../emulator/world/defaultWorld';

export function endpointsOf({ url }: Pick<Emulator, 'url'>): AzureEndpoints {
  return {
    authority: url,
    resourceManager: url,
    resourceManagerScope: 'https://management.core.windows.net/.default',
    logAnalytics: url,
    logAnalyticsScope: 'https://api.loganalytics.io/.default',
    portal: 'https://portal.azure.com',
  };
}

/** An engine in this process whose editor has an account in the emulator. */
export class AzureEngine {
  readonly client: InProcessEngine;
  /** Every token wish that reached the editor. */
  readonly asked: TokenRequest[] = [];
  readonly changedSchemas: string[] = [];
  readonly storage: string;
  /** What the editor answers; replaced by tests. */
  answer: (request: TokenRequest) => TokenAnswer | Promise<TokenAnswer>;
  readonly #engine: Engine;
  readonly #emulator: Emulator;
  #runs = 0;

  private constructor(engine: Engine, emulator: Emulator, storage: string, host: { client: AzureEngine | undefined }) {
    this.#engine = engine;
    this.#emulator = emulator;
    this.storage = storage;
    this.client = new InProcessEngine(engine.handlers);
    this.answer = ({ scopes, tenantId, wwwAuthenticate }) => {
      const audience = scopes[0]?.includes('loganalytics') === true ? ('logs' as const) : ('arm' as const);
      const challenge = wwwAuthenticate ?? '';
      const claims = challenge === '' ? undefined : Buffer.from(/claims="([^"]+)"/u.exec(challenge)?.[1] ?? '', 'base64').toString();
      const token = emulator.token(audience, { ...(tenantId === undefined ? {} : { tenantId }), claims });
      return { token, expiresOn: emulator.clock.now() + emulator.tokens.lifetimeSeconds * 1000 };
    };
    host.client = this;
  }

  static async open(emulator: Emulator, tuning: AzureTuning = {}, folder?: string): Promise<AzureEngine> {
    const storage = folder ?? mkdtempSync(path.join(tmpdir(), 'huntbook-azure-'));
    const holder: { client: AzureEngine | undefined } = { client: undefined };
    const host: HostClient = {
      call: async (method, argument) => {
        const owner = holder.client;
        if (!owner) throw new HuntError({ kind: 'internal', message: 'not open yet' });
        if (method === 'schemaChanged') {
          owner.changedSchemas.push((argument as HostService['schemaChanged']['argument']).workspaceId);
          return null as never;
        }
        const request = argument as TokenRequest;
        owner.asked.push(request);
        return (await owner.answer(request)) as never;
      },
    };
    const azure = { ca: emulator.ca, ...tuning };
    const engine = await Engine.open({ storagePath: storage, memoryLimitMiB: 1024, threads: 2, host, azure });
    return new AzureEngine(engine, emulator, storage, holder);
  }

  get connection(): AzureConnection {
    return { endpoints: endpointsOf(this.#emulator), credential: 'vscode' };
  }

  workspace(name: string): AzureWorkspace {
    const found = this.#emulator.world.workspaces.find((workspace) => workspace.name === name);
    if (!found) throw new Error(`no workspace ${name}`);
    const { id, resourceId, tenantId, subscription } = found;
    return { customerId: id, name, resourceId, tenantId, subscriptionId: subscription.id, hasSentinel: found.sentinel !== undefined };
  }

  /** @returns the id. */
  async connect(name: string): Promise<string> {
    const info = await this.client.call('connect', { kind: 'logAnalytics', workspace: this.workspace(name), connection: this.connection });
    return info.id;
  }

  async run(
    text: string,
    more: Partial<RunQuery> = {},
    token: CancellationToken = neverCancelled,
    progress: (sentence: string) => void = () => undefined,
  ): Promise<QueryAnswer> {
    const query: RunQuery = {
      workspaceId: `logAnalytics:${ids.contosoOps}`,
      resultId: `r${++this.#runs}`,
      notebookId: 'n',
      text,
      definitions: [],
      results: [],
      ...more,
    };
    return this.client.call('runQuery', query, token, progress);
  }

  async result(text: string, more: Partial<RunQuery> = {}): Promise<ResultInfo> {
    const answer = await this.run(text, more);
    if (answer.kind !== 'result') throw new Error('no result');
    return answer.result;
  }

  /** What a cell that must fail fails with. */
  async failure(text: string, more: Partial<RunQuery> = {}): Promise<HuntError> {
    return failureOf(this.run(text, more));
  }

  close(): void {
    this.#engine.dispose();
    rmSync(this.storage, { recursive: true, force: true });
  }
}

/** Waits for a busy service take no time; what is stopped meanwhile is. */
export const noPause: Pause = (_milliseconds, token) =>
  token.isCancellationRequested ? Promise.reject(new HuntError({ kind: 'cancelled' })) : Promise.resolve();

export async function failureOf(work: Promise<unknown>): Promise<HuntError> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof HuntError) return thrown;
    throw thrown;
  }
  throw new Error('it did not fail');
}
