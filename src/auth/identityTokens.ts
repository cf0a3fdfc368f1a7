import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/core-auth';
import type * as Identity from '@azure/identity';
import type { CredentialName, TokenAnswer, TokenRequest } from '../common/azure';
import { throwIfCancelled } from '../common/cancellation';
import { HuntError } from '../common/errors';
import { editorCredential, type LoadPlugin, requirePlugin } from './editorPlugin';
import { buildCredential, type CredentialParts, identityCredentials, type IdentityCredentialName } from './identityCredentials';
import { claimsOf } from './sessionCredential';
import { credentialError } from './credentialErrors';
import type { TokenSource, TokenWait } from './tokenSource';

export interface IdentityOptions {
  /** Where secrets come from; the process's own environment when absent. */
  readonly environment?: CredentialParts['environment'] | undefined;
  readonly httpClient?: CredentialParts['httpClient'];
  /** Shows what people have to do to sign in, besides telling it as progress. */
  readonly signInPrompt?: ((message: string) => void) | undefined;
  /** Replaced in tests. */
  readonly loadPlugin?: LoadPlugin | undefined;
}

/** A credential, kept because it holds what it needs to renew tokens silently. */
interface Kept {
  readonly credential: TokenCredential;
  /** The last call, for the credentials that ask people one thing at a time. */
  last: Promise<unknown>;
  prompt: (message: string) => void;
}

/** Satisfied by any token; its presence makes MSAL pass over the token that it keeps. */
const NO_CLAIMS = '{"access_token":{}}';

/** Tokens by the credentials of `@azure/identity`, which is loaded at the first wish. */
export class IdentityTokens implements TokenSource {
  readonly #options: IdentityOptions;
  readonly #kept = new Map<string, Promise<Kept>>();

  constructor(options: IdentityOptions = {}) {
    this.#options = options;
  }

  async getToken(request: TokenRequest, wait: TokenWait): Promise<TokenAnswer> {
    throwIfCancelled(wait.token);
    const abort = new AbortController();
    const registration = wait.token.onCancellationRequested(() => abort.abort());
    try {
      const answer = await this.#ask(request, wait, abort.signal);
      return { token: answer.token, expiresOn: answer.expiresOnTimestamp };
    } catch (thrown) {
      throwIfCancelled(wait.token);
      throw credentialError(request, thrown);
    } finally {
      registration.dispose();
    }
  }

  async #ask(request: TokenRequest, wait: TokenWait, abortSignal: AbortSignal): Promise<AccessToken> {
    const kept = await this.#credential(request);
    const work = async (): Promise<AccessToken> => {
      throwIfCancelled(wait.token);
      kept.prompt = wait.progress;
      const token = await kept.credential.getToken([...request.scopes], optionsOf(request, abortSignal));
      if (token) return token;
      throw new HuntError({ kind: 'credential', credential: request.credential, message: 'it gave no token.' });
    };
    if (!asksPeople(request.credential)) return work();
    const next = kept.last.then(work, work);
    kept.last = next;
    return next;
  }

  async #credential(request: TokenRequest): Promise<Kept> {
    const { credential: name, authority } = request;
    const ofOneTenant = name === 'vscode' || identityCredentials[name].ofOneTenant === true;
    const tenantId = ofOneTenant ? request.tenantId : undefined;
    const key = JSON.stringify([name, authority, tenantId]);
    const made = this.#kept.get(key) ?? this.#build(name, authority, request.tenantId);
    this.#kept.set(key, made);
    try {
      return await made;
    } catch (thrown) {
      this.#kept.delete(key);
      throw thrown;
    }
  }

  async #build(name: CredentialName, authority: string, tenantId: string | undefined): Promise<Kept> {
    const { environment = process.env, httpClient, loadPlugin = requirePlugin, signInPrompt } = this.#options;
    const identity: typeof Identity = await import('@azure/identity');
    if (name === 'vscode') return kept(editorCredential(identity, tenantId, loadPlugin));
    const holder: { kept?: Kept } = {};
    const prompt = (message: string): void => {
      signInPrompt?.(message);
      holder.kept?.prompt(message);
    };
    holder.kept = kept(buildCredential(name, { identity, authority, tenantId, environment, httpClient, prompt }));
    return holder.kept;
  }
}

function kept(credential: TokenCredential): Kept {
  return { credential, last: Promise.resolve(), prompt: () => undefined };
}

function asksPeople(name: CredentialName): boolean {
  return name !== 'vscode' && identityCredentials[name].asksPeople === true;
}

function optionsOf({ credential, tenantId, wwwAuthenticate, forceRefresh }: TokenRequest, abortSignal: AbortSignal): GetTokenOptions {
  const challenged = wwwAuthenticate === undefined ? undefined : claimsOf(wwwAuthenticate);
  const claims = challenged ?? (forceRefresh === true && !isTool(credential) ? NO_CLAIMS : undefined);
  return { abortSignal, enableCae: true, ...(tenantId === undefined ? {} : { tenantId }), ...(claims === undefined ? {} : { claims }) };
}

function isTool(name: CredentialName): boolean {
  return name !== 'vscode' && identityCredentials[name satisfies IdentityCredentialName].tool === true;
}
