import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withApiVersion } from './arm/apiVersion';
import { resourceGraphRoutes } from './arm/resourceGraph';
import { savedSearchRoutes } from './arm/savedSearches';
import { subscriptionRoutes } from './arm/subscriptions';
import { workspaceRoutes } from './arm/workspaces';
import { LogsDatabase } from './data/logsDatabase';
import { adminRoutes } from './http/admin';
import { makeCertificates } from './http/certificates';
import { Clock } from './http/clock';
import { Faults } from './http/faults';
import { RequestLog } from './http/requestLog';
import { type Audience, Router } from './http/router';
import { ApiServer } from './http/server';
import { BearerCheck } from './login/bearer';
import { loginRoutes } from './login/loginService';
import { type MintedToken, Tokens } from './login/tokens';
import { type LogsLimits, publishedLimits } from './logs/limits';
import { metadataRoutes } from './logs/metadata';
import { QueryService } from './logs/queryService';
import { sentinelRoutes } from './sentinel/sentinelRoutes';
import { defaultWorld } from './world/defaultWorld';
import type { WorldDefinition } from './world/definitions';
import type { EmulatedWorkspace } from './world/workspace';
import { World } from './world/world';

export interface EmulatorOptions {
  /** 0 (the usual): any free port. */
  readonly port?: number;
  /** {@link defaultWorld} unless told. */
  readonly world?: WorldDefinition;
  /** Where the sample is kept between runs; a folder of the system's temporary one unless told. */
  readonly sampleFolder?: string;
  /** In place of the published ones, so that small tests can reach them. */
  readonly limits?: Partial<LogsLimits>;
  readonly gzip?: boolean;
  /** Say where a semantic error is in the query; recorded answers of the service do not. */
  readonly semanticPositions?: boolean;
}

/** Azure, as far as Huntbook needs it, on this machine: see README.md beside this file. */
export interface Emulator {
  /** `https://127.0.0.1:PORT`: token service (`authorityHost`), Azure Resource Manager, and with `/v1` the query API. */
  readonly url: string;
  /** PEM file of the authority to trust, for NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  /** Its text, for clients in this process. */
  readonly ca: string;
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly world: World;
  /** Of the world, as they are now. */
  readonly workspaces: readonly EmulatedWorkspace[];
  readonly logs: QueryService;
  /** An access token of a person of the home tenant, or as told. */
  token(audience: Audience, more?: Partial<MintedToken>): string;
  /** By name or id. @throws Error when there is none. */
  workspace(name: string): EmulatedWorkspace;
  close(): Promise<void>;
}

export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, world: definition = defaultWorld, gzip = false, semanticPositions = false } = options;
  const sampleFolder = options.sampleFolder ?? path.join(tmpdir(), 'huntbook-emulator', 'sample');
  await mkdir(sampleFolder, { recursive: true });
  const folder = await mkdtemp(path.join(tmpdir(), 'huntbook-emulator-'));
  const clock = new Clock();
  const database = await LogsDatabase.open(path.join(folder, 'database'), sampleFolder, clock);
  const world = new World(definition, database, () => clock.date());
  await fill(world, definition, database, sampleFolder);

  let url = '';
  const tokens = new Tokens(clock);
  const bearer = new BearerCheck(tokens, clock, () => url);
  const faults = new Faults();
  const requests = new RequestLog();
  const logs = new QueryService(world, database, clock, { limits: { ...publishedLimits, ...options.limits }, semanticPositions });
  const router = new Router([
    ...adminRoutes({ world, tokens, faults, requests, clock }),
    ...loginRoutes(world, tokens, () => url),
    ...logs.routes(),
    ...metadataRoutes(world),
    ...[
      ...subscriptionRoutes(world, bearer),
      ...workspaceRoutes(world, bearer),
      ...savedSearchRoutes(world, bearer),
      ...resourceGraphRoutes(world, database),
      ...sentinelRoutes(world, bearer),
    ].map(withApiVersion),
  ]);
  const certificates = await makeCertificates();
  const caFile = path.join(folder, 'ca.pem');
  await writeFile(caFile, certificates.authority);
  const server = new ApiServer({ certificates, router, bearer, faults, log: requests, clock, gzip });
  url = await server.listen(port);

  return {
    url,
    caFile,
    ca: certificates.authority,
    clock,
    tokens,
    faults,
    requests,
    world,
    logs,
    get workspaces() {
      return world.workspaces;
    },
    workspace(name) {
      const found = world.findWorkspace(name);
      if (!found) throw new Error(`There is no workspace "${name}".`);
      return found;
    },
    token: (audience, more) => tokens.mint({ audience, tenantId: world.homeTenantId, ...more }),
    async close() {
      faults.clear();
      await server.close();
      database.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function fill(world: World, definition: WorldDefinition, database: LogsDatabase, sampleFolder: string): Promise<void> {
  const sample = definition.workspaces.some((workspace) => workspace.sample) ? await database.openSample(sampleFolder) : undefined;
  for (const workspace of definition.workspaces) {
    const added = await world.addWorkspace(workspace);
    if (workspace.sample && sample) await added.useSample(sample);
  }
}
