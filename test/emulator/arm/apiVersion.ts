import { serviceError } from '../http/messages';
import type { Route } from '../http/router';

/** Azure Resource Manager answers nothing without an `api-version`. */
export function withApiVersion(route: Route): Route {
  return {
    ...route,
    handle(request) {
      if ((request.query.get('api-version') ?? '') !== '') return route.handle(request);
      throw serviceError(400, 'MissingApiVersionParameter', 'The api-version query parameter (?api-version=) is required for all requests.');
    },
  };
}
