import * as vscode from 'vscode';
import { CancellationSource } from '../common/cancellation';
import { type Disposable, DisposableStore } from '../common/disposable';
import { toHuntError } from '../common/errors';
import type { FromHuntingRuns, HuntingRun, ToHuntingRuns } from '../common/huntingRuns';
import type { HuntingQuery } from '../common/sentinelService';
import type { EngineClient } from '../notebook/engineClient';
import { readRows } from '../notebook/readRows';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { WebPage } from './webPage';

const LAST = 'huntbook.huntingRuns';
/** Queries that run at the same time: a workspace in Azure takes five, and others are at work too. */
const AT_ONCE = 2;

type LastRuns = Readonly<Record<string, { readonly rows: number; readonly at: string }>>;

export interface HuntingRunServices {
  readonly extensionUri: vscode.Uri;
  readonly engine: EngineClient;
  readonly workspaces: Workspaces;
  readonly memory: vscode.Memento;
}

/** Runs sets of hunting queries, each on a page of its own, and remembers how many rows each found. */
export class HuntingRuns implements Disposable {
  readonly #services: HuntingRunServices;
  readonly #store = new DisposableStore();

  constructor(services: HuntingRunServices) {
    this.#services = services;
  }

  open(workspaceId: string, queries: readonly HuntingQuery[]): void {
    this.#store.add(new HuntingRunPage(this.#services, workspaceId, queries));
  }

  dispose(): void {
    this.#store.dispose();
  }
}

class HuntingRunPage implements Disposable {
  readonly #services: HuntingRunServices;
  readonly #workspaceId: string;
  readonly #queries: readonly HuntingQuery[];
  readonly #page: WebPage<ToHuntingRuns, FromHuntingRuns>;
  #runs: readonly HuntingRun[] = [];
  #running: CancellationSource | undefined;

  constructor(services: HuntingRunServices, workspaceId: string, queries: readonly HuntingQuery[]) {
    this.#services = services;
    this.#workspaceId = workspaceId;
    this.#queries = queries;
    const options = { viewType: 'huntbook.huntingRuns', title: vscode.l10n.t('Hunting queries'), bundle: 'hunting', icon: 'telescope' };
    const { extensionUri } = services;
    this.#page = new WebPage<ToHuntingRuns, FromHuntingRuns>({ ...options, extensionUri }, (message) => void this.#obey(message));
    this.#page.onClose(() => this.#running?.cancel());
  }

  dispose(): void {
    this.#running?.cancel();
    this.#page.dispose();
  }

  async #obey(message: FromHuntingRuns): Promise<void> {
    if (message.type === 'stop') this.#running?.cancel();
    else if (message.type !== 'open') await this.#run();
    else {
      const query = this.#queries.find(({ id }) => id === message.id);
      if (query) await vscode.commands.executeCommand('huntbook.openHuntingQuery', { query, run: true });
    }
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    const source = new CancellationSource();
    this.#running = source;
    const before = this.#last();
    this.#runs = this.#queries.map(({ id, name, tactics }) => ({ id, name, tactics, state: 'waiting', before: before[id] }));
    this.#show();
    const waiting = [...this.#queries];
    const work = async (): Promise<void> => {
      for (let query = waiting.shift(); query; query = waiting.shift()) {
        if (!source.token.isCancellationRequested) await this.#runOne(query, source);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    this.#running = undefined;
    this.#show();
  }

  async #runOne({ id, query }: HuntingQuery, { token }: CancellationSource): Promise<void> {
    const started = Date.now();
    this.#change(id, { state: 'running' });
    try {
      const ask = { workspaceId: this.#workspaceId, text: query, timespan: this.#timespan, most: 0 };
      const { total } = await readRows(this.#services.engine, ask, token);
      this.#change(id, { state: 'done', rows: total, elapsedMs: Date.now() - started });
      await this.#services.memory.update(LAST, {
        ...this.#services.memory.get<Record<string, LastRuns>>(LAST, {}),
        [this.#workspaceId]: { ...this.#last(), [id]: { rows: total, at: new Date().toISOString() } },
      });
    } catch (thrown) {
      const { data, message } = toHuntError(thrown);
      this.#change(id, data.kind === 'cancelled' ? { state: 'waiting' } : { state: 'failed', text: message });
    }
  }

  #change(id: string, change: Partial<HuntingRun>): void {
    this.#runs = this.#runs.map((run) => (run.id === id ? { ...run, ...change } : run));
    this.#show();
  }

  #show(): void {
    const workspaceName = this.#services.workspaces.find(this.#workspaceId)?.name ?? '';
    const state = { workspaceName, timespan: this.#timespan, isRunning: this.#running !== undefined, runs: this.#runs };
    void this.#page.post({ type: 'state', state });
  }

  /** In Azure a query that says no time is asked for the time that cells are. */
  get #timespan(): string | undefined {
    const isAzure = this.#services.workspaces.find(this.#workspaceId)?.source.kind === 'logAnalytics';
    return isAzure ? vscode.workspace.getConfiguration('huntbook').get<string>('defaultTimespan', 'P1D') : undefined;
  }

  #last(): LastRuns {
    return this.#services.memory.get<Record<string, LastRuns>>(LAST, {})[this.#workspaceId] ?? {};
  }
}
