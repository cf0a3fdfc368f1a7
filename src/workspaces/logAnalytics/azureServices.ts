import { IdentityTokens } from '../../auth/identityTokens';
import { TokenCache } from '../../auth/tokenCache';
import type { TokenSource } from '../../auth/tokenSource';
import type { AzureConnection, AzureDirectory, AzureWorkspace } from '../../common/azure';
import type { Disposable } from '../../common/disposable';
import type { LocalEngine } from '../local/localWorkspace';
import { SentinelClient } from './incidents/sentinelClient';
import { SchemaFolder } from './schema/keptSchema';
import { discover } from './schema/discovery';
import { workspaceIdParts } from './schema/tablePlans';
import { LogAnalyticsWorkspace } from './logAnalyticsWorkspace';
import { type AzureSentinel, unreachableSentinel } from './azureIncidents';
import { azureSentinel } from './sentinel/azureSentinel';
import type { AzureWire, Caller } from './wire/azureCall';
import { AzureHttpClient, type HttpTimeouts } from './wire/httpClient';
import { LogsApi } from './wire/logsApi';
import { type Pause, pause } from './wire/pause';
import { publishedLimits, QueryScheduler, type ServiceLimits } from './wire/scheduler';

/** Everything that may differ from the usual; tests shorten times. */
export interface AzureTuning {
  /** PEM of an authority to trust besides the well-known ones. */
  readonly ca?: string | undefined;
  readonly timeouts?: Partial<HttpTimeouts> | undefined;
  /** How long an answer may begin after the server timeout. */
  readonly graceMs?: number | undefined;
  readonly serviceLimits?: Partial<ServiceLimits> | undefined;
  /** How a busy service is waited for; the usual one waits by the clock. */
  readonly pause?: Pause | undefined;
  /** Longest wait for a busy service before incidents are told to be unavailable. */
  readonly incidentWaitMs?: number | undefined;
}

export interface AzureParts extends LocalEngine {
  /** Where rows are kept between their arrival and the result store: the database must be allowed to read there. */
  readonly answersFolder: string;
  readonly schemasFolder: string;
  /** Tokens of the editor's account, for the credential `vscode`; without it that credential is `@azure/identity`'s. */
  readonly editorTokens?: TokenSource | undefined;
  readonly signInPrompt?: ((message: string) => void) | undefined;
  readonly onSchemaChange: (workspaceId: string) => void;
  readonly tuning?: AzureTuning | undefined;
}

/** What the workspaces in Azure share: connections, tokens, the line of waiting queries. Loads the Azure SDK. */
export class AzureServices implements Disposable {
  readonly #parts: AzureParts;
  readonly #httpClient: AzureHttpClient;
  readonly #wire: AzureWire;
  readonly #api: LogsApi;
  readonly #scheduler: QueryScheduler;

  constructor(parts: AzureParts) {
    const { tuning = {}, answersFolder } = parts;
    const now = Date.now;
    this.#parts = parts;
    this.#httpClient = new AzureHttpClient(tuning.timeouts, tuning.ca);
    const identity = new IdentityTokens({ httpClient: this.#httpClient, signInPrompt: parts.signInPrompt });
    const { editorTokens } = parts;
    const source: TokenSource = {
      getToken: (request, wait) => (request.credential === 'vscode' && editorTokens ? editorTokens : identity).getToken(request, wait),
    };
    this.#wire = { tokens: new TokenCache(source, now), httpClient: this.#httpClient, now, pause: tuning.pause ?? pause };
    this.#api = new LogsApi(this.#wire, answersFolder, tuning.graceMs);
    this.#scheduler = new QueryScheduler({ ...publishedLimits, ...tuning.serviceLimits }, now);
  }

  /** @throws HuntError when nothing is known of the workspace yet and the service does not answer. */
  async connect(workspace: AzureWorkspace, connection: AzureConnection, caller: Caller): Promise<LogAnalyticsWorkspace> {
    const { database, store, now, external, schemasFolder, onSchemaChange } = this.#parts;
    const shared = { wire: this.#wire, api: this.#api, scheduler: this.#scheduler, database, store, now, external };
    // A token for a workspace is asked of the tenant that it belongs to.
    const own = { ...connection, tenantId: workspace.tenantId ?? connection.tenantId };
    const schemas = new SchemaFolder(schemasFolder);
    return LogAnalyticsWorkspace.open(shared, workspace, own, (known) => this.#sentinel(known, own), schemas, onSchemaChange, caller);
  }

  async discover(connection: AzureConnection, caller: Caller): Promise<AzureDirectory> {
    return discover(this.#wire, connection, caller);
  }

  dispose(): void {
    this.#httpClient.dispose();
  }

  #sentinel({ name, resourceId = '' }: AzureWorkspace, connection: AzureConnection): AzureSentinel {
    const parts = workspaceIdParts(resourceId);
    if (!parts) return unreachableSentinel(name);
    return azureSentinel(new SentinelClient(this.#wire, connection, parts, this.#parts.tuning?.incidentWaitMs));
  }
}
