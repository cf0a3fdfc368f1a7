import { Agent, request as sendHttps } from 'node:https';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { rootCertificates } from 'node:tls';
import { createGunzip, createInflate } from 'node:zlib';
import { createHttpHeaders, type HttpClient, type HttpHeaders, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { HuntError } from '../../../common/errors';

export interface HttpTimeouts {
  /** Until the connection stands, TLS included. */
  readonly connectMs: number;
  /** Until an answer begins; a request may allow more by its own `timeout`. */
  readonly answerMs: number;
  /** Between two pieces of a body. */
  readonly idleMs: number;
  /** From the beginning of a body to its end. */
  readonly bodyMs: number;
}

export const usualTimeouts: HttpTimeouts = { connectMs: 15_000, answerMs: 60_000, idleMs: 30_000, bodyMs: 5 * 60_000 };

/** Longest body that is taken as one text: everything but the rows of a query. */
const MOST_TEXT_BYTES = 64 * 1024 * 1024;

/**
 * Sends the requests of all Azure clients. The SDK's own HTTP client joins the network and the decompression so that a connection which
 * breaks in the middle of a compressed body is never noticed, and knows no limit for a body that stops coming; here every request
 * ends: with an answer, or with a HuntError `network` or `timeout`.
 */
export class AzureHttpClient implements HttpClient {
  readonly #others: Partial<HttpTimeouts>;
  readonly #agent: Agent;
  /** Its connections are used once. */
  readonly #newConnections: Agent;

  /**
   * @param others Than usual timeouts; they are looked at with every request.
   * @param ca PEM of an authority that is trusted besides the well-known ones.
   */
  constructor(others: Partial<HttpTimeouts> = {}, ca?: string) {
    this.#others = others;
    const trusted = ca === undefined ? {} : { ca: [...rootCertificates, ca] };
    this.#agent = new Agent({ keepAlive: true, ...trusted });
    this.#newConnections = new Agent({ keepAlive: false, ...trusted });
  }

  get #timeouts(): HttpTimeouts {
    return { ...usualTimeouts, ...this.#others };
  }

  /** Closes the connections that wait for further requests. */
  dispose(): void {
    this.#agent.destroy();
    this.#newConnections.destroy();
  }

  async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    try {
      return await this.#send(request, this.#agent);
    } catch (thrown) {
      // The service closed a connection that had waited for work: nothing was answered, so nothing is done twice.
      if (thrown instanceof StaleConnection) return this.#send(request, this.#newConnections);
      throw thrown;
    }
  }

  async #send(request: PipelineRequest, agent: Agent): Promise<PipelineResponse> {
    const incoming = await this.#answer(request, agent);
    const headers = headersOf(incoming);
    const status = incoming.statusCode ?? 0;
    this.#limitBody(incoming, request);
    const body = decoded(incoming, headers);
    const { streamResponseStatusCodes: streamed } = request;
    if (streamed?.has(status) === true || streamed?.has(Number.POSITIVE_INFINITY) === true) {
      return { request, status, headers, readableStreamBody: body };
    }
    return { request, status, headers, bodyAsText: await textOf(body, request) };
  }

  #limitBody(incoming: IncomingMessage, request: PipelineRequest): void {
    const { idleMs, bodyMs } = this.#timeouts;
    incoming.setTimeout(idleMs, () => {
      incoming.destroy(networkError(request, `Nothing came for ${idleMs / 1000} s in the middle of the answer.`));
    });
    const timer = setTimeout(() => {
      incoming.destroy(networkError(request, `The answer was not complete after ${bodyMs / 1000} s.`));
    }, bodyMs);
    incoming.once('close', () => clearTimeout(timer));
  }

  #answer(request: PipelineRequest, agent: Agent): Promise<IncomingMessage> {
    const url = new URL(request.url);
    if (url.protocol !== 'https:') throw networkError(request, 'It would be asked without encryption; Azure is asked by https alone.');
    const { connectMs, answerMs } = this.#timeouts;
    const allowedMs = request.timeout > 0 ? request.timeout : answerMs;
    return new Promise((resolve, reject) => {
      const sent = sendHttps(url, {
        method: request.method,
        headers: request.headers.toJSON({ preserveCase: true }),
        // A proxy's agent, when the environment names one.
        agent: (request.agent as Agent | undefined) ?? agent,
      });
      const stopConnecting = connectionTimer(sent, connectMs, () => networkError(request, `It did not answer the call within ${connectMs / 1000} s.`));
      const answerTimer = setTimeout(() => sent.destroy(new HuntError({ kind: 'timeout', service: url.host, seconds: allowedMs / 1000 })), allowedMs);
      const stop = (): void => void sent.destroy(aborted());
      const settled = (): void => {
        clearTimeout(answerTimer);
        stopConnecting();
      };
      if (request.abortSignal?.aborted === true) stop();
      request.abortSignal?.addEventListener('abort', stop);
      sent.once('close', () => request.abortSignal?.removeEventListener('abort', stop));
      sent.once('response', (incoming) => {
        settled();
        resolve(incoming);
      });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        settled();
        const isStale = sent.reusedSocket && error.code === 'ECONNRESET' && agent === this.#agent;
        reject(isStale ? new StaleConnection() : broken(request, error));
      });
      sent.end(bodyOf(request));
    });
  }
}

