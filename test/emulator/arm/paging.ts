import { type ApiRequest, json, type Reply, serviceError } from '../http/messages';
import { parseFilter, parseOrder } from '../sentinel/odata';

/** A list of resources as `$filter`, `$orderby`, `$top` and `$skipToken` ask for it, with `nextLink` when there are more. */
export function pageOf(request: ApiRequest, resources: readonly unknown[], most: number): Reply {
  const { query, url } = request;
  const filter = query.get('$filter');
  const order = query.get('$orderby');
  const selected = filter === null ? [...resources] : resources.filter(parseFilter(filter));
  if (order !== null) selected.sort(parseOrder(order));
  const top = numberOf(query, '$top', most);
  if (top < 1 || top > most) throw serviceError(400, 'BadRequest', `Invalid $top value: ${top}. It must be between 1 and ${most}.`);
  const start = numberOf(query, '$skipToken', 0);
  const page = selected.slice(start, start + top);
  if (start + page.length >= selected.length) return json({ value: page });
  const next = new URL(url);
  next.searchParams.set('$skipToken', String(start + page.length));
  return json({ value: page, nextLink: next.href });
}

function numberOf(query: URLSearchParams, name: string, usual: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  const value = Number(text);
  if (!Number.isInteger(value)) throw serviceError(400, 'BadRequest', `Invalid ${name} value: ${text}.`);
  return value;
}
