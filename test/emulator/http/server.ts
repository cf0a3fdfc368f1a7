import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, Socket } from 'node:net';
import { createGzip } from 'node:zlib';
import { setTimeout as delay } from 'node:timers/promises';
import { once } from 'node:events';
import type { BearerCheck } from '../login/bearer';
import { nobody } from '../login/tokens';
import { bodyBytes } from './body';
import type { Certificates } from './certificates';
import type { Clock } from './clock';
import type { FaultEffect, Faults } from './faults';
import { type ApiRequest, type Reply, ServiceError, serviceError } from './messages';
import { type RequestLog, type RunningRequest, withoutSecrets } from './requestLog';
import type { Match, Router } from './router';

export interface ServerParts {
  readonly certificates: Certificates;
  readonly router: Router;
  readonly bearer: BearerCheck;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly clock: Clock;
  /** Compress answers for clients that accept gzip, as Azure does. */
  readonly gzip: boolean;
}

/** The HTTPS server: takes requests apart, checks tokens, lets faults in, and writes answers. */
export class ApiServer {
  readonly #parts: ServerParts;
  readonly #server: Server;
  /** Below TLS, by the client's port: only they can be reset. */
  readonly #sockets = new Map<number, Socket>();

  constructor(parts: ServerParts) {
    this.#parts = parts;
    const { certificate, key } = parts.certificates;
    this.#server = createServer({ cert: certificate, key, minVersion: 'TLSv1.2' }, (incoming, outgoing) => {
      this.#serve(incoming, outgoing).catch(() => incoming.socket.destroy());
    });
    // Longer than any client keeps a connection: none meets the end of it with a request on its way.
    this.#server.keepAliveTimeout = 120_000;
    this.#server.on('connection', (socket) => {
      if (!(socket instanceof Socket)) return;
      const port = socket.remotePort ?? 0;
      this.#sockets.set(port, socket);
      socket.on('close', () => this.#sockets.delete(port));
    });
  }

  /** @param port 0 for any free one. */
  async listen(port: number): Promise<string> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    for (const socket of this.#sockets.values()) socket.destroy();
    await closed;
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const gone = new AbortController();
    const { method = 'GET', url: path = '/' } = incoming;
    const url = new URL(path, `https://${incoming.headers.host ?? 'localhost'}`);
    const headers = flatHeaders(incoming);
    const body = await readBody(incoming);
    const match = this.#parts.router.find(method, url.pathname);
    const kind = typeof match === 'string' ? undefined : match.route.kind;
    const entry: RunningRequest = { method, path, headers: withoutSecrets(headers), kind, outcome: 'running' };
    if (kind !== 'token' && body !== '') entry.body = body;
    if (kind !== 'admin') this.#parts.log.add(entry);
    outgoing.on('close', () => {
      entry.outcome = outgoing.writableFinished ? 'answered' : 'aborted';
      gone.abort();
      this.#parts.log.changed();
    });
    const effect = kind === undefined || kind === 'admin' ? undefined : this.#parts.faults.take(kind, method, path);
    if (effect) entry.fault = effect.kind;
    if (effect?.kind === 'refuse') {
      this.#reset(incoming);
      return;
    }
    const { signal } = gone;
    const request = { method, url, headers, params: {}, query: url.searchParams, body, caller: nobody, signal, closed: signal };
    const reply = await this.#answer(match, request, effect);
    if (signal.aborted) return;
    entry.status = reply.status;
    this.#parts.log.changed();
    try {
      await this.#write(incoming, outgoing, reply, effect, signal);
    } catch (thrown) {
      if (!outgoing.destroyed) entry.mistake = describe(thrown);
      throw thrown;
    }
  }

  async #answer(match: Match | 'notFound' | 'methodNotAllowed', request: ApiRequest, effect: FaultEffect | undefined): Promise<Reply> {
    const { bearer } = this.#parts;
    try {
      if (match === 'notFound') throw serviceError(404, 'PathNotFoundError', `The requested path does not exist: ${request.url.pathname}`);
      if (match === 'methodNotAllowed') throw serviceError(405, 'MethodNotAllowed', `${request.method} is not allowed here.`);
      const { route, params } = match;
      const timeout = route.timeout?.(request);
      const within = timeout ? AbortSignal.timeout(timeout.seconds * 1000) : undefined;
      const signal = within ? AbortSignal.any([request.signal, within]) : request.signal;
      try {
        await this.#apply(effect, signal);
        const caller = route.audience ? bearer.check(request.headers['authorization'], route.audience) : nobody;
        return await route.handle({ ...request, params, caller, signal });
      } catch (thrown) {
        throw within?.aborted === true && timeout && !(thrown instanceof ServiceError) ? timeout.error : thrown;
      }
    } catch (thrown) {
      if (thrown instanceof ServiceError) return thrown.reply;
      // The client has gone; nobody reads this.
      if (request.signal.aborted) return { status: 499 };
      return serviceError(500, 'InternalServerError', `A mistake of the emulator: ${describe(thrown)}`).reply;
    }
  }

  /** The effects that come before, or instead of, the service's own work. */
  async #apply(effect: FaultEffect | undefined, signal: AbortSignal): Promise<void> {
    switch (effect?.kind) {
      case 'latency':
        return delay(effect.ms, undefined, { signal });
      case 'hold':
        return effect.part === 'body' ? undefined : this.#parts.faults.hold(signal);
      case 'throttle':
        throw throttled(effect.retryAfter);
      case 'status':
        throw new ServiceError(effect.status, effect.body ?? plainError(effect.status), effect.headers);
      case 'unauthorized':
        throw this.#parts.bearer.challenge(effect.claims);
      default:
    }
  }

  async #write(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    reply: Reply,
    effect: FaultEffect | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const compress = this.#parts.gzip && reply.body !== undefined && /\bgzip\b/u.test(String(incoming.headers['accept-encoding']));
    outgoing.sendDate = false;
    outgoing.writeHead(reply.status, {
      date: this.#parts.clock.date().toUTCString(),
      'x-ms-request-id': randomUUID(),
      ...(compress ? { 'content-encoding': 'gzip' } : {}),
      ...reply.headers,
    });
    const gzip = compress ? createGzip({ level: 1 }) : undefined;
    gzip?.pipe(outgoing);
    const target = gzip ?? outgoing;
    const bytes = bodyBytes(reply.body ?? '', effect, this.#parts.faults, signal);
    for (;;) {
      const next = await bytes.next();
      if (signal.aborted) return;
      if (next.done) {
        if (next.value === 'reset') this.#reset(incoming);
        else target.end();
        return;
      }
      if (next.value.length > 0 && !target.write(next.value)) await drained(target, signal);
    }
  }

  #reset(incoming: IncomingMessage): void {
    this.#sockets.get(incoming.socket.remotePort ?? 0)?.resetAndDestroy();
    incoming.socket.destroy();
  }
}

/** Waits until there is room for more, or nobody wants it. */
async function drained(target: NodeJS.EventEmitter, signal: AbortSignal): Promise<void> {
  await once(target, 'drain', { signal }).catch(() => undefined);
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

function throttled(retryAfter: number | string | undefined): ServiceError {
  const body = { error: { code: 'TooManyRequests', message: 'Too many requests have been received. Please retry later.' } };
  return new ServiceError(429, body, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) });
}

const names: Readonly<Record<number, string>> = { 500: 'InternalServerError', 502: 'BadGateway', 503: 'ServiceUnavailable', 504: 'GatewayTimeout' };

function plainError(status: number): unknown {
  const code = names[status] ?? `Status${status}`;
  return { error: { code, message: `The service answered ${status}.` } };
}

function flatHeaders({ headers }: IncomingMessage): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
