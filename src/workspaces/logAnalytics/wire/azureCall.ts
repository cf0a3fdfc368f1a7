import type { TokenCredential } from '@azure/core-auth';
import { type HttpClient, isRestError, type Pipeline, type PipelinePolicy, type PipelineResponse } from '@azure/core-rest-pipeline';
import { SessionCredential } from '../../../auth/sessionCredential';
import type { TokenSource } from '../../../auth/tokenSource';
import type { AzureConnection } from '../../../common/azure';
import { type CancellationToken, throwIfCancelled } from '../../../common/cancellation';
import { HuntError } from '../../../common/errors';
import { broken, networkError } from './httpClient';
import type { Pause } from './pause';
import { failureOf, type ServiceFailure } from './serviceFailure';

/** What every call to Azure needs. */
export interface AzureWire {
  readonly tokens: TokenSource;
  readonly httpClient: HttpClient;
  /** Milliseconds; for tests. */
  readonly now: () => number;
  /** How a busy service is waited for; for tests. */
  readonly pause: Pause;
}

/** Who waits for a call, and how it is stopped. */
export interface Caller {
  readonly token: CancellationToken;
  readonly progress: (sentence: string) => void;
}

/** Of a call whose progress nobody is shown. */
export function callerOf(token: CancellationToken): Caller {
  return { token, progress: () => undefined };
}

/** A call that is being made, as an SDK client needs it. */
export interface AzureCall {
  readonly credential: TokenCredential;
  /** For the client's options, whichever generation of the SDK it is of. */
  readonly options: {
    readonly httpClient: HttpClient;
    /** Retries are ours: people see them, and can stop them. */
    readonly retryOptions: { readonly maxRetries: number };
    readonly userAgentOptions: { readonly userAgentPrefix: string };
  };
  readonly abortSignal: AbortSignal;
  /** Puts what is common to all calls around a client's own work. Inner policies see what was sent; outer ones what came of it. */
  prepare(pipeline: Pipeline, outermost?: PipelinePolicy): void;
}

const BEARER_POLICY = 'bearerTokenAuthenticationPolicy';
const RENEW_POLICY = 'huntbookRenewToken';

/**
 * Makes one call: its client asks for tokens, a refused token is replaced once, and cancelling ends the request.
 * @throws HuntError `cancelled`, `network`, `timeout`, `signInNeeded`, `credential`; ServiceFailure for an answer that is an error.
 */
export async function callAzure<T>(
  wire: AzureWire,
  connection: AzureConnection,
  caller: Caller,
  work: (call: AzureCall) => Promise<T>,
): Promise<T> {
  throwIfCancelled(caller.token);
  const abort = new AbortController();
  const registration = caller.token.onCancellationRequested(() => abort.abort());
  const credential = new SessionCredential(wire.tokens, connection, caller);
  try {
    return await work({
      credential,
      options: { httpClient: wire.httpClient, retryOptions: { maxRetries: 0 }, userAgentOptions: { userAgentPrefix: 'Huntbook' } },
      abortSignal: abort.signal,
      prepare(pipeline, outermost) {
        pipeline.addPolicy(renewPolicy(credential, abort.signal, wire.now), { beforePolicies: [BEARER_POLICY] });
        if (outermost) pipeline.addPolicy(outermost, { beforePolicies: [RENEW_POLICY] });
      },
    });
  } catch (thrown) {
    throwIfCancelled(caller.token);
    throw asFailure(thrown, wire.now, connection);
  } finally {
    registration.dispose();
  }
}

function renewPolicy(credential: SessionCredential, abortSignal: AbortSignal, now: () => number): PipelinePolicy {
  return {
    name: RENEW_POLICY,
    async sendRequest(request, next) {
      request.abortSignal = abortSignal;
      const answer = async (): Promise<PipelineResponse> => {
        const response = await next(request).catch(responseIn);
        return response;
      };
      const first = await answer();
      const response = first.status === 401 && credential.refuse(first.headers.get('www-authenticate')) ? await answer() : first;
      // Anything but success is told in the service's own words.
      if (response.status >= 400) throw failureOf(response, now());
      checkJson(response);
      return response;
    },
  };
}

/** Clients take a page of a proxy for an answer without anything in it. @throws HuntError `network` */
function checkJson({ request, headers, bodyAsText = '' }: PipelineResponse): void {
  const isJson = /\bjson\b/iu.test(headers.get('content-type') ?? '');
  if (bodyAsText !== null && bodyAsText !== '' && !isJson) throw networkError(request, 'It answered with something that is not JSON.');
}

/** Some clients throw inside of their pipeline what they do not expect. A success whose body they cannot read stays a failure. */
function responseIn(thrown: unknown): PipelineResponse {
  if (isRestError(thrown) && thrown.response && thrown.response.status >= 400) return thrown.response;
  throw thrown;
}

function asFailure(thrown: unknown, now: () => number, { endpoints }: AzureConnection): HuntError | ServiceFailure | Error {
  if (thrown instanceof HuntError) return thrown;
  if (isRestError(thrown) && thrown.response) {
    const { response } = thrown;
    return response.status < 400 ? networkError(response.request, 'The answer is damaged.', thrown) : failureOf(response, now());
  }
  if (isRestError(thrown)) return broken({ url: thrown.request?.url ?? endpoints.logAnalytics }, thrown);
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
