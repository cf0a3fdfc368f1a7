/** A place in the text of one cell. Offsets are UTF-16 code units; line and column start at 1. */
export interface TextSpan {
  readonly start: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

/** Every failure the product expects, as data. Text for people is made by {@link describeError}. */
export type HuntErrorData =
  | { readonly kind: 'cancelled' }
  /** The query cannot be parsed or bound. `message` is Kusto's own wording. */
  | { readonly kind: 'query'; readonly message: string; readonly span?: TextSpan | undefined; readonly code?: string | undefined }
  /** A table, column, function or other name that nothing defines. */
  | {
      readonly kind: 'unknownName';
      readonly name: string;
      readonly what: 'table' | 'column' | 'function' | 'name';
      readonly nearest: readonly string[];
      readonly span?: TextSpan | undefined;
      /** Set by the notebook when a cell would define the name but has not run. Numbered from 1. */
      readonly definedInCell?: number | undefined;
    }
  /** Valid KQL that the local engine does not run. */
  | { readonly kind: 'unsupported'; readonly feature: string; readonly advice?: string | undefined; readonly span?: TextSpan | undefined }
  /** The query was understood and failed while it ran. */
  | { readonly kind: 'execution'; readonly message: string; readonly span?: TextSpan | undefined }
  | { readonly kind: 'outOfMemory'; readonly limitMiB: number }
  | { readonly kind: 'storage'; readonly reason: 'full' | 'readOnly' | 'denied' | 'missing' | 'other'; readonly path: string; readonly message: string }
  /** The engine process ended while it worked on the request. What it held is gone. */
  | { readonly kind: 'engineLost'; readonly message: string }
  /** The engine process cannot be started. `message` says why and when it is tried again. */
  | { readonly kind: 'engineNotStarted'; readonly message: string }
  | { readonly kind: 'notConnected'; readonly workspace: string }
  /** The rows of a result are no longer held; the query has to run again. */
  | { readonly kind: 'resultGone'; readonly resultId: string }
  | { readonly kind: 'cellOption'; readonly option: string; readonly message: string; readonly span?: TextSpan | undefined }
  | { readonly kind: 'missingParameter'; readonly name: string }
  /** A value that does not fit the parameter's declared type. */
  | { readonly kind: 'badParameter'; readonly name: string; readonly message: string }
  | { readonly kind: 'badNotebook'; readonly path: string; readonly message: string }
  /** A name for a file that some system refuses. `message` says why. */
  | { readonly kind: 'badName'; readonly name: string; readonly message: string }
  | { readonly kind: 'exists'; readonly path: string }
  | { readonly kind: 'notFound'; readonly what: string; readonly name: string }
  /** Nobody is signed in, or the session has ended. */
  | { readonly kind: 'signInNeeded'; readonly message: string; readonly tenantId?: string | undefined }
  /** A credential of the headless runner, or chosen by setting, that cannot work here. */
  | { readonly kind: 'credential'; readonly credential: string; readonly message: string }
  /** Signed in, and not allowed. `role` names what an administrator would have to grant. */
  | { readonly kind: 'forbidden'; readonly what: string; readonly role: string; readonly message: string }
  | { readonly kind: 'throttled'; readonly message: string; readonly retryAfterSeconds?: number | undefined }
  /** The service answered with an error that says nothing about the query. */
  | { readonly kind: 'service'; readonly service: string; readonly status: number; readonly code?: string | undefined; readonly message: string }
  | { readonly kind: 'timeout'; readonly service: string; readonly seconds: number }
  /** No answer, a broken one, or none that can be trusted. */
  | { readonly kind: 'network'; readonly host: string; readonly message: string }
  | {
      readonly kind: 'incidentConflict';
      readonly number: number;
      readonly fields: readonly { readonly name: string; readonly base: string; readonly theirs: string; readonly ours: string }[];
    }
  /** Refused before it was sent: a limit of the service, or a rule it would enforce. `message` says which and what to do. */
  | { readonly kind: 'refused'; readonly message: string; readonly span?: TextSpan | undefined }
  /** A defect of ours. */
  | { readonly kind: 'internal'; readonly message: string };

export type HuntErrorKind = HuntErrorData['kind'];

/** The one exception the product throws on purpose. Crosses process borders by its `data`. */
export class HuntError extends Error {
  constructor(
    readonly data: HuntErrorData,
    options?: { cause?: unknown },
  ) {
    super(describeError(data), options);
    this.name = 'HuntError';
  }

  /** The span in the cell the error points at, when it has one. */
  get span(): TextSpan | undefined {
    return 'span' in this.data ? this.data.span : undefined;
  }
}

/** Makes a HuntError of whatever was thrown; what nobody expected becomes `internal`. */
export function toHuntError(thrown: unknown): HuntError {
  if (thrown instanceof HuntError) return thrown;
  const storage = storageError(thrown);
  if (storage) return new HuntError(storage, { cause: thrown });
  return new HuntError({ kind: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) }, { cause: thrown });
}

