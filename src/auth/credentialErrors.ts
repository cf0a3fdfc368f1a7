import type { TokenRequest } from '../common/azure';
import { HuntError } from '../common/errors';

/** What a credential threw, for people: what is wrong and what to do, without tokens and secrets. */
export function credentialError({ credential, tenantId, authority }: TokenRequest, thrown: unknown): HuntError {
  if (thrown instanceof HuntError) return thrown;
  const text = thrown instanceof Error ? messageOf(thrown) : String(thrown);
  const directory = /AADSTS(\d+)/u.exec(text)?.[1] ?? /endpoints_resolution_error/u.exec(text)?.[0];
  const advice = directory === undefined ? undefined : directoryAdvice[directory];
  const message = withoutSecrets(firstSentences(text));
  // These two look for services that most machines do not have: not to reach them is no trouble of the network.
  const looksAround = credential === 'chain' || credential === 'msi';
  if (!looksAround && /network_error|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT/u.test(text)) {
    return new HuntError({ kind: 'network', host: new URL(authority).host, message: `The sign-in service was not reached (${message}).` }, { cause: thrown });
  }
  if (directory !== undefined && interactionNeeded.has(directory)) {
    return new HuntError({ kind: 'signInNeeded', message: `${advice ?? 'Sign in again.'} (${message})`, tenantId }, { cause: thrown });
  }
  return new HuntError({ kind: 'credential', credential, message: advice === undefined ? message : `${advice} (${message})` }, { cause: thrown });
}

/** Codes of https://learn.microsoft.com/entra/identity-platform/reference-error-codes for which people can do something. */
const directoryAdvice: Readonly<Record<string, string>> = {
  '50076': 'Multi-factor authentication is needed: sign in again.',
  '50079': 'Multi-factor authentication has to be set up: sign in again.',
  '50158': 'An additional check is needed: sign in again.',
  '700082': 'The sign-in has expired: sign in again.',
  '65001': 'The application has no consent in this tenant: an administrator has to grant it.',
  '700016': 'The application is not known in this tenant: check AZURE_CLIENT_ID and the tenant.',
  '7000215': 'The client secret is wrong: check AZURE_CLIENT_SECRET.',
  '7000222': 'The client secret has expired: make a new one and set AZURE_CLIENT_SECRET.',
  '90002': 'There is no such tenant: check its id.',
  endpoints_resolution_error: 'The sign-in service does not know the tenant, or was not reached: check its id.',
  '50020': 'The account does not belong to this tenant: ask to be invited, or choose another account.',
};
const interactionNeeded: ReadonlySet<string> = new Set(['50076', '50079', '50158', '700082']);

function messageOf(error: Error): string {
  const described = 'errorResponse' in error ? (error.errorResponse as { readonly errorDescription?: string }).errorDescription : undefined;
  return described ?? error.message;
}

/** Without the trace and correlation ids that follow, and not longer than anybody reads. */
function firstSentences(text: string): string {
  const [told = text] = text.split(/\s*Trace ID:|\r?\n\s*(?:at |\{)/u);
  const line = told.replace(/\s+/gu, ' ').trim();
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}

/** Text in which whatever looks like a token or a secret is left out. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/gu, '…')
    .replace(/\b(Bearer|client_secret|client_assertion|refresh_token|access_token|assertion)(["']?[\s:=]+["']?)[^\s"'&,}]{6,}/giu, '$1$2…');
}
