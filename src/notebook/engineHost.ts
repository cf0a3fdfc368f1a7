import { type ChildProcess, fork } from 'node:child_process';
import { type CancellationToken, throwIfCancelled } from '../common/cancellation';
import type { HostService } from '../common/azure';
import { type Disposable, toDisposable } from '../common/disposable';
import { ENGINE_OPTIONS_VARIABLE, type EngineProcessOptions } from '../common/engineOptions';
import { ENGINE_PROTOCOL_VERSION, type EngineService, type WorkspaceSource } from '../common/engineProtocol';
import { HuntError, toHuntError } from '../common/errors';
import { channelToChild, describeExit } from '../common/processChannel';
import { type Answer, type Argument, type Handlers, type Progress, RpcClient, serve } from '../common/rpc';
import type { EngineClient } from './engineClient';
import { LastLines } from './lastLines';

export type EngineState =
  /** Nothing asked for the engine yet, or it was stopped on purpose. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly pid: number }
  /** It ended by itself; the next call starts it again. All results are gone. */
  | { readonly kind: 'lost'; readonly message: string };

export interface EngineHostOptions {
  /** The bundled `engineProcess.js`. */
  readonly modulePath: string;
  /** Passed to the engine process as it is, see {@link EngineProcessOptions}. */
  readonly engine: EngineProcessOptions;
  /** Answers what the engine process asks of the editor; without it the engine process has no account. */
  readonly host?: Handlers<HostService> | undefined;
  /** One line for the log channel; never result data. */
  readonly log: (line: string) => void;
  /** Milliseconds; for tests. */
  readonly now?: (() => number) | undefined;
}

const START_TIMEOUT_MS = 30_000;
const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 60_000;

interface Engine {
  readonly child: ChildProcess;
  readonly client: RpcClient<EngineService>;
}

/**
 * Keeps the engine process: starts it at the first call, notices its end, starts it again at the next call and connects
 * again what was connected. A call that was running when the process ended fails with `engineLost`; nothing is repeated
 * silently, for its results are gone.
 */
export class EngineHost implements EngineClient, Disposable {
  readonly #options: EngineHostOptions;
  readonly #now: () => number;
  readonly #listeners = new Set<(state: EngineState) => void>();
  /** By workspace id. */
  readonly #connected = new Map<string, WorkspaceSource>();
  #state: EngineState = { kind: 'stopped' };
  #engine: Promise<Engine> | undefined;
  #child: ChildProcess | undefined;
  #failedStarts = 0;
  #lastFailure: { readonly message: string; readonly at: number } | undefined;
  #disposed = false;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Called with each new state. */
  onState(listener: (state: EngineState) => void): Disposable {
    this.#listeners.add(listener);
    return toDisposable(() => this.#listeners.delete(listener));
  }

  async call<N extends keyof EngineService>(
    method: N,
    argument: Argument<EngineService[N]>,
    token?: CancellationToken,
    progress?: (report: Progress<EngineService[N]>) => void,
  ): Promise<Answer<EngineService[N]>> {
    const engine = await this.#started(token);
    const answer = await engine.client.call(method, argument, token, progress);
    this.#remember(method, argument, answer);
    return answer;
  }

  /** Ends the process; the next call starts a new one. Connected workspaces are connected again then. */
  stop(): void {
    const child = this.#child;
    this.#child = undefined;
    this.#engine = undefined;
    child?.kill('SIGKILL');
    this.#setState({ kind: 'stopped' });
  }

  dispose(): void {
    this.#disposed = true;
    this.stop();
    this.#listeners.clear();
  }

  async #started(token: CancellationToken | undefined): Promise<Engine> {
    if (this.#disposed) throw new HuntError({ kind: 'engineLost', message: 'the editor is closing' });
    const starting = this.#engine ?? this.#startOnce();
    const engine = token ? await raceCancellation(starting, token) : await starting;
    if (token) throwIfCancelled(token);
    return engine;
  }

  /** Callers that come meanwhile wait for the same start; after a failed one the next call tries again. */
  #startOnce(): Promise<Engine> {
    const starting = this.#start();
    this.#engine = starting;
    starting.catch(() => {
      if (this.#engine === starting) this.#engine = undefined;
    });
    return starting;
  }

  async #start(): Promise<Engine> {
    try {
      this.#refuseTooEarlyStart();
      this.#setState({ kind: 'starting' });
      const engine = await this.#spawn();
      await this.#connectAgain(engine);
      this.#failedStarts = 0;
      this.#lastFailure = undefined;
      return engine;
    } catch (thrown) {
      throw toHuntError(thrown);
    }
  }

