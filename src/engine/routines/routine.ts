/**
 * A function of the engine that is computed in JavaScript, one value at a time, where SQL has no way: text in, text out. Dynamic values
 * travel as JSON, null as null. About a microsecond a row: what queries use on every row of a large table belongs in a macro instead.
 *
 * In SQL it is `routine_<name>(…)` with exactly `parameters` VARCHAR arguments.
 */
export interface Routine {
  readonly name: string;
  readonly parameters: number;
  readonly compute: (...args: readonly (string | null)[]) => string | null;
}

/** Builds the entries of one theme. */
export function routine(name: string, parameters: number, compute: Routine['compute']): Routine {
  return { name, parameters, compute };
}
