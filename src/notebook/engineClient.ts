import { type CancellationToken, neverCancelled } from '../common/cancellation';
import type { EngineService } from '../common/engineProtocol';
import type { Answer, Argument, Handlers, Progress } from '../common/rpc';

/** Whoever can ask the engine: the extension host over a process border, the headless runner within its own process. */
export interface EngineClient {
  /**
   * Calls a method of the engine.
   * @param token Cancelling stops the work in the engine; the call then fails with `cancelled`.
   * @throws HuntError as the engine threw it; `engineLost` when its process ended meanwhile.
   */
  call<N extends keyof EngineService>(
    method: N,
    argument: Argument<EngineService[N]>,
    token?: CancellationToken,
    progress?: (report: Progress<EngineService[N]>) => void,
  ): Promise<Answer<EngineService[N]>>;
}

/** The engine within this process: for the headless runner and for tests. */
export class InProcessEngine implements EngineClient {
  readonly #handlers: Handlers<EngineService>;

  constructor(handlers: Handlers<EngineService>) {
    this.#handlers = handlers;
  }

  async call<N extends keyof EngineService>(
    method: N,
    argument: Argument<EngineService[N]>,
    token: CancellationToken = neverCancelled,
    progress: (report: Progress<EngineService[N]>) => void = () => undefined,
  ): Promise<Answer<EngineService[N]>> {
    return this.#handlers[method](argument, token, progress);
  }
}
