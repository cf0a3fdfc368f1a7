import { randomUUID } from 'node:crypto';
import { type CancellationToken, throwIfCancelled } from '../common/cancellation';
import type { QueryAnswer, ResultInfo, RunQuery } from '../common/engineProtocol';
import { HuntError, toHuntError } from '../common/errors';
import { type CellOptions, readCellOptions } from '../kql/cellOptions';
import type { SavedResult } from '../common/savedResult';
import type { EngineClient } from './engineClient';
import { readStatements } from './letStatements';
import { Namespace } from './namespace';

/** A cell as it is run. */
export interface CellToRun {
  /** Stays with the cell while the notebook is open, also when cells move: its earlier result is dropped when it runs again. */
  readonly key: string;
  /** Position among all cells of the notebook, from 1: how messages name it. */
  readonly number: number;
  readonly text: string;
  /** Ask the service anew, whatever its cache holds. */
  readonly fresh?: boolean | undefined;
  /** Ask in so many parts of the time range: see {@link RunQuery.parts}. */
  readonly parts?: number | undefined;
}

export type CellOutcome =
  /** Nothing but white space and comments. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'definitions'; readonly names: readonly string[] }
  | { readonly kind: 'result'; readonly result: ResultInfo; readonly name: string | undefined };

/** What the session's owner knows and the session asks for at each run. */
export interface SessionContext {
  /** The workspace that cells without a `workspace` option use; undefined when none is connected. */
  defaultWorkspaceId(): string | undefined;
  /** The connected workspace that people call so (or whose id it is), ignoring case. */
  workspaceNamed(name: string): string | undefined;
  /** Time range of a query in Azure that names none, ISO 8601; the service's own when undefined. */
  defaultTimespan?(): string | undefined;
  /** See {@link RunQuery.serverTimeoutSeconds}. */
  serverTimeoutSeconds?(): number | undefined;
  /** Texts of the notebook's KQL cells by their numbers, to say which cell defines a missing name. */
  cells(): ReadonlyMap<number, string>;
}

/**
 * The kernel of one notebook: runs cells in the order they are given and keeps what they define. Results live in the engine; the
 * session belongs to an open notebook, not to a file: it outlives saving under another name.
 */
export class HuntSession {
  readonly #engine: EngineClient;
  readonly #context: SessionContext;
  /** Names this session's results in the engine. */
  readonly #id = randomUUID();
  readonly #namespace = new Namespace();
  /** Result last shown by a cell, by the cell's key. */
  readonly #shown = new Map<string, string>();

  constructor(engine: EngineClient, context: SessionContext) {
    this.#engine = engine;
    this.#context = context;
  }

  /**
   * Runs a cell.
   * @param progress Called with a sentence for people.
   * @throws HuntError; what ran before stays as it was.
   */
  async run(cell: CellToRun, token: CancellationToken, progress: (sentence: string) => void): Promise<CellOutcome> {
    throwIfCancelled(token);
    const options = cellOptions(cell.text);
    const statements = readStatements(cell.text);
    if (statements.lets.length === 0 && !statements.others) return { kind: 'empty' };
    const [workspaceId, ...alsoIn] = this.#workspaceIds(options);
    const query: RunQuery = {
      workspaceId,
      resultId: randomUUID(),
      notebookId: this.#id,
      text: cell.text,
      definitions: this.#namespace.definitionsFor(statements.lets),
      results: this.#namespace.results,
      timespan: options.timespan,
      defaultTimespan: this.#context.defaultTimespan?.(),
      serverTimeoutSeconds: this.#context.serverTimeoutSeconds?.(),
      ...(alsoIn.length > 0 ? { alsoIn } : {}),
      ...(cell.fresh === undefined ? {} : { fresh: cell.fresh }),
      ...(cell.parts === undefined ? {} : { parts: cell.parts }),
    };
    const answer = await this.#runQuery(query, cell, token, progress);
    if (answer.kind === 'definitions') {
      this.#namespace.define(cell.number, statements.lets);
      return { kind: 'definitions', names: answer.names };
    }
    if (options.name !== undefined) this.#namespace.setResult(options.name, query.resultId);
    await this.#replaceShown(cell.key, query.resultId);
    return { kind: 'result', result: answer.result, name: options.name };
  }

  /**
   * Takes up a result that an earlier session left in a file: its rows can be read again, and later cells use it by its name.
   * @param key Of the cell that shows it.
   * @throws HuntError
   */
  async restore({ result, name }: SavedResult, path: string, key: string): Promise<void> {
    const { resultId, columns } = result;
    await this.#engine.call('restoreResult', { resultId, path, notebookId: this.#id, columns });
    this.#shown.set(key, resultId);
    if (name !== undefined && !this.#namespace.has(name)) this.#namespace.setResult(name, resultId);
  }

  /** Restart: forgets all definitions and results. */
  async restart(): Promise<void> {
    this.#namespace.clear();
    this.#shown.clear();
    await this.#engine.call('forget', { notebookId: this.#id });
  }

  async #runQuery(query: RunQuery, cell: CellToRun, token: CancellationToken, progress: (sentence: string) => void): Promise<QueryAnswer> {
    try {
      return await this.#engine.call('runQuery', query, token, progress);
    } catch (thrown) {
      throw this.#withDefiningCell(toHuntError(thrown), cell);
    }
  }

  /** The workspace that is asked, and those that are asked with it. */
  #workspaceIds({ workspace, workspaces: [first, ...others] = [] }: CellOptions): readonly [string, ...string[]] {
    const asked = this.#workspaceId(first ?? workspace);
    const also = new Set(others.map((name) => this.#workspaceId(name)));
    also.delete(asked);
    return [asked, ...also];
  }

  #workspaceId(name: string | undefined): string {
    const id = name === undefined ? this.#context.defaultWorkspaceId() : this.#context.workspaceNamed(name);
    if (id === undefined) throw new HuntError({ kind: 'notConnected', workspace: name ?? '' });
    return id;
  }

  /** "Run cell 3 first": the nearest cell before, else the first after, that would define an unknown name. */
  #withDefiningCell(error: HuntError, cell: CellToRun): HuntError {
    if (error.data.kind !== 'unknownName') return error;
    const { name } = error.data;
    const defining = [...this.#context.cells()]
      .filter(([number, text]) => number !== cell.number && defines(text, name))
      .map(([number]) => number)
      .sort((left, right) => left - right);
    const definedInCell = defining.findLast((number) => number < cell.number) ?? defining[0];
    return definedInCell === undefined ? error : new HuntError({ ...error.data, definedInCell }, { cause: error });
  }

  async #replaceShown(key: string, resultId: string): Promise<void> {
    const replaced = this.#shown.get(key);
    this.#shown.set(key, resultId);
    if (replaced !== undefined && !this.#namespace.holds(replaced)) await this.#engine.call('forget', { resultIds: [replaced] });
  }
}

function defines(text: string, name: string): boolean {
  const statements = readStatements(text);
  if (!statements.others) return statements.lets.some((statement) => statement.name === name);
  return readCellOptions(text).options.name === name;
}

/** @throws HuntError for the first option that is wrong: a cell that does not mean what it says is not run. */
function cellOptions(text: string): CellOptions {
  const { options, errors } = readCellOptions(text);
  if (errors[0]) throw new HuntError(errors[0]);
  return options;
}
