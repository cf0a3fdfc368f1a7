import type { AzureConnection, AzureWorkspace } from '../../common/azure';
import { CancellationSource } from '../../common/cancellation';
import { HuntError, type HuntErrorData } from '../../common/errors';
import type { WorkspaceQuery } from '../workspace';
import type { AnswerFile } from './answer/answerFile';
import { MalformedAnswer } from './answer/rowScanner';
import type { Request } from './query/plannedRequests';
import { isQueryFailure, queryFailureError } from './query/queryErrors';
import type { QueryText } from './query/queryText';
import type { QueryServices } from './queryRun';
import type { Caller } from './wire/azureCall';
import type { LogsAnswer } from './wire/logsApi';
import { userOf } from './wire/scheduler';
import { withRetries } from './wire/retries';
import { failureError, ServiceFailure } from './wire/serviceFailure';

/** Longest that the service works on a query. */
const MOST_SERVER_SECONDS = 600;

/** The answer to a request. */
export interface Received {
  readonly file: AnswerFile;
  readonly ageSeconds: number;
  /** Waited in line and for a busy service. */
  readonly queueMs: number;
}

/** What the requests of a cell have in common. */
export interface Sent {
  readonly query: WorkspaceQuery;
  readonly alsoIn: readonly string[];
  readonly endpoint: 'query' | 'search';
  /** Errors of our own binder, with places in the cell. */
  readonly bound: readonly HuntErrorData[];
}

/** Sends the requests of cells of one workspace, within the service's limits, and explains what goes wrong. */
export class RequestSender {
  readonly #services: QueryServices;
  readonly #workspace: AzureWorkspace;
  readonly #connection: AzureConnection;
  /** Whose limits count. */
  readonly #user: string;

  constructor(services: QueryServices, workspace: AzureWorkspace, connection: AzureConnection) {
    this.#services = services;
    this.#workspace = workspace;
    this.#connection = connection;
    this.#user = userOf(connection);
  }

  /**
   * Sends all requests of a cell; the first that fails stops the others.
   * @returns the answers in the order of the requests; `empty` when the workspace has never got any data.
   * @throws HuntError; no file is left then.
   */
  async sendAll(requests: readonly Request[], text: QueryText, sent: Sent, caller: Caller): Promise<readonly Received[] | 'empty'> {
    const stop = new CancellationSource();
    const registration = caller.token.onCancellationRequested(() => stop.cancel());
    const inner: Caller = { token: stop.token, progress: caller.progress };
    let done = 0;
    const send = async (request: Request): Promise<Received | 'empty'> => {
      try {
        const received = await this.#send(request, request.text ?? text, sent, inner);
        if (requests.length > 1) caller.progress(`${++done} of ${requests.length} parts have come`);
        return received;
      } catch (thrown) {
        stop.cancel();
        throw thrown;
      }
    };
    try {
      const settled = await Promise.allSettled(requests.map(send));
      const received = settled.flatMap((one) => (one.status === 'fulfilled' && one.value !== 'empty' ? [one.value] : []));
      const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      if (failures.length === 0) return received.length === 0 ? 'empty' : received;
      await Promise.all(received.map(({ file }) => file.remove()));
      // The others were stopped because of the one that failed by itself.
      throw failures.find((failure) => !isCancelled(failure)) ?? failures[0];
    } finally {
      registration.dispose();
    }
  }

  async #send({ timespan }: Request, text: QueryText, sent: Sent, caller: Caller): Promise<Received | 'empty'> {
    const { api, scheduler, wire } = this.#services;
    const { query, alsoIn, endpoint } = sent;
    const serverTimeoutSeconds = Math.max(1, Math.min(MOST_SERVER_SECONDS, Math.round(query.serverTimeoutSeconds ?? MOST_SERVER_SECONDS)));
    let queueMs = 0;
    const onWait = (milliseconds: number): void => void (queueMs += milliseconds);
    const { customerId: workspace } = this.#workspace;
    const request = { workspace, text: text.text, timespan, alsoIn, endpoint, serverTimeoutSeconds, fresh: query.fresh === true };
    const ask = (): Promise<LogsAnswer> => {
      caller.progress(`Running in ${this.#workspace.name}`);
      return api.query(this.#connection, request, caller);
    };
    try {
      const answer = await scheduler.run({ user: this.#user, endpoint }, caller, () => withRetries(wire, caller, ask, onWait), onWait);
      if (answer.kind === 'empty') return 'empty';
      return { file: await this.#withRows(answer.file), ageSeconds: answer.ageSeconds, queueMs };
    } catch (thrown) {
      throw thrown instanceof ServiceFailure ? this.#failure(thrown, text, sent, serverTimeoutSeconds) : thrown;
    }
  }

  /** An answer can be an error alone, though it says that all is well. */
  async #withRows(file: AnswerFile): Promise<AnswerFile> {
    const { columns, errors } = file.envelope;
    if (columns.length > 0 || errors.length === 0) return file;
    await file.remove();
    const { code = '', message = 'no reason was given' } = errors.at(-1) ?? {};
    throw new HuntError({ kind: 'service', service: 'Log Analytics', status: 200, ...(code === '' ? {} : { code }), message });
  }

  /** Does work on answers that may turn out to be damaged. @throws HuntError */
  async explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      if (!(thrown instanceof MalformedAnswer)) throw thrown;
      const host = new URL(this.#connection.endpoints.logAnalytics).host;
      throw new HuntError({ kind: 'network', host, message: `${thrown.message} What had arrived is discarded.` }, { cause: thrown });
    }
  }

  #failure(failure: ServiceFailure, text: QueryText, { query, bound }: Sent, seconds: number): HuntError {
    if (isQueryFailure(failure)) return queryFailureError(failure, text, query.text, bound);
    const { name, tenantId } = this.#workspace;
    if (failure.status === 404) return new HuntError({ kind: 'notFound', what: 'workspace', name }, { cause: failure });
    const role = 'Log Analytics Reader (or Microsoft Sentinel Reader)';
    return failureError(failure, { service: 'Log Analytics', what: `the data of the workspace "${name}"`, role, seconds, tenantId });
  }
}

function isCancelled(thrown: unknown): boolean {
  return thrown instanceof HuntError && thrown.data.kind === 'cancelled';
}
