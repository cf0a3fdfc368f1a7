import { type Disposable, toDisposable } from './disposable';
import type { Channel } from './rpc';

/** The part of Node's `ChildProcess` and `process` that carries messages; the same on both ends of a fork. */
export interface MessagingProcess {
  send?(message: unknown, callback: (error: Error | null) => void): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
  on(event: 'exit', listener: (code: number | null, signal: string | null) => void): unknown;
  off(event: 'message' | 'disconnect' | 'exit', listener: (...args: never[]) => void): unknown;
}

/**
 * The channel of a forked process, for either end.
 * @param closing The event after which nothing arrives: `exit` seen from the parent (it knows why), `disconnect` seen from the child.
 */
export function processChannel(peer: MessagingProcess, closing: 'exit' | 'disconnect'): Channel {
  return {
    post(message) {
      // A message to a process that has just ended is dropped: its end is reported by onClose.
      peer.send?.(message, () => undefined);
    },
    onMessage(listener) {
      peer.on('message', listener);
      return toDisposable(() => peer.off('message', listener));
    },
    onClose(listener) {
      return closing === 'exit' ? onExit(peer, listener) : onDisconnect(peer, listener);
    },
  };
}

function onExit(peer: MessagingProcess, listener: (reason: string) => void): Disposable {
  const onEvent = (code: number | null, signal: string | null): void => {
    listener(describeExit(code, signal));
  };
  peer.on('exit', onEvent);
  return toDisposable(() => peer.off('exit', onEvent));
}

function onDisconnect(peer: MessagingProcess, listener: (reason: string) => void): Disposable {
  const onEvent = (): void => {
    listener('disconnected');
  };
  peer.on('disconnect', onEvent);
  return toDisposable(() => peer.off('disconnect', onEvent));
}

/** How a process ended, for people. */
export function describeExit(code: number | null, signal: string | null): string {
  return signal === null ? `exit code ${code ?? 'unknown'}` : `ended by ${signal}`;
}
