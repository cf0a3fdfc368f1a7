import type { MessagePort, Worker } from 'node:worker_threads';
import { toDisposable } from '../common/disposable';
import type { Channel } from '../common/rpc';

/** Seen from the thread that started the worker. Closes when the worker has ended. */
export function channelToWorker(worker: Worker): Channel {
  return {
    post: (message) => worker.postMessage(message),
    onMessage(listener) {
      worker.on('message', listener);
      return toDisposable(() => worker.off('message', listener));
    },
    onClose(listener) {
      const onExit = (code: number): void => listener(`exit code ${code}`);
      worker.on('exit', onExit);
      return toDisposable(() => worker.off('exit', onExit));
    },
  };
}

/** Seen from the worker. */
export function channelToStarter(port: MessagePort): Channel {
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', listener);
      return toDisposable(() => port.off('message', listener));
    },
    onClose(listener) {
      const onEnd = (): void => listener('the editor ended it');
      port.on('close', onEnd);
      return toDisposable(() => port.off('close', onEnd));
    },
  };
}
