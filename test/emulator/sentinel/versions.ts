import { type ApiRequest, serviceError } from '../http/messages';

/**
 * Compares the version that a client means with the one that is there: `If-Match` fails with 412, an etag in the body with 409. A body
 * without an etag is a mistake once the resource exists.
 * @throws ServiceError
 */
export function checkVersion(current: string | undefined, given: unknown, { headers }: ApiRequest): void {
  const wanted = headers['if-match'];
  if (wanted !== undefined && wanted !== '*' && wanted !== current) {
    throw serviceError(412, 'PreconditionFailed', 'The condition set in the request header was not met. Please provide the current etag.');
  }
  if (current === undefined || wanted !== undefined || given === current) return;
  throw serviceError(409, 'Conflict', 'Newer instance of the resource exists. Please provide the current etag.');
}
