import type { TokenAnswer, TokenRequest } from '../common/azure';
import { CancellationSource } from '../common/cancellation';
import type { Disposable } from '../common/disposable';
import { HuntError } from '../common/errors';
import type { TokenSource, TokenWait } from './tokenSource';

/** A token that ends sooner is asked for anew, so that none ends on its way to the service. */
const LEAST_LIFE_MS = 2 * 60_000;

/** A wish that is being answered, for everyone who has it at the same time. */
interface Asking {
  readonly answer: Promise<TokenAnswer>;
  readonly source: CancellationSource;
  readonly waiting: Set<TokenWait>;
}

/**
 * Keeps tokens until shortly before they end, one for each credential, account, tenant and set of scopes. The same wish of several at
 * the same time is asked once; it is cancelled when nobody waits for it any more.
 */
export class TokenCache implements TokenSource {
  readonly #source: TokenSource;
  readonly #now: () => number;
  readonly #known = new Map<string, TokenAnswer>();
  readonly #asking = new Map<string, Asking>();

  constructor(source: TokenSource, now: () => number = Date.now) {
    this.#source = source;
    this.#now = now;
  }

  async getToken(request: TokenRequest, wait: TokenWait): Promise<TokenAnswer> {
    const key = keyOf(request);
    const renew = request.forceRefresh === true || request.wwwAuthenticate !== undefined;
    if (renew) this.#known.delete(key);
    const known = this.#known.get(key);
    if (known && known.expiresOn - this.#now() > LEAST_LIFE_MS) return known;
    // A challenge wants a token of its own; plain wishes share one.
    const wish = renew ? `${key} ${request.wwwAuthenticate ?? 'new'}` : key;
    return join(this.#asking.get(wish) ?? this.#ask(request, key, wish), wait);
  }

  #ask(request: TokenRequest, key: string, wish: string): Asking {
    const source = new CancellationSource();
    const waiting = new Set<TokenWait>();
    const progress = (sentence: string): void => {
      for (const wait of waiting) wait.progress(sentence);
    };
    const ask = async (): Promise<TokenAnswer> => {
      try {
        const answer = await this.#source.getToken(request, { token: source.token, progress });
        this.#known.set(key, answer);
        return answer;
      } finally {
        if (this.#asking.get(wish) === asking) this.#asking.delete(wish);
      }
    };
    const asking: Asking = { answer: Promise.resolve().then(ask), source, waiting };
    // Everyone may have left before it fails.
    asking.answer.catch(() => undefined);
    this.#asking.set(wish, asking);
    return asking;
  }
}

/** Waits with the others; the last to leave stops the asking. */
async function join({ answer, source, waiting }: Asking, wait: TokenWait): Promise<TokenAnswer> {
  waiting.add(wait);
  let registration: Disposable | undefined;
  const cancelled = new Promise<never>((_resolve, reject) => {
    registration = wait.token.onCancellationRequested(() => reject(new HuntError({ kind: 'cancelled' })));
  });
  try {
    return await Promise.race([answer, cancelled]);
  } finally {
    registration?.dispose();
    waiting.delete(wait);
    if (waiting.size === 0) source.cancel();
  }
}

function keyOf({ credential, authority, scopes, tenantId, accountId }: TokenRequest): string {
  return JSON.stringify([credential, authority, scopes, tenantId, accountId]);
}
