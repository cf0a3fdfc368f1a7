import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

export interface ByteWatch {
  /** When the last byte of a body came, on the clock of `performance.now()`. */
  lastByteAt(): number;
}

/** Watches answers of this process's HTTP clients from outside of them. */
export function watchBytes(): ByteWatch {
  let last = Number.NaN;
  subscribe('http.client.response.finish', (message) => {
    const { response } = message as { readonly response: IncomingMessage };
    const { socket } = response;
    const onData = (): void => void (last = performance.now());
    socket.on('data', onData);
    response.once('close', () => socket.off('data', onData));
  });
  return { lastByteAt: () => last };
}
