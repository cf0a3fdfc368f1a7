import { Worker } from 'node:worker_threads';
import type { CancellationToken } from '../common/cancellation';
import type { Disposable } from '../common/disposable';
import { HuntError } from '../common/errors';
import { type Answer, type Argument, type Progress, RpcClient } from '../common/rpc';
import type { TemplateService } from '../common/templateService';
import { channelToWorker } from './workerChannel';

export interface TemplateWorkerOptions {
  /** The bundled `templateWorker.js`. */
  readonly modulePath: string;
  /** Folder of this machine's templates. */
  readonly storage: string;
}

interface Running {
  readonly worker: Worker;
  readonly client: RpcClient<TemplateService>;
}

/** Keeps the template worker: starts it at the first call, and again after it ended by itself. */
export class TemplateWorkerHost implements Disposable {
  readonly #options: TemplateWorkerOptions;
  #running: Running | undefined;

  constructor(options: TemplateWorkerOptions) {
    this.#options = options;
  }

  /** @throws HuntError as the worker threw it; `refused` when it ended meanwhile. */
  async call<N extends keyof TemplateService>(
    method: N,
    argument: Argument<TemplateService[N]>,
    token?: CancellationToken,
    progress?: (report: Progress<TemplateService[N]>) => void,
  ): Promise<Answer<TemplateService[N]>> {
    this.#running ??= this.#start();
    try {
      return await this.#running.client.call(method, argument, token, progress);
    } catch (thrown) {
      if (!(thrown instanceof HuntError) || thrown.data.kind !== 'engineLost') throw thrown;
      const message = `What reads and downloads templates stopped while it worked (${thrown.data.message}). Try again.`;
      throw new HuntError({ kind: 'refused', message }, { cause: thrown });
    }
  }

  dispose(): void {
    this.#running?.client.dispose();
    void this.#running?.worker.terminate();
    this.#running = undefined;
  }

  #start(): Running {
    const worker = new Worker(this.#options.modulePath, { workerData: this.#options.storage });
    const running = { worker, client: new RpcClient<TemplateService>(channelToWorker(worker)) };
    worker.unref();
    // An error is followed by its end, which the calls under way are told.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.#running === running) this.#running = undefined;
    });
    return running;
  }
}
