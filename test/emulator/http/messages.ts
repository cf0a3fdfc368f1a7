import type { Caller } from '../login/tokens';

/** What faults and the request log tell apart. `search` counts as a query, everything of SecurityInsights as incidents. */
export type RouteClass = 'token' | 'query' | 'metadata' | 'arm' | 'incidents' | 'admin';

export type JsonObject = Readonly<Record<string, unknown>>;

export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Of the route's pattern, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Of `url`, for short. */
  readonly query: URLSearchParams;
  readonly body: string;
  /** Whose token came with the request; nobody's on routes without an audience. */
  readonly caller: Caller;
  /** Aborted when the answer is no longer wanted: the client has gone, or the route's time is over. */
  readonly signal: AbortSignal;
  /** Aborted when the exchange is over, however it ended. */
  readonly closed: AbortSignal;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, whole or in pieces; none for an answer without a body. */
  readonly body?: string | AsyncIterable<string>;
}

export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(value) };
}

/** An answer that is an error of the service: thrown anywhere below a route. A text is a page, as gateways send it. */
export class ServiceError extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`HTTP ${status}: ${JSON.stringify(body)}`);
    this.name = 'ServiceError';
  }

  get reply(): Reply {
    const { status, headers, body } = this;
    if (typeof body === 'string') return { status, headers: { 'content-type': 'text/html', ...headers }, body };
    return json(body, status, headers);
  }
}

/** `{error: {code, message}}`, the form that all these services share. */
export function serviceError(status: number, code: string, message: string, more: JsonObject = {}): ServiceError {
  return new ServiceError(status, { error: { code, message, ...more } });
}

/** @throws ServiceError 400 when the body is no JSON object. */
export function jsonBody(request: ApiRequest): JsonObject {
  const parsed = objectOf(request.body);
  if (parsed === undefined) throw serviceError(400, 'InvalidRequestContent', 'The request content was invalid and could not be deserialized.');
  return parsed;
}

function objectOf(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