  #refuseTooEarlyStart(): void {
    if (!this.#lastFailure) return;
    const wait = Math.min(FIRST_BACKOFF_MS * 2 ** (this.#failedStarts - 1), LONGEST_BACKOFF_MS);
    const left = this.#lastFailure.at + wait - this.#now();
    if (left <= 0) return;
    const message = `${this.#lastFailure.message} Tried ${this.#failedStarts} times; the next try is possible in ${Math.ceil(left / 1000)} s.`;
    throw new HuntError({ kind: 'engineNotStarted', message });
  }

  async #spawn(): Promise<Engine> {
    const { modulePath, engine, host, log } = this.#options;
    const lastLines = new LastLines(20, log);
    const child = fork(modulePath, [], {
      serialization: 'advanced',
      execArgv: [],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', [ENGINE_OPTIONS_VARIABLE]: JSON.stringify(engine) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    child.stdout?.on('data', (data: Buffer) => lastLines.add(data));
    child.stderr?.on('data', (data: Buffer) => lastLines.add(data));
    const channel = channelToChild(child);
    const client = new RpcClient<EngineService>(channel);
    if (host) serve(channel, host);
    const failed = new Promise<never>((_resolve, reject) => child.once('error', reject));
    failed.catch(() => undefined); // It may come late, when nobody waits any more.
    const timer = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
    try {
      const { protocol, pid } = await Promise.race([client.call('hello', { protocol: ENGINE_PROTOCOL_VERSION }), failed]);
      if (protocol !== ENGINE_PROTOCOL_VERSION)
        throw new Error(`it speaks version ${protocol} of the protocol, expected ${ENGINE_PROTOCOL_VERSION}`);
      child.once('close', (code, signal) => this.#lost(child, describeExit(code, signal)));
      this.#setState({ kind: 'running', pid });
      return { child, client };
    } catch (thrown) {
      child.kill('SIGKILL');
      throw this.#startFailure(child, thrown, lastLines);
    } finally {
      clearTimeout(timer);
    }
  }

  #startFailure(child: ChildProcess, thrown: unknown, lastLines: LastLines): HuntError {
    const why = thrown instanceof HuntError && thrown.data.kind === 'engineLost' ? thrown.data.message : toHuntError(thrown).message;
    const said = lastLines.text();
    const message = said === '' ? `${why}.` : `${why}. It said: ${said}`;
    // Stopped on purpose while it was starting: no failure of the engine.
    if (this.#child !== child) return new HuntError({ kind: 'engineLost', message: 'stopped' });
    this.#failedStarts += 1;
    this.#lastFailure = { message, at: this.#now() };
    this.#child = undefined;
    this.#setState({ kind: 'lost', message });
    return new HuntError({ kind: 'engineNotStarted', message });
  }

  async #connectAgain(engine: Engine): Promise<void> {
    for (const [id, source] of [...this.#connected]) {
      try {
        await engine.client.call('connect', source);
      } catch (thrown) {
        this.#connected.delete(id);
        this.#options.log(`Workspace ${id} could not be connected again: ${toHuntError(thrown).message}`);
      }
    }
  }

  #lost(child: ChildProcess, message: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#engine = undefined;
    this.#options.log(`The engine process ended: ${message}`);
    this.#setState({ kind: 'lost', message });
  }

  #remember<N extends keyof EngineService>(method: N, argument: Argument<EngineService[N]>, answer: Answer<EngineService[N]>): void {
    if (method === 'connect') {
      this.#connected.set((answer as EngineService['connect']['answer']).id, argument as EngineService['connect']['argument']);
    } else if (method === 'disconnect') {
      this.#connected.delete((argument as EngineService['disconnect']['argument']).workspaceId);
    }
  }

  #setState(state: EngineState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}

/** Waits for a start that others wait for too: cancelling ends only this wait. */
async function raceCancellation<T>(work: Promise<T>, token: CancellationToken): Promise<T> {
  throwIfCancelled(token);
  let registration: Disposable | undefined;
  const cancelled = new Promise<never>((_resolve, reject) => {
    registration = token.onCancellationRequested(() => reject(new HuntError({ kind: 'cancelled' })));
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    registration?.dispose();
  }
}
