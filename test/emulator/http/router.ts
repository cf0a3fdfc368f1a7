import type { ApiRequest, Reply, RouteClass, ServiceError } from './messages';

/** Which resource a bearer token must be for. */
export type Audience = 'logs' | 'arm';

export interface Route {
  readonly method: string;
  /** `/subscriptions/{subscriptionId}`; matched without regard to case, as Azure does. */
  readonly path: string;
  readonly kind: RouteClass;
  /** None: the route needs no token. */
  readonly audience?: Audience;
  /** How long the answer may take to begin, and what comes instead. */
  readonly timeout?: (request: ApiRequest) => { readonly seconds: number; readonly error: ServiceError };
  readonly handle: (request: ApiRequest) => Reply | Promise<Reply>;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a request. Patterns are tried in the order they were given. */
export class Router {
  readonly #routes: readonly { readonly route: Route; readonly pattern: RegExp }[];

  constructor(routes: readonly Route[]) {
    this.#routes = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  }

  find(method: string, path: string): Match | 'notFound' | 'methodNotAllowed' {
    let known = false;
    for (const { route, pattern } of this.#routes) {
      const match = pattern.exec(path);
      if (!match) continue;
      if (route.method === method) return { route, params: decoded(match.groups ?? {}) };
      known = true;
    }
    return known ? 'methodNotAllowed' : 'notFound';
  }
}

function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.*+?^$()|[\]\\]/gu, '\\$&');
  return new RegExp(`^${escaped.replace(/\{(\w+)\}/gu, '(?<$1>[^/]+)')}/?$`, 'iu');
}

function decoded(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}
