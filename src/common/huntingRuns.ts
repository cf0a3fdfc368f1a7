/** The page that shows how many rows each of a set of hunting queries finds, and found the last time: its messages. */
export interface HuntingRun {
  /** Of the hunting query. */
  readonly id: string;
  readonly name: string;
  readonly tactics: readonly string[];
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** Rows found, when it is done. */
  readonly rows?: number | undefined;
  /** The run before, as far as it is remembered. */
  readonly before?: { readonly rows: number; readonly at: string } | undefined;
  readonly elapsedMs?: number | undefined;
  /** Why it failed. */
  readonly text?: string | undefined;
}

export interface HuntingRunsState {
  readonly workspaceName: string;
  /** ISO 8601 of the time range that was asked; absent: what each query says. */
  readonly timespan?: string | undefined;
  readonly isRunning: boolean;
  readonly runs: readonly HuntingRun[];
}

export interface ToHuntingRuns {
  readonly type: 'state';
  readonly state: HuntingRunsState;
}

export type FromHuntingRuns =
  | { readonly type: 'ready' | 'runAgain' | 'stop' }
  /** The query with its rows, in a notebook. */
  | { readonly type: 'open'; readonly id: string };

/** Rows found now less those of the run before; undefined while one of them is not known. */
export function rowDelta({ rows, before }: HuntingRun): number | undefined {
  return rows === undefined || before === undefined ? undefined : rows - before.rows;
}
