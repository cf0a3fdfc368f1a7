import type { AzureConnection, AzureWorkspace } from '../../common/azure';
import type { ResultNotice } from '../../common/engineProtocol';
import { HuntError, type HuntErrorData } from '../../common/errors';
import { composeQuery } from '../../engine/composition';
import { readCellOptions } from '../../kql/cellOptions';
import { syntaxErrors } from '../../kql/analysis';
import { splitStatements } from '../../kql/statements';
import type { LocalEngine } from '../local/localWorkspace';
import { type QueryCatalog, QueryCatalogs } from '../local/queryCatalog';
import type { WorkspaceAnswer, WorkspaceQuery } from '../workspace';
import { storeAnswers } from './answer/storeAnswer';
import { noticesOf } from './answer/answerNotices';
import { addedStatistics } from './answer/statistics';
import { type QueryFacts, queryFacts } from './query/queryFacts';
import { queryText } from './query/queryText';
import { plannedRequests, rangeOfTimespan, splittingOfCell } from './query/plannedRequests';
import { ownBounds } from './query/ownRange';
import type { Splitting, SplitRange } from './query/splitting';
import { resultStatements } from './query/resultTables';
import { searchOf } from './query/searchRules';
import { timespanOf } from './query/timeRange';
import { evaluatedRange, runLocally } from './localRun';
import { type Received, RequestSender, type Sent } from './requestSender';
import type { WorkspaceSchemaSource } from './schema/workspaceSchema';
import type { AzureWire, Caller } from './wire/azureCall';
import type { LogsApi } from './wire/logsApi';
import type { QueryScheduler } from './wire/scheduler';

export interface QueryServices extends LocalEngine {
  readonly wire: AzureWire;
  readonly api: LogsApi;
  readonly scheduler: QueryScheduler;
}

/** A cell, read. */
interface ReadCell {
  readonly facts: QueryFacts;
  readonly names: QueryCatalog;
  /** The text that the facts are about. */
  readonly text: string;
  /** Where the cell begins in it. */
  readonly cellStart: number;
  /** Errors of the binder, with places in the cell. */
  readonly bound: readonly HuntErrorData[];
}

/** Runs the cells of a workspace in Azure. */
export class QueryRun {
  readonly #services: QueryServices;
  readonly #workspace: AzureWorkspace;
  readonly #schema: WorkspaceSchemaSource;
  readonly #sender: RequestSender;
  #catalogs: { readonly of: object; readonly made: QueryCatalogs } | undefined;

  constructor(services: QueryServices, workspace: AzureWorkspace, connection: AzureConnection, schema: WorkspaceSchemaSource) {
    this.#services = services;
    this.#workspace = workspace;
    this.#schema = schema;
    this.#sender = new RequestSender(services, workspace, connection);
  }

