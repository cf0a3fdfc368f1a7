import type { TokenAnswer, TokenRequest } from '../common/azure';
import type { CancellationToken } from '../common/cancellation';

/** Whoever waits for a token. */
export interface TokenWait {
  readonly token: CancellationToken;
  /** Called with a sentence for people: what they have to do to sign in, for a device code. */
  readonly progress: (sentence: string) => void;
}

/** Gives access tokens: the editor's account, or a credential of the headless runner. */
export interface TokenSource {
  /** @throws HuntError `signInNeeded`, `credential`, `network`, `cancelled`. The message never holds a token or a secret. */
  getToken(request: TokenRequest, wait: TokenWait): Promise<TokenAnswer>;
}
