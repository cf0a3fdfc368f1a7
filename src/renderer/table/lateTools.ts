import { importBundle } from '../importBundle';
import type * as tools from './tools';

/** What a table needs only once somebody asks for it; a bundle of its own. */
export type TableTools = typeof tools;

let ready: TableTools | undefined;
let loading: Promise<TableTools> | undefined;

/** Loads the tools, once for all tables of the document. @throws TypeError when the file cannot be loaded; the next call tries again */
export function loadTools(): Promise<TableTools> {
  loading ??= importBundle<TableTools>('tableTools').then(
    (loaded) => {
      ready = loaded;
      return loaded;
    },
    (thrown: unknown) => {
      loading = undefined;
      throw thrown;
    },
  );
  return loading;
}

/** The tools when they are here already. */
export function readyTools(): TableTools | undefined {
  return ready;
}