const storageReasons: Readonly<Record<string, 'full' | 'readOnly' | 'denied' | 'missing'>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'readOnly',
  EACCES: 'denied',
  EPERM: 'denied',
  ENOENT: 'missing',
};

function storageError(thrown: unknown): HuntErrorData | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') return undefined;
  const reason = storageReasons[thrown.code];
  if (!reason) return undefined;
  const path = 'path' in thrown && typeof thrown.path === 'string' ? thrown.path : '';
  return { kind: 'storage', reason, path, message: thrown.message };
}

/** Says what went wrong, where, and what to do, in plain English for cells, logs and the terminal. */
export function describeError(error: HuntErrorData): string {
  switch (error.kind) {
    case 'cancelled':
      return 'Stopped before it finished.';
    case 'query':
      return `${error.message}${at(error.span)}`;
    case 'unknownName':
      return describeUnknownName(error);
    case 'unsupported':
      return `The local engine does not support ${error.feature}${at(error.span)}.${error.advice ? ` ${error.advice}` : ''}`;
    case 'execution':
      return `The query failed while it ran: ${error.message}${at(error.span)}`;
    case 'outOfMemory':
      return `The query needs more than the ${error.limitMiB} MiB of memory the local engine may use. Filter or summarize earlier, or raise the setting huntbook.engine.memoryLimit.`;
    case 'storage':
      return describeStorage(error);
    case 'engineLost':
      return `The local engine stopped while it worked (${error.message}). It has been started again; results of earlier cells are lost, run them again.`;
    case 'engineNotStarted':
      return `The local engine does not start: ${error.message}`;
    case 'notConnected':
      return `The workspace "${error.workspace}" is not connected. Connect it in the Workspaces view.`;
    case 'resultGone':
      return 'The rows of this result are no longer held. Run the cell again to see them all.';
    case 'cellOption':
      return `Cell option "${error.option}": ${error.message}${at(error.span)}`;
    case 'missingParameter':
      return `The parameter "${error.name}" is not defined by the notebook's parameters cell.`;
    case 'badParameter':
      return `The parameter "${error.name}" cannot be set: ${error.message}.`;
    case 'badNotebook':
      return `${error.path} is not a readable notebook: ${error.message}`;
    case 'badName':
      return `"${error.name}" is not a name for a file: ${error.message}`;
    case 'exists':
      return `${error.path} exists already. Choose another name, or overwrite it on purpose.`;
    case 'notFound':
      return `There is no ${error.what} "${error.name}".`;
    case 'signInNeeded':
    case 'refused':
      return error.message;
    case 'credential':
      return `The credential "${error.credential}" cannot be used: ${error.message}`;
    case 'forbidden':
      return `You have no access to ${error.what}. The role "${error.role}" is needed; ask whoever manages access to it. (${error.message})`;
    case 'throttled':
      return `The service is busy: ${error.message}${error.retryAfterSeconds === undefined ? ' Try again in a minute.' : ` Try again in ${error.retryAfterSeconds} s.`}`;
    case 'service':
      return `${error.service} answered ${error.status}${error.code === undefined ? '' : ` ${error.code}`}: ${error.message}`;
    case 'timeout':
      return `${error.service} gave no answer within ${error.seconds} s. Narrow the time range or filter earlier, then run again.`;
    case 'network':
      return `No usable answer from ${error.host}: ${error.message} Check the connection, then run again.`;
    case 'incidentConflict':
      return describeConflict(error);
    case 'internal':
      return `Huntbook made a mistake: ${error.message}`;
  }
}

function at(span: TextSpan | undefined): string {
  return span ? ` (line ${span.line}, column ${span.column})` : '';
}

function describeUnknownName(error: Extract<HuntErrorData, { kind: 'unknownName' }>): string {
  const what = error.what === 'name' ? 'name' : `${error.what} name`;
  const head = `Unknown ${what} "${error.name}"${at(error.span)}.`;
  if (error.definedInCell !== undefined) return `${head} Cell ${error.definedInCell} defines it: run cell ${error.definedInCell} first.`;
  return error.nearest.length > 0 ? `${head} Did you mean ${error.nearest.join(', ')}?` : head;
}

function describeConflict(error: Extract<HuntErrorData, { kind: 'incidentConflict' }>): string {
  const fields = error.fields.map(({ name, theirs, ours }) => `${name} (now "${theirs}", yours "${ours}")`);
  return `Someone else changed incident #${error.number} meanwhile: ${fields.join(', ')}. Nothing was written; look at it again and decide.`;
}

function describeStorage(error: Extract<HuntErrorData, { kind: 'storage' }>): string {
  const where = error.path ? ` ${error.path}` : '';
  switch (error.reason) {
    case 'full':
      return `No space is left on the disk${error.path ? ` of${where}` : ''}. Free some space and run again.`;
    case 'readOnly':
      return `Cannot write${where}: the disk is read-only.`;
    case 'denied':
      return `Access denied:${where || ` ${error.message}`}. Check its permissions.`;
    case 'missing':
      return `Not found:${where || ` ${error.message}`}.`;
    case 'other':
      return error.message;
  }
}
