import type { ToRenderer } from '../common/rendererProtocol';
import type { SavedResult } from '../common/savedResult';

/**
 * Where results come from: the cells of a notebook, a file of KQL. What people choose on a result leads back there. Nothing runs but by
 * `runAgain`. Each names the result, which its cell may show no longer.
 */
export interface ResultOrigin {
  /** The result as the origin shows it; undefined when it shows it no longer. */
  find(resultId: string): SavedResult | undefined;
  /** All results that it shows, in their order. */
  results(): readonly SavedResult[];
  /** What people know the result by: its name, or its place. */
  title(resultId: string): string;
  /** Puts KQL beside the query that made the result: a cell below. @throws HuntError */
  insertQuery(resultId: string, text: string): Promise<void>;
  /** Adds an operator, without its pipe, to the query that made the result. @throws HuntError */
  addToQuery(resultId: string, operator: string): Promise<void>;
  /** @throws HuntError */
  runAgain(resultId: string): Promise<void>;
  /** Absolute: where files made of its results go. Absent: it is nowhere yet. */
  readonly folder?: string | undefined;
  /** How a result was last looked at; undefined when nothing is remembered. Absent: it has no memory. */
  recallState?(resultId: string): unknown;
  /** Remembers how a result is looked at; null forgets it. */
  keepState?(resultId: string, state: unknown): Promise<void>;
}

/** Where a result is on screen: messages come from there, and answers go there. */
export interface ResultPlace {
  readonly origin: ResultOrigin;
  /** Shown beside its origin, which has a view of it of its own. */
  readonly isPanel: boolean;
  /** What people know the result by there. */
  title(resultId: string): string;
  post(message: ToRenderer): Promise<void>;
}