class StaleConnection extends Error {}

/** @returns stops the waiting. */
function connectionTimer(sent: ClientRequest, milliseconds: number, error: () => Error): () => void {
  const timer = setTimeout(() => sent.destroy(error()), milliseconds);
  const stop = (): void => clearTimeout(timer);
  sent.once('socket', (socket) => {
    if (socket.connecting) socket.once('secureConnect', stop);
    else stop();
  });
  return stop;
}

function bodyOf({ body }: PipelineRequest): string | Uint8Array | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  throw new HuntError({ kind: 'internal', message: 'a request body of an unexpected kind' });
}

function headersOf(incoming: IncomingMessage): HttpHeaders {
  const headers = createHttpHeaders();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  return headers;
}

/** The body as it was before compression. A failure anywhere before reaches the reader. */
function decoded(incoming: IncomingMessage, headers: HttpHeaders): Readable {
  const encoding = headers.get('content-encoding')?.toLowerCase();
  if (encoding !== 'gzip' && encoding !== 'deflate') return incoming;
  const unpacked = encoding === 'gzip' ? createGunzip() : createInflate();
  pipeline(incoming, unpacked, () => undefined);
  return unpacked;
}

async function textOf(body: Readable, request: PipelineRequest): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > MOST_TEXT_BYTES) throw networkError(request, 'The answer is far larger than it can be.');
      pieces.push(piece);
    }
  } catch (thrown) {
    throw broken(request, thrown);
  }
  return Buffer.concat(pieces, size).toString('utf8');
}

/** What broke while the request was sent or its answer was read, for people. */
export function broken(request: Pick<PipelineRequest, 'url' | 'abortSignal'>, thrown: unknown): Error {
  if (thrown instanceof HuntError) return thrown;
  if (request.abortSignal?.aborted === true) return aborted();
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const reason = reasons[code] ?? (thrown instanceof Error ? `${thrown.message}.` : 'The connection broke.');
  return networkError(request, reason, thrown);
}

const reasons: Readonly<Record<string, string>> = {
  ECONNRESET: 'The connection broke before the answer was complete.',
  ECONNREFUSED: 'The connection was refused.',
  ENOTFOUND: 'The name of the host is not known.',
  EAI_AGAIN: 'The name of the host could not be looked up.',
  ETIMEDOUT: 'The connection timed out.',
  EPIPE: 'The connection broke before the answer was complete.',
  ERR_STREAM_PREMATURE_CLOSE: 'The connection broke before the answer was complete.',
  Z_BUF_ERROR: 'The connection broke before the answer was complete.',
  Z_DATA_ERROR: 'The answer was damaged on its way.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its certificate is not trusted; a proxy that inspects TLS may need NODE_EXTRA_CA_CERTS.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'Its certificate is not trusted; a proxy that inspects TLS may need NODE_EXTRA_CA_CERTS.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Its certificate is not trusted; a proxy that inspects TLS may need NODE_EXTRA_CA_CERTS.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its certificate is not trusted; a proxy that inspects TLS may need NODE_EXTRA_CA_CERTS.',
  CERT_HAS_EXPIRED: 'Its certificate has expired; or the clock of this machine is wrong.',
};

export function networkError({ url }: Pick<PipelineRequest, 'url'>, message: string, cause?: unknown): HuntError {
  return new HuntError({ kind: 'network', host: new URL(url).host, message }, { cause });
}

/** As the SDK's pipeline knows it. */
function aborted(): Error {
  const error = new Error('The request was stopped.');
  error.name = 'AbortError';
  return error;
}
