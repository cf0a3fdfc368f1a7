import { HuntError, type HuntErrorData } from '../../../common/errors';
import { spanIn } from '../../../kql/spans';
import type { ServiceErrorDetail } from '../answer/envelope';
import type { ServiceFailure } from '../wire/serviceFailure';
import { offsetOf, type QueryText } from './queryText';

/** What the service calls errors of the query itself. */
const aboutTheQuery = /^(?:SYN\d+|SEM\d+|SyntaxError|SemanticError|BadQuery|E_QUERY)/u;

/** Is it the query that a 400 is about? */
export function isQueryFailure({ status, chain }: ServiceFailure): boolean {
  return status === 400 && chain.some(({ code }) => aboutTheQuery.test(code));
}

/**
 * What the service says about the text of a query, at its place in the cell. Syntax errors come with their place. Semantic errors come
 * without: the place is where our own binder finds the same name wrong, else where the cell has the name that the message quotes.
 * @param bound Errors of our own binder, with places in the cell.
 */
export function queryFailureError(failure: ServiceFailure, sent: QueryText, cell: string, bound: readonly HuntErrorData[]): HuntError {
  const detail = failure.chain.findLast(({ code }) => aboutTheQuery.test(code)) ?? failure.chain.at(-1);
  const placed = failure.chain.findLast(({ line }) => line !== undefined);
  const named = detail ? unresolvedName(detail) : undefined;
  const ours = named ? bound.find((error) => error.kind === 'unknownName' && error.name === named.name) : undefined;
  if (ours) return new HuntError(ours, { cause: failure });
  const place = placed ? offsetOf(sent.text, placed.line ?? 1, placed.pos ?? 0) : undefined;
  if (named) {
    const span = place === undefined ? spanOfName(cell, named.name) : spanInSent(sent, place, named.name.length)?.span;
    return new HuntError({ kind: 'unknownName', ...named, nearest: [], ...(span ? { span } : {}) }, { cause: failure });
  }
  const message = failure.told.replace(/ on line \[\d+,\d+\]/u, '');
  const code = detail && detail.code !== '' ? { code: detail.code } : {};
  const error: HuntErrorData = { kind: 'query', message, ...code };
  if (place === undefined) return new HuntError({ ...error, ...firstSpan(bound) }, { cause: failure });
  return new HuntError(sent.relocate({ ...error, span: spanIn(sent.text, place, wordLength(sent.text, place)) }), { cause: failure });
}

function spanInSent(sent: QueryText, start: number, length: number): { readonly span: NonNullable<ReturnType<QueryText['spanInCell']>> } | undefined {
  const span = sent.spanInCell(start, length);
  return span ? { span } : undefined;
}

/** Our binder's first error, when there is one: most likely it is the same. */
function firstSpan(bound: readonly HuntErrorData[]): { readonly span?: ReturnType<typeof spanIn> } {
  const [first] = bound;
  return first && 'span' in first && first.span ? { span: first.span } : {};
}

/** `Failed to resolve table or column expression named 'X'`: SEM0100 and its kin. */
function unresolvedName({ message }: ServiceErrorDetail): { readonly name: string; readonly what: 'table' | 'column' | 'function' | 'name' } | undefined {
  const match = /failed to resolve (?<what>[a-z ,]+?) named '(?<name>[^']+)'/iu.exec(message);
  const { what = '', name } = match?.groups ?? {};
  if (name === undefined) return undefined;
  if (/\bfunction\b/iu.test(what)) return { name, what: 'function' };
  if (/^table/iu.test(what)) return { name, what: 'table' };
  return { name, what: /column|scalar/iu.test(what) ? 'column' : 'name' };
}

/** The only place of a name in the cell, outside of strings and comments. */
function spanOfName(cell: string, name: string): ReturnType<typeof spanIn> | undefined {
  const blanked = cell.replace(/\/\/[^\r\n]*|@?"(?:[^"\\\r\n]|\\.)*"|@?'(?:[^'\\\r\n]|\\.)*'/gu, (part) => ' '.repeat(part.length));
  const places: number[] = [];
  for (let at = blanked.indexOf(name); at >= 0; at = blanked.indexOf(name, at + 1)) {
    const isWhole = !/\w/u.test(blanked[at - 1] ?? '') && !/\w/u.test(blanked[at + name.length] ?? '');
    if (isWhole) places.push(at);
  }
  const [only] = places;
  return only !== undefined && places.length === 1 ? spanIn(cell, only, name.length) : undefined;
}

function wordLength(text: string, start: number): number {
  return Math.max(1, /^\w+/u.exec(text.slice(start, start + 200))?.[0].length ?? 1);
}
