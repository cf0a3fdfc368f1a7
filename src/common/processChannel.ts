import { type Disposable, toDisposable } from './disposable';
import type { Channel } from './rpc';

type OnMessage = (message: unknown) => void;
type OnClose = (code: number | null, signal: string | null) => void;
type OnDisconnect = () => void;

/** The part of Node's `process` that a forked child speaks through. */
export interface MessagingChild {
  send?(message: unknown, callback: (error: Error | null) => void): boolean;
  on(event: 'message', listener: OnMessage): unknown;
  on(event: 'disconnect', listener: OnDisconnect): unknown;
  off(event: 'message', listener: OnMessage): unknown;
  off(event: 'disconnect', listener: OnDisconnect): unknown;
}

/** The part of Node's `ChildProcess` that its parent speaks through. */
export interface MessagingParent {
  send?(message: unknown, callback: (error: Error | null) => void): boolean;
  on(event: 'message', listener: OnMessage): unknown;
  on(event: 'close', listener: OnClose): unknown;
  off(event: 'message', listener: OnMessage): unknown;
  off(event: 'close', listener: OnClose): unknown;
}

/** Seen from the parent. Closes when the child has ended and everything it wrote has been read. */
export function channelToChild(child: MessagingParent): Channel {
  return {
    post: (message) => post(child, message),
    onMessage(listener) {
      child.on('message', listener);
      return toDisposable(() => child.off('message', listener));
    },
    onClose(listener) {
      const onClose: OnClose = (code, signal) => {
        listener(describeExit(code, signal));
      };
      child.on('close', onClose);
      return toDisposable(() => child.off('close', onClose));
    },
  };
}

/** Seen from the child. Closes when the parent has ended or let go of it. */
export function channelToParent(self: MessagingChild): Channel {
  return {
    post: (message) => post(self, message),
    onMessage(listener) {
      self.on('message', listener);
      return toDisposable(() => self.off('message', listener));
    },
    onClose(listener): Disposable {
      const onDisconnect: OnDisconnect = () => {
        listener('the editor disconnected');
      };
      self.on('disconnect', onDisconnect);
      return toDisposable(() => self.off('disconnect', onDisconnect));
    },
  };
}

/** How a process ended, for people. */
export function describeExit(code: number | null, signal: string | null): string {
  return signal === null ? `exit code ${code ?? 'unknown'}` : `ended by ${signal}`;
}

function post(peer: Pick<MessagingChild, 'send'>, message: unknown): void {
  // A message to a process that has just ended is dropped: onClose reports the end.
  peer.send?.(message, () => undefined);
}
