import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { HuntError, type HuntErrorData } from '../../../common/errors';
import { withoutSecrets } from '../../../auth/credentialErrors';
import { errorChain, isObject, type ServiceErrorDetail } from '../answer/envelope';

/** An answer of a service that is an error. Becomes a HuntError where it is known what was asked for. */
export class ServiceFailure extends Error {
  constructor(
    readonly status: number,
    /** From the outermost to the innermost; empty when the answer was no error of the usual form. */
    readonly chain: readonly ServiceErrorDetail[],
    readonly host: string,
    readonly retryAfterMs: number | undefined,
    /** How far the service's clock is ahead of ours; undefined when it did not say. */
    readonly clockAheadMs: number | undefined,
  ) {
    super(`${host} answered ${status}`);
    this.name = 'ServiceFailure';
  }

  get code(): string | undefined {
    return this.chain[0]?.code;
  }

  /** The innermost message, which says most. */
  get told(): string {
    const message = this.chain.findLast((detail) => detail.message !== '')?.message ?? 'no reason was given';
    return withoutSecrets(message.replace(/\s+/gu, ' ').trim());
  }
}

export function failureOf(response: PipelineResponse, now: number): ServiceFailure {
  const { headers, status, request, bodyAsText } = response;
  const date = Date.parse(headers.get('date') ?? '');
  return new ServiceFailure(
    status,
    chainOf(bodyAsText ?? ''),
    new URL(request.url).host,
    retryAfterMs(headers.get('retry-after'), now),
    Number.isNaN(date) ? undefined : date - now,
  );
}

function chainOf(body: string): readonly ServiceErrorDetail[] {
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? errorChain(parsed['error'] ?? parsed) : [];
  } catch {
    return [];
  }
}

/** Seconds, or an HTTP date. */
function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+(?:\.\d+)?$/u.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** What was asked for, for messages. */
export interface Asked {
  /** `Log Analytics`, `Azure Resource Manager`. */
  readonly service: string;
  /** `the workspace "contoso"`. */
  readonly what: string;
  /** The role that would be needed. */
  readonly role: string;
  /** How long the service was given. */
  readonly seconds: number;
  readonly tenantId?: string | undefined;
}

/** Clocks differ a little everywhere; tokens allow five minutes. */
const MOST_SKEW_MS = 5 * 60_000;

/** A failure that says nothing about the text of a query, for people. */
export function failureError(failure: ServiceFailure, asked: Asked): HuntError {
  return new HuntError(failureData(failure, asked), { cause: failure });
}

function failureData(failure: ServiceFailure, { service, what, role, seconds, tenantId }: Asked): HuntErrorData {
  const { status, code, told, retryAfterMs: wait } = failure;
  switch (status) {
    case 401:
      return { kind: 'signInNeeded', message: `${service} does not accept the sign-in: ${told} ${signInAdvice(failure)}`, tenantId };
    case 403:
      return { kind: 'forbidden', what, role, message: told };
    case 404:
      return { kind: 'notFound', what: 'resource', name: what };
    case 429:
      return { kind: 'throttled', message: told, ...(wait === undefined ? {} : { retryAfterSeconds: Math.ceil(wait / 1000) }) };
    case 408:
    case 504:
      return { kind: 'timeout', service, seconds };
    default:
      return { kind: 'service', service, status, ...(code === undefined || code === '' ? {} : { code }), message: told };
  }
}

function signInAdvice({ clockAheadMs }: ServiceFailure): string {
  if (clockAheadMs === undefined || Math.abs(clockAheadMs) < MOST_SKEW_MS) return 'Sign in again.';
  const minutes = Math.round(Math.abs(clockAheadMs) / 60_000);
  return `The clock of this machine is ${minutes} minutes ${clockAheadMs > 0 ? 'behind' : 'ahead of'} the service's: set it right, then sign in again.`;
}
