import { randomUUID } from 'node:crypto';
import { HuntError, type TextSpan } from '../../../src/common/errors';
import { syntaxErrors } from '../../../src/kql/analysis';
import { type JsonObject, type ServiceError, serviceError } from '../http/messages';

const INVALID = 'The request had some invalid properties';

/** 400 with the cause nested in it, as the query API tells what is wrong with a query or a property. */
export function badArgument(code: string, message: string, cause?: JsonObject): ServiceError {
  const correlationId = randomUUID();
  return serviceError(400, 'BadArgumentError', INVALID, { correlationId, innererror: { code, message, ...(cause ? { innererror: cause } : {}) } });
}

/** 403 for want of a role. */
export function insufficientAccess(): ServiceError {
  return serviceError(403, 'InsufficientAccessError', 'The provided credentials have insufficient access to perform the requested operation', {
    innererror: { code: 'InsufficientAccessError', message: 'The provided credentials have insufficient access to perform the requested operation' },
  });
}

/** 504 when the server timeout of the `Prefer` header is over. */
export function timedOut(seconds: number): ServiceError {
  return serviceError(504, 'GatewayTimeout', 'Gateway timeout', {
    innererror: { code: 'GatewayTimeout', message: `Query timed out after ${seconds} seconds` },
  });
}

export interface QueryErrorOptions {
  /** Say where a semantic error is; the service's recorded answers say so of syntax errors alone. */
  readonly semanticPositions: boolean;
}

/** What the service would answer to a query that the engine refused. Anything else is thrown on. */
export function queryError(thrown: unknown, text: string, options: QueryErrorOptions): unknown {
  if (!(thrown instanceof HuntError)) return thrown;
  const { data, span } = thrown;
  switch (data.kind) {
    case 'query':
      return firstSyntaxError(text) ?? semanticError('SEM0001', data.message, span, options);
    case 'unknownName': {
      const what = data.what === 'column' ? 'column or scalar expression' : data.what === 'function' ? 'function' : 'table or column expression';
      const message = `${operatorAt(text, span, data.what)}Failed to resolve ${what} named '${data.name}'`;
      return firstSyntaxError(text) ?? semanticError('SEM0100', message, span, options);
    }
    case 'unsupported':
      return semanticError('SEM0001', `The emulator cannot run ${data.feature}.`, span, options);
    case 'execution':
      return badArgument('ExecutionError', data.message);
    case 'cellOption':
      return badArgument('InvalidTimespan', data.message);
    case 'outOfMemory':
      return badArgument('LowMemoryCondition', 'Query ran out of memory (E_LOW_MEMORY_CONDITION).');
    default:
      return thrown;
  }
}

/** The operator that the service blames: the one that a column stands in, or the first that reads a table. */
function operatorAt(text: string, span: TextSpan | undefined, what: string): string {
  const start = span?.start ?? 0;
  const operators = [...text.matchAll(/\|\s*([a-z][a-z-]*)/gu)];
  const found = what === 'column' ? operators.findLast(({ index }) => index < start) : operators.find(({ index }) => index > start);
  return found ? `'${found[1] ?? ''}' operator: ` : '';
}

/** The service parses the whole text before it looks any name up. */
function firstSyntaxError(text: string): ServiceError | undefined {
  const [error] = syntaxErrors(text);
  if (!error) return undefined;
  const { span } = new HuntError(error);
  const { line, pos } = place(span);
  const token = span ? (/^\S*/u.exec(text.slice(span.start))?.[0] ?? '') : '';
  const message = `Query could not be parsed at '${token}' on line [${line},${pos}]`;
  return badArgument('SyntaxError', 'A recognition error occurred in the query.', { code: 'SYN0002', message, line, pos, token });
}

function semanticError(code: string, message: string, span: TextSpan | undefined, options: QueryErrorOptions): ServiceError {
  const where = span && options.semanticPositions ? place(span) : {};
  return badArgument('SemanticError', 'A semantic error occurred.', { code, message, ...where });
}

/** Lines are counted from 1, positions from 0. */
function place(span: TextSpan | undefined): { readonly line: number; readonly pos: number } {
  return { line: span?.line ?? 1, pos: (span?.column ?? 1) - 1 };
}