  /** Loads the language and binds against this workspace once, so that the first query need not wait for it. Blocks for about a second. */
  warm(): void {
    queryFacts('print 1', this.#schema.catalog, new Set());
  }

  /** @throws HuntError */
  async run(query: WorkspaceQuery, caller: Caller): Promise<WorkspaceAnswer> {
    const [optionError] = readCellOptions(query.text).errors;
    if (optionError) throw new HuntError(optionError);
    const cell = this.#read(query);
    if (!cell.facts.query) return definitionsOf(query.text);
    const { facts, names } = cell;
    refuseGoneResults(query, cell, names);
    if (facts.results.size > 0 && facts.tables.size === 0 && !facts.readsMore) {
      return runLocally(this.#services, query, this.#held(query, facts.results), caller);
    }
    return this.#runInAzure(query, cell, caller);
  }

  async #runInAzure(query: WorkspaceQuery, cell: ReadCell, caller: Caller): Promise<WorkspaceAnswer> {
    const { facts } = cell;
    const { database, store } = this.#services;
    const { tables } = this.#schema.current;
    const alsoIn = (query.alsoIn ?? []).map(customerIdOf);
    const sentTimespan = timespanOf(query, facts);
    const search = searchOf(facts, tables, { timespan: sentTimespan?.timespan, alsoIn, hasResults: facts.results.size > 0 });
    const prefix = await resultStatements(database, this.#held(query, facts.results), caller.token);
    const text = queryText(query.text, query.definitions, facts.lets, prefix);
    const timespan = sentTimespan?.timespan;
    const splitting = splittingOfCell(cell, tables);
    const range = splitting && (await this.#rangeOf(query, cell, splitting, timespan, caller));
    const planned = plannedRequests(query, text, cell, { timespan, splitting, range });
    const sent: Sent = { alsoIn, endpoint: search ? 'search' : 'query', query, bound: cell.bound };
    const received = await this.#sender.sendAll(planned.requests, text, sent, caller);
    const notices: ResultNotice[] = sentTimespan ? [sentTimespan.notice] : [];
    if (search) notices.push({ kind: 'searched', plan: search.plan });
    const warnings = [...this.#shadowWarnings(cell), ...(facts.errors.length === 0 ? facts.warnings : [])];
    const usedResults = [...facts.results];
    const { resultId, notebookId } = query;
    if (received === 'empty') {
      const stored = await store.fill({ resultId, notebookId, columns: facts.columns ?? [] }, async () => undefined, caller.token);
      const empty = `The workspace ${this.#workspace.name} holds no data: nothing was ever sent to it.`;
      return { kind: 'result', stored, warnings: [...warnings, empty], usedResults, notices };
    }
    try {
      const { stored, warnings: lost } = await this.#store(query, received, caller);
      const envelopes = received.map(({ file }) => file.envelope);
      const visualization = envelopes.find((envelope) => envelope.visualization)?.visualization;
      return {
        kind: 'result',
        stored,
        ...(visualization ? { visualization } : {}),
        warnings: [...warnings, ...(envelopes[0]?.warnings ?? []), ...lost],
        usedResults,
        notices: [...notices, ...noticesOf(received, planned)],
        serviceStatistics: addedStatistics(received),
      };
    } finally {
      await Promise.all(received.map(({ file }) => file.remove()));
    }
  }

  /** The time range of a query that can be split: what is sent beside it, else what its own filters say. */
  async #rangeOf(
    query: WorkspaceQuery,
    { facts, text }: ReadCell,
    splitting: Splitting,
    timespan: string | undefined,
    caller: Caller,
  ): Promise<SplitRange | undefined> {
    if (timespan !== undefined) return rangeOfTimespan(timespan, this.#services.now());
    const bounds = facts.query && ownBounds(facts.query, text, splitting);
    return bounds && evaluatedRange(this.#services, bounds, query, caller);
  }

  async #store(query: WorkspaceQuery, received: readonly Received[], caller: Caller): ReturnType<typeof storeAnswers> {
    const { database, store } = this.#services;
    const [first] = received;
    const columns = first?.file.envelope.columns ?? [];
    if (received.some(({ file }) => JSON.stringify(file.envelope.columns) !== JSON.stringify(columns))) {
      const message = 'The schema of the table changed while the query was asked in parts: the answers do not fit together. Run it again.';
      throw new HuntError({ kind: 'service', service: 'Log Analytics', status: 200, message });
    }
    caller.progress('Storing the rows');
    const files = received.map(({ file }) => file);
    return this.#sender.explained(async () => storeAnswers({ database, store }, query, columns, files, caller.token));
  }

  #read(query: WorkspaceQuery): ReadCell {
    const names = this.#names(query);
    const composed = composeQuery(query.text, query.definitions);
    const resultNames = new Set([...names.results].map(({ name }) => name));
    const facts = queryFacts(composed.text, names.catalog, resultNames);
    const bound = facts.errors.map((error) => composed.relocate(error));
    return { facts, names, text: composed.text, cellStart: composed.cellStart, bound };
  }

  #names(query: WorkspaceQuery): QueryCatalog {
    const { catalog } = this.#schema;
    if (this.#catalogs?.of !== catalog) this.#catalogs = { of: catalog, made: new QueryCatalogs(catalog, this.#services.store) };
    return this.#catalogs.made.with(query.results);
  }

  #held(query: WorkspaceQuery, names: ReadonlySet<string>): Parameters<typeof resultStatements>[1] {
    return query.results.flatMap(({ name, resultId }) => {
      const stored = names.has(name) ? this.#services.store.find(resultId) : undefined;
      return stored ? [{ name, stored }] : [];
    });
  }

  #shadowWarnings({ facts, names }: ReadCell): readonly string[] {
    const hidden = [...facts.results].filter((name) => names.shadowing.has(name));
    return hidden.map((name) => `"${name}" is the result of an earlier cell here, not the workspace's table.`);
  }
}

/** A cell of `let` statements is only checked for its grammar: what it names may be known where it is used. */
function definitionsOf(text: string): WorkspaceAnswer {
  const [error] = syntaxErrors(text);
  if (error) throw new HuntError(error);
  return { kind: 'definitions', names: splitStatements(text).lets.map(({ name }) => name) };
}

/** The workspace does not know the name of a result that is no longer held: there is no need to ask. */
function refuseGoneResults(query: WorkspaceQuery, { bound }: ReadCell, names: QueryCatalog): void {
  const held = new Set([...names.results].map(({ name }) => name));
  const gone = new Set(query.results.map(({ name }) => name).filter((name) => !held.has(name)));
  const error = bound.find((candidate) => candidate.kind === 'unknownName' && gone.has(candidate.name));
  if (error) throw new HuntError(error);
}

/** The GUID of a workspace in Azure by its id. @throws HuntError `refused` */
function customerIdOf(workspaceId: string): string {
  const [kind, customerId] = workspaceId.split(':');
  if (kind === 'logAnalytics' && customerId !== undefined) return customerId;
  throw new HuntError({ kind: 'refused', message: 'Only workspaces in Azure can be asked together; one of those named is on this machine.' });
}
