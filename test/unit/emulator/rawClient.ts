import { type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { Agent, request } from 'node:https';
import type { Emulator } from '../../emulator/emulator';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The parsed text. */
  json(): unknown;
}

export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Plain HTTPS requests to an emulator, with nothing of an SDK between. */
export class RawClient {
  readonly #emulator: Emulator;
  readonly #agent: Agent;

  constructor(emulator: Emulator) {
    this.#emulator = emulator;
    this.#agent = new Agent({ ca: emulator.ca, keepAlive: false });
  }

  arm(path: string, options: RawRequest = {}): Promise<RawAnswer> {
    return this.send(path, { ...options, headers: { authorization: `Bearer ${this.#emulator.token('arm')}`, ...options.headers } });
  }

  logs(path: string, options: RawRequest = {}): Promise<RawAnswer> {
    return this.send(path, { ...options, headers: { authorization: `Bearer ${this.#emulator.token('logs')}`, ...options.headers } });
  }

  query(workspace: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
    return this.logs(`/v1/workspaces/${workspace}/query`, { method: 'POST', body, headers });
  }

  async send(path: string, { method = 'GET', headers = {}, body, signal }: RawRequest = {}): Promise<RawAnswer> {
    const content = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const options: RequestOptions = { method, agent: this.#agent, headers: { 'content-type': 'application/json', ...headers }, ...(signal ? { signal } : {}) };
    return new Promise((resolve, reject) => {
      const outgoing = request(`${this.#emulator.url}${path}`, options, (incoming) => {
        const pieces: Buffer[] = [];
        incoming.on('data', (piece: Buffer) => pieces.push(piece));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(pieces).toString('utf8');
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json: (): unknown => JSON.parse(text) });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(content);
    });
  }
}
