import { describe, expect, it } from 'vitest';
import { CancellationSource } from '../../../src/common/cancellation';
import { HuntError } from '../../../src/common/errors';
import { type Channel, type Handlers, RpcClient, serve } from '../../../src/common/rpc';
import { type Disposable, toDisposable } from '../../../src/common/disposable';

interface Calculator {
  readonly add: { readonly argument: readonly [number, number]; readonly answer: number; readonly progress: string };
  readonly wait: { readonly argument: null; readonly answer: null };
  readonly fail: { readonly argument: unknown; readonly answer: null };
}

/** Two ends of a pipe in memory. Messages arrive later, in order, as copies. */
function pipe(): { client: Channel; server: Channel; close: (reason: string) => void } {
  const ends = [new End(), new End()] as const;
  ends[0].peer = ends[1];
  ends[1].peer = ends[0];
  return { client: ends[0], server: ends[1], close: (reason) => ends.forEach((end) => end.close(reason)) };
}

class End implements Channel {
  peer: End | undefined;
  readonly #onMessage = new Set<(message: unknown) => void>();
  readonly #onClose = new Set<(reason: string) => void>();

  post(message: unknown): void {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => this.peer?.receive(copy));
  }

  receive(message: unknown): void {
    for (const listener of this.#onMessage) listener(message);
  }

  close(reason: string): void {
    for (const listener of this.#onClose) listener(reason);
  }

  onMessage(listener: (message: unknown) => void): Disposable {
    this.#onMessage.add(listener);
    return toDisposable(() => this.#onMessage.delete(listener));
  }

  onClose(listener: (reason: string) => void): Disposable {
    this.#onClose.add(listener);
    return toDisposable(() => this.#onClose.delete(listener));
  }
}

const handlers: Handlers<Calculator> = {
  add: ([left, right], _token, progress) => {
    progress('adding');
    progress('added');
    return Promise.resolve(left + right);
  },
  wait: (_nothing, token) =>
    new Promise((_resolve, reject) => {
      token.onCancellationRequested(() => reject(new HuntError({ kind: 'cancelled' })));
    }),
  fail: (thrown) => {
    if (thrown === 'expected') throw new HuntError({ kind: 'missingParameter', name: 'user' });
    throw new TypeError('a defect');
  },
};

function connect(): { client: RpcClient<Calculator>; close: (reason: string) => void; server: Disposable } {
  const { client, server, close } = pipe();
  return { server: serve<Calculator>(server, handlers), client: new RpcClient<Calculator>(client), close };
}

describe('a call', () => {
  it('brings the answer, after the progress', async () => {
    const reports: string[] = [];
    expect(await connect().client.call('add', [2, 3], undefined, (report) => reports.push(report))).toBe(5);
    expect(reports).toEqual(['adding', 'added']);
  });

  it('is told apart from others under way', async () => {
    const { client } = connect();
    expect(await Promise.all([client.call('add', [1, 1]), client.call('add', [2, 2]), client.call('add', [3, 3])])).toEqual([2, 4, 6]);
  });

  it('fails as the server failed', async () => {
    await expect(connect().client.call('fail', 'expected')).rejects.toMatchObject({ data: { kind: 'missingParameter', name: 'user' } });
  });

  it('fails as internal where the server made a mistake', async () => {
    await expect(connect().client.call('fail', null)).rejects.toMatchObject({ data: { kind: 'internal', message: 'a defect' } });
  });

  it('of an unknown method fails', async () => {
    const { client } = connect();
    await expect(client.call('toString' as 'add', [1, 1])).rejects.toMatchObject({ data: { kind: 'internal' } });
  });

  it('ends as the server ends it when it is cancelled', async () => {
    const source = new CancellationSource();
    const waiting = connect().client.call('wait', null, source.token);
    source.cancel();
    await expect(waiting).rejects.toMatchObject({ data: { kind: 'cancelled' } });
  });

  it('is not sent when it is cancelled already', async () => {
    const source = new CancellationSource();
    source.cancel();
    await expect(connect().client.call('add', [1, 1], source.token)).rejects.toMatchObject({ data: { kind: 'cancelled' } });
  });

  it('fails when the channel closes, as do later ones', async () => {
    const { client, close } = connect();
    const waiting = client.call('wait', null);
    close('exit code 1');
    await expect(waiting).rejects.toMatchObject({ data: { kind: 'engineLost', message: 'exit code 1' } });
    await expect(client.call('add', [1, 1])).rejects.toMatchObject({ data: { kind: 'engineLost' } });
  });

  it('is cancelled in the server when the server is disposed', async () => {
    const { client, server } = connect();
    const waiting = client.call('wait', null);
    await client.call('add', [1, 1]);
    server.dispose();
    await expect(waiting).rejects.toMatchObject({ data: { kind: 'cancelled' } });
  });
});
